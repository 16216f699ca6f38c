/**
 * What an engine has done, in figures: jobs, faults, times of stages, what became of its workers.
 * All of it stays on the device, and none of it says anything of a logo.
 */

/** Upper bounds of the buckets of times, in seconds. */
const BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Of what is said to be within a bound, so much is. */
const MOST_SHARE = 0.95;
/** How many spans and entries are kept; the oldest go first. */
const KEPT = 1000;

/** @typedef {{ [name: string]: string }} Labels */
/** @typedef {{ kind: 'job' | 'stage', name: string, job: number, startMs: number, tookMs: number }} Span times since the page began */
/** @typedef {'info' | 'warning' | 'error'} Level */
/** @typedef {{ at: string, level: Level, event: string, job?: number, [field: string]: unknown }} Entry */

/** Values by labels: the labels as OpenMetrics writes them name a value. */
class Family {
  /** @type {Map<string, number>} */
  values = new Map();

  /** @param {Labels} labels @param {number} [by] */
  add(labels, by = 1) {
    const key = written(labels);
    this.values.set(key, (this.values.get(key) ?? 0) + by);
  }

  /** @param {Labels} labels */
  of(labels) {
    return this.values.get(written(labels)) ?? 0;
  }

  /** The sum of all that have this label. @param {Labels} label */
  sum(label) {
    const part = written(label).slice(1, -1);
    return [...this.values].reduce((sum, [key, value]) => sum + (key.includes(part) ? value : 0), 0);
  }

  /** @param {string} name */
  lines(name) {
    return [...this.values].map(([labels, value]) => `${name}${labels} ${value}`);
  }
}

/** Times by labels, in buckets that each count what is no longer than their bound. */
class Histogram {
  /** @type {Map<string, { labels: Labels, counts: number[], count: number, sum: number }>} */
  #series = new Map();

  /** @param {Labels} labels @param {number} seconds */
  observe(labels, seconds) {
    const key = written(labels);
    const series = this.#series.get(key) ?? { labels, counts: BUCKETS_S.map(() => 0), count: 0, sum: 0 };
    this.#series.set(key, series);
    series.counts = series.counts.map((count, i) => count + Number(seconds <= BUCKETS_S[i]));
    series.count += 1;
    series.sum += seconds;
  }

  /** For each value of a label how many there were, their mean, and within which bound 95 of 100 were. @param {string} label */
  summary(label) {
    return [...this.#series.values()].map(({ labels, counts, count, sum }) => ({
      name: labels[label], count, meanS: sum / count,
      mostS: BUCKETS_S[counts.findIndex((within) => within >= count * MOST_SHARE)] ?? Infinity,
    }));
  }

  /** @param {string} name */
  lines(name) {
    return [...this.#series].flatMap(([key, { labels, counts, count, sum }]) => [
      ...counts.map((within, i) => `${name}_bucket${written({ ...labels, le: String(BUCKETS_S[i]) })} ${within}`),
      `${name}_bucket${written({ ...labels, le: '+Inf' })} ${count}`,
      `${name}_count${key} ${count}`,
      `${name}_sum${key} ${sum}`,
    ]);
  }
}

export class Measures {
  #jobs = new Family();
  #faults = new Family();
  #workers = new Family();
  #jobTimes = new Histogram();
  #stageTimes = new Histogram();
  #waits = new Histogram();
  #cache = new Family();
  /** How much memory the engine's worker has taken. */
  memoryBytes = 0;
  /** @type {Span[]} */
  #spans = [];
  /** @type {Entry[]} */
  #journal = [];
  #next = 1;

  /**
   * A job begins; what is returned is told of its progress and of its end.
   * @param {string} method
   */
  begin(method) {
    const job = this.#next++;
    const start = performance.now();
    let stage = '';
    let since = start;
    const endStage = () => {
      if (stage) this.#stageTimes.observe({ stage }, this.#span('stage', stage, job, since) / 1000);
    };
    return {
      /** @param {string} name */
      progress: (name) => {
        if (name === stage) return;
        endStage();
        [stage, since] = [name, performance.now()];
      },
      /** @param {'done' | 'failed' | 'stopped'} outcome @param {string} [code] of the fault */
      end: (outcome, code) => {
        endStage();
        const tookMs = this.#span('job', method, job, start);
        this.#jobs.add({ method, outcome });
        if (outcome === 'done') this.#jobTimes.observe({ method }, tookMs / 1000);
        if (code) this.#faults.add({ code });
        this.note(outcome === 'failed' ? 'error' : 'info', `job ${outcome}`, { job, method, tookMs: Math.round(tookMs), code });
      },
    };
  }

  /** A request's turn has come. @param {string} priority @param {number} ms */
  waited(priority, ms) {
    this.#waits.observe({ priority }, ms / 1000);
  }

  /** The cache was asked. @param {import('./cache.js').Outcome} outcome */
  cached(outcome) {
    this.#cache.add({ outcome });
  }

  /** How often the cache was asked, by what came of it. */
  get cache() {
    return Object.fromEntries(['hit', 'miss', 'expired', 'corrupt'].map((outcome) => [outcome, this.#cache.of({ outcome })]));
  }

  /** A worker begins. @param {import('./protocol.js').Variant} variant */
  worker({ name, threads, why }) {
    this.#workers.add({ build: name, threads: String(threads) });
    this.note('info', 'worker started', { build: name, threads, why });
  }

  /** @param {Level} level @param {string} event @param {{ [field: string]: unknown }} [fields] */
  note(level, event, fields = {}) {
    keep(this.#journal, { at: new Date().toISOString(), level, event, ...fields });
  }

  /** What has happened, the oldest first. */
  get journal() {
    return structuredClone(this.#journal);
  }

  /** The most of it, for people. */
  get figures() {
    const outcomes = /** @type {const} */ (['done', 'failed', 'stopped']);
    return {
      jobs: Object.fromEntries(outcomes.map((outcome) => [outcome, this.#jobs.sum({ outcome })])),
      stages: this.#stageTimes.summary('stage'),
      waits: this.#waits.summary('priority'),
      workers: [...this.#workers.values.values()].reduce((sum, count) => sum + count, 0),
      cache: this.cache,
      memoryBytes: this.memoryBytes,
    };
  }

  /** The text that Prometheus and its like read: OpenMetrics 1.0. */
  get openMetrics() {
    /** @type {[string, string, string, { lines: (name: string) => string[] }, string][]} */
    const families = [
      ['logopress_jobs', 'counter', 'Requests, by method and outcome.', this.#jobs, '_total'],
      ['logopress_faults', 'counter', 'Requests that failed, by the error’s code.', this.#faults, '_total'],
      ['logopress_workers', 'counter', 'Workers that were started, by build and threads.', this.#workers, '_total'],
      ['logopress_cache', 'counter', 'Looks into the cache, by what came of it.', this.#cache, '_total'],
      ['logopress_memory_bytes', 'gauge', 'Memory that the worker has taken.', { lines: (name) => [`${name} ${this.memoryBytes}`] }, ''],
      ['logopress_wait_seconds', 'histogram', 'Time until a request’s turn came, by its priority.', this.#waits, ''],
      ['logopress_job_seconds', 'histogram', 'Time of requests that were answered.', this.#jobTimes, ''],
      ['logopress_stage_seconds', 'histogram', 'Time of stages.', this.#stageTimes, ''],
    ];
    const lines = families.flatMap(([name, type, help, family, suffix]) => [
      `# TYPE ${name} ${type}`,
      ...(/_(?:seconds|bytes)$/.test(name) ? [`# UNIT ${name} ${name.split('_').at(-1)}`] : []),
      `# HELP ${name} ${help}`,
      ...family.lines(name + suffix),
    ]);
    return [...lines, '# EOF', ''].join('\n');
  }

  /** The spans as browsers' profilers and Perfetto open them: the Trace Event Format. */
  get chromeTrace() {
    const traceEvents = this.#spans.map(({ kind, name, job, startMs, tookMs }) => ({
      name, ph: 'X', cat: kind, pid: 1, tid: job, ts: Math.round(startMs * 1000), dur: Math.round(tookMs * 1000), args: { job },
    }));
    return JSON.stringify({ traceEvents });
  }

  /**
   * Ends a span, and shows it to the browser's own profiler.
   * @param {Span['kind']} kind
   * @param {string} name
   * @param {number} job
   * @param {number} startMs
   */
  #span(kind, name, job, startMs) {
    const label = `logopress ${name}`;
    const { duration: tookMs } = performance.measure(label, { start: startMs, detail: { job } });
    // The profiler has it; the page's own list of measures must not grow.
    performance.clearMeasures(label);
    keep(this.#spans, { kind, name, job, startMs, tookMs });
    return tookMs;
  }
}

/**
 * @template T
 * @param {T[]} ring
 * @param {T} value
 */
function keep(ring, value) {
  ring.push(value);
  if (ring.length > KEPT) ring.shift();
}

/** Labels as OpenMetrics writes them. @param {Labels} labels */
function written(labels) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))}"`);
  return `{${pairs.join(',')}}`;
}
