/**
 * Runs an engine's requests: each in its turn, in a worker that is replaced when it breaks or has
 * grown too large, or not at all where the cache knows the answer.
 *
 * @import { Method, OnFile, OnProgress, Threads } from './protocol.js'
 * @import { HostSettings } from './host.js'
 * @import { Priority } from './queue.js'
 * @import { ResultCache } from './cache.js'
 */

import { isKept } from './cache.js';
import { drawn } from './drawn.js';
import { LogopressError } from './fault.js';
import { Broken, Host, Unstarted } from './host.js';
import { Measures } from './measures.js';
import { Lane, computing } from './queue.js';

/** A worker that has taken more than this is replaced before the next logo, or when it rests. */
const WATERMARK_BYTES = 256 * 2 ** 20;
/** So long after its last answer a worker counts as resting. */
const REST_MS = 30_000;
/** After so many requests that went better without threads, they are left alone. */
const MOST_FAILURES = 2;

/**
 * What a request is worth where nobody says.
 * @type {{ [method in Method]?: Priority }}
 */
const PRIORITIES = {
  preview: 'preview', export: 'export', separationFiles: 'export', separationFile: 'export',
  kitFile: 'export', kitFiles: 'export', kitZip: 'export', checkSite: 'export', warmUp: 'hidden',
};

/**
 * @typedef {HostSettings & { priority?: Priority, cache?: ResultCache }} RunnerSettings
 * @typedef {{ signal?: AbortSignal, priority?: Priority, onProgress?: OnProgress, onFile?: OnFile }} Watch
 */

export class Runner {
  measures = new Measures();
  #settings;
  /** @type {Host | undefined} the worker in use, or the last one */
  #host;
  /** @type {Promise<Host> | null} */
  #starting = null;
  /** @type {unknown[] | null} what the open logo was opened with, for a worker that takes over */
  #logo = null;
  #lane = new Lane();
  #closed = new AbortController();
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /** @param {RunnerSettings} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /** Starts the worker before anything is asked of it. */
  async start() {
    await this.#withFallback((threads) => this.#worker(threads));
  }

  /** The worker in use, or the last one. */
  get host() {
    if (!this.#host) throw new Error('The engine has not started.');
    return this.#host;
  }

  /** The threads that workers are started with: `never` once they have turned out not to work. */
  get threads() {
    return this.#settings.threads;
  }

  /**
   * Puts a request where it belongs in the queue.
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch} [watch]
   * @returns {Promise<any>}
   */
  async ask(method, args, { signal: wish, priority, ...listeners } = {}) {
    const signal = AbortSignal.any(wish ? [wish, this.#closed.signal] : [this.#closed.signal]);
    const asked = performance.now();
    priority ??= this.#settings.priority ?? PRIORITIES[method] ?? 'visible';
    const place = { lane: this.#lane, priority, open: method === 'open', signal };
    try {
      return await computing.run(() => {
        this.measures.waited(priority, performance.now() - asked);
        return this.#measured(method, args, { signal, ...listeners });
      }, place);
    } finally {
      this.#restSoon();
    }
  }

  /** Ends the worker. What has not been answered fails. @param {LogopressError} fault */
  close(fault) {
    clearTimeout(this.#rest);
    this.#closed.abort(fault);
    this.#host?.end(fault);
  }

  /**
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch & { signal: AbortSignal }} watch
   */
  async #measured(method, args, watch) {
    const job = this.measures.begin(method);
    /** @type {OnProgress} */
    const onProgress = (stage, ...rest) => {
      job.progress(stage);
      watch.onProgress?.(stage, ...rest);
    };
    try {
      const value = await this.#remembered(method, args, { ...watch, onProgress });
      job.end('done');
      return value;
    } catch (fault) {
      if (watch.signal.aborted) job.end('stopped');
      else job.end('failed', fault instanceof LogopressError ? fault.code : 'unknown');
      throw fault;
    }
  }

  /**
   * The answer from the cache, or from a worker.
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch & { signal: AbortSignal }} watch
   */
  async #remembered(method, args, watch) {
    const { cache } = this.#settings;
    const work = (/** @type {OnFile} */ onFile) =>
      this.#withFallback((threads) => this.#call(threads, method, args, { ...watch, onFile }));
    const tell = watch.onFile ?? (() => {});
    const key = cache && this.#logo && isKept(method) && await cache.key(this.#logo, method, args, this.host.about.version);
    if (!key) return work(tell);
    const { value, outcome } = await cache.get(key);
    watch.signal.throwIfAborted();
    this.measures.cached(outcome);
    if (outcome === 'hit') {
      const { made, files } = /** @type {{ made: unknown, files: [string, Uint8Array<ArrayBuffer>][] }} */ (value);
      for (const [name, bytes] of files) tell(name, bytes);
      return made;
    }
    /** @type {Map<string, Parameters<OnFile>[1]>} */
    const files = new Map();
    const made = await work((name, file) => {
      files.set(name, file);
      tell(name, file);
    });
    // What could not be made may be another time; and whoever was given a file may have handed it on.
    const whole = [...files.values()].every((file) => file instanceof Uint8Array);
    if (whole) void cache.put(key, { made, files: [...files] }).catch(() => {});
    return made;
  }

  /**
   * @param {Threads} threads
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch & { signal: AbortSignal }} watch
   */
  async #call(threads, method, args, watch) {
    watch.signal.throwIfAborted();
    // Memory that WebAssembly has taken it never gives back.
    if (method === 'open' && this.#host && this.#host.memoryBytes > WATERMARK_BYTES) this.#replace('before the next logo');
    const host = await Promise.race([this.#worker(threads), aborted(watch.signal)]);
    if (method !== 'open' && this.#logo && host.logo !== this.#logo) {
      await open(host, this.#logo, watch);
      host.logo = this.#logo;
    }
    const value = await (method === 'open' ? open(host, args, watch) : host.call(method, args, watch));
    this.measures.memoryBytes = host.memoryBytes;
    if (method === 'open') this.#logo = host.logo = args;
    return value;
  }

  /**
   * The worker; a new one if there is none or it has ended.
   * @param {Threads} threads
   */
  #worker(threads) {
    if (this.#host && !this.#host.ended) return Promise.resolve(this.#host);
    this.#starting ??= this.#started(threads).finally(() => {
      this.#starting = null;
    });
    // Whoever asked may be gone by now.
    this.#starting.catch(() => {});
    return this.#starting;
  }

  /** @param {Threads} threads */
  async #started(threads) {
    this.#host = await Host.start({ ...this.#settings, threads });
    this.measures.worker(this.#host.variant);
    if (this.#closed.signal.aborted) this.#host.end(this.#closed.signal.reason);
    return this.#host;
  }

  /** @param {string} when */
  #replace(when) {
    this.measures.note('info', `worker replaced ${when}`, { memoryBytes: this.host.memoryBytes });
    this.host.end(new Broken('The worker was replaced.'));
  }

  /** A large worker that nobody asks for anything goes; the next request starts another. */
  #restSoon() {
    clearTimeout(this.#rest);
    if (!this.#host || this.#host.ended || this.#host.memoryBytes <= WATERMARK_BYTES) return;
    this.#rest = setTimeout(() => {
      if (!this.#lane.busy && !this.host.ended) this.#replace('at rest');
    }, REST_MS);
    // A process need not wait for it.
    /** @type {any} */ (this.#rest).unref?.();
  }

  /**
   * Does `work`, and if the worker breaks, once more in a new one without threads; threads that do not
   * come are asked for twice, as Firefox loses one now and then. That one stays
   * for as long as it lives; where threads have failed repeatedly, or never start, so do all later
   * ones. If that does not help, the file is at fault, and the next one gets threads again.
   * @template T
   * @param {(threads: Threads) => Promise<T>} work
   */
  async #withFallback(work) {
    const { threads } = this.#settings;
    const started = this.#host !== undefined;
    try {
      return await work(threads).catch((fault) => {
        if (fault instanceof Unstarted) return work(threads);
        throw fault;
      });
    } catch (fault) {
      if (!(fault instanceof Broken)) throw fault;
      this.measures.note('warning', 'worker broke', { why: fault.message });
      try {
        const value = await work('never');
        if (threads !== 'never') {
          this.#failures += 1;
          if (!started || this.#failures >= MOST_FAILURES) this.#settings.threads = 'never';
          Object.assign(this.host.variant, { code: 'threads-failed', why: `Threads failed: ${fault.message}` });
        }
        return value;
      } catch (again) {
        if (!(again instanceof Broken)) throw again;
        throw new LogopressError({
          code: 'crashed',
          message: `The engine stopped: ${again.message}`,
          advice: 'Try a smaller image or another preset; in an old browser, another browser.',
        });
      }
    }
  }
}

/**
 * Opens a logo; one that only a page can draw, such as an SVG with text, is drawn here.
 * @param {Host} host
 * @param {unknown[]} args those of `open`
 * @param {Watch} watch
 */
async function open(host, args, watch) {
  try {
    return await host.call('open', args, watch);
  } catch (fault) {
    if (!(fault instanceof LogopressError) || fault.code !== 'browser-decoder') throw fault;
    const { width, height, data } = await drawn(/** @type {Blob} */ (args[0])).catch(() => {
      throw fault;
    });
    return host.call('openPixels', [width, height, data, true, args[1]], watch);
  }
}

/**
 * Fails when `signal` aborts.
 * @param {AbortSignal} signal
 * @returns {Promise<never>}
 */
function aborted(signal) {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
