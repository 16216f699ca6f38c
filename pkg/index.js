/**
 * The engine, for a page: `createEngine` starts it in a worker, and everything is asked of what it
 * returns. Nothing here blocks the page, and nothing leaves the device.
 *
 * @import {
 *   ExportOptions, Fidelity, Finding, KitPlan, Mask, Method, NamedFile, OnFile, OnProgress, Opened,
 *   Options, Pixels, Separated, Threads, Traced, WasmUrl
 * } from './protocol.js'
 * @import { StartWorker } from './host.js'
 */

import { drawn } from './drawn.js';
import { Broken, Host, LogopressError } from './host.js';
import { Measures } from './measures.js';

export { preload } from './builds.js';
export { LogopressError };

/** How long threads may take to start before the engine does without. */
const START_TIMEOUT_MS = 8000;

/** How long a stage may go on without a word before its worker is given up. */
const STAGE_TIMEOUT_MS = 120_000;

/**
 * @typedef {object} Settings
 * @property {string | URL} [baseUrl] where this package's files are, if not beside this script
 * @property {WasmUrl} [wasmUrl] where its WebAssembly is, if not beside its scripts
 * @property {StartWorker} [worker] starts the worker, where the package cannot know how
 * @property {Threads} [threads] default: as many as are good
 * @property {number} [timeoutMs] how long threads may take to start before it does without
 * @property {number} [stageTimeoutMs] how long a stage may go on without a word
 */

/**
 * `signal` takes a request back: it fails with the signal's reason, and the open logo stays open.
 * @typedef {{ signal?: AbortSignal, onProgress?: OnProgress }} Watch
 */

/**
 * Starts an engine. Fails with a `LogopressError` where WebAssembly or workers are not to be had.
 * @param {Settings} [settings]
 */
export async function createEngine(settings = {}) {
  const engine = new Engine(settings);
  await engine.start();
  return engine;
}

/** One open logo and what can be made from it. Requests are answered in the order they come. */
class Engine {
  #settings;
  /** @type {Host | undefined} the worker in use, or the last one */
  #host;
  /** @type {unknown[] | null} what the open logo was opened with, for a worker that takes over */
  #logo = null;
  /** @type {Promise<unknown>} settles when everything asked so far is done */
  #last = Promise.resolve();
  #closed = new AbortController();
  /** What has been done so far, in figures: `openMetrics`, `chromeTrace`, `journal`. */
  measures = new Measures();

  /** @param {Settings} settings */
  constructor({ threads = 'auto', timeoutMs = START_TIMEOUT_MS, stageTimeoutMs = STAGE_TIMEOUT_MS, ...places }) {
    this.#settings = { ...places, threads, timeoutMs, stageTimeoutMs };
  }

  /** Starts the worker before anything is asked of it. */
  async start() {
    await this.#withFallback((threads) => this.#worker(threads));
  }

  /** Which build runs, on how many threads, and why; it changes if threads turn out not to work. */
  get variant() {
    return this.#started.variant;
  }

  get version() {
    return this.#started.about.version;
  }

  /** All options by group: documentation, kind, range, default. */
  get specs() {
    return this.#started.about.specs;
  }

  /** All options at their defaults, by group. */
  get defaults() {
    return this.#started.about.defaults;
  }

  /**
   * Opens a logo. If it cannot be opened, the one that was open before stays open.
   * @param {Blob | ArrayBuffer | Uint8Array<ArrayBuffer>} input
   * @param {Watch & { intake?: Options }} [options]
   * @returns {Promise<Opened>}
   */
  open(input, { intake, ...watch } = {}) {
    const logo = input instanceof Blob ? input : new Blob([input]);
    return this.#ask('open', [logo, intake], watch);
  }

  /**
   * The open logo's pixels, if it has any.
   * @param {Watch} [watch]
   * @returns {Promise<Pixels>}
   */
  pixels(watch) {
    return this.#ask('pixels', [], watch);
  }

  /**
   * Traces the open logo and says what came of it.
   * @param {Options} [trace]
   * @param {Watch} [watch]
   * @returns {Promise<Traced>}
   */
  trace(trace, watch) {
    return this.#ask('trace', [trace], watch);
  }

  /**
   * How far the trace of the open logo is off its pixels, and where. Fails for a logo that came as
   * shapes.
   * @param {Options} [trace]
   * @param {Watch} [watch]
   * @returns {Promise<Fidelity>}
   */
  fidelity(trace, watch) {
    return this.#ask('fidelity', [trace], watch);
  }

  /**
   * The open logo as the text of an SVG document, at once: a large one traced at reduced resolution.
   * What `svg` gives later takes its place without a jump.
   * @param {Options} [trace]
   * @param {Options} [svg]
   * @param {Watch} [watch]
   */
  async preview(trace, svg, watch) {
    return new TextDecoder().decode(await this.#ask('preview', [trace, { svg }], watch));
  }

  /**
   * The open logo, traced, as a file.
   * @param {string} format such as `svg`
   * @param {Options} [trace]
   * @param {ExportOptions} [options]
   * @param {Watch} [watch]
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  export(format, trace, options, watch) {
    return this.#ask('export', [format, trace, options], watch);
  }

  /**
   * The open logo, traced, as the text of an SVG document.
   * @param {Options} [trace]
   * @param {Options} [svg]
   * @param {Watch} [watch]
   */
  async svg(trace, svg, watch) {
    return new TextDecoder().decode(await this.export('svg', trace, { svg }, watch));
  }

  /**
   * The open logo as plates, one for every ink: what there is to see and to say.
   * @param {Options} [trace]
   * @param {Options} [separation]
   * @param {Watch} [watch]
   * @returns {Promise<Separated>}
   */
  separate(trace, separation, watch) {
    return this.#ask('separate', [trace, separation], watch);
  }

  /**
   * Every file of the separation.
   * @param {Options} [trace]
   * @param {Options} [separation]
   * @param {Watch} [watch]
   * @returns {Promise<NamedFile[]>}
   */
  separationFiles(trace, separation, watch) {
    return this.#files('separationFiles', [trace, separation], watch);
  }

  /**
   * One file of the separation.
   * @param {string} name one of those that its report lists
   * @param {Options} [trace]
   * @param {Options} [separation]
   * @param {Watch} [watch]
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  separationFile(name, trace, separation, watch) {
    return this.#ask('separationFile', [trace, separation, name], watch);
  }

  /**
   * Part of a plate's film, for a screen.
   * @param {number} plate index among the report's plates
   * @param {[number, number, number, number]} partMm left, top, width and height on the sheet
   * @param {number} dpi
   * @param {Options} [trace]
   * @param {Options} [separation]
   * @param {Watch} [watch]
   * @returns {Promise<Mask>}
   */
  plateDots(plate, partMm, dpi, trace, separation, watch) {
    return this.#ask('plateDots', [trace, separation, plate, new Float64Array(partMm), dpi], watch);
  }

  /**
   * The plan of the open logo's brand kit: its files, before they are made.
   * @param {Options} [trace]
   * @param {Options} [kit]
   * @param {Watch} [watch]
   * @returns {Promise<KitPlan>}
   */
  kit(trace, kit, watch) {
    return this.#ask('kit', [trace, kit], watch);
  }

  /**
   * One file of the kit, by its path in the plan.
   * @param {string} path
   * @param {Options} [trace]
   * @param {Options} [kit]
   * @param {Watch} [watch]
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  kitFile(path, trace, kit, watch) {
    return this.#ask('kitFile', [path, trace, kit], watch);
  }

  /**
   * The files of the kit, in the order that they are made; `onFile` hears of each as soon as it is
   * made, and of those that cannot be.
   * @param {Options} [trace]
   * @param {Options} [kit] its `only` chooses files
   * @param {Watch & { onFile?: OnFile }} [watch]
   * @returns {Promise<NamedFile[]>}
   */
  kitFiles(trace, kit, watch) {
    return this.#files('kitFiles', [trace, kit], watch);
  }

  /**
   * The kit as a zip, the same bytes as from the command line.
   * @param {Options} [trace]
   * @param {Options} [kit]
   * @param {Watch & { files?: NamedFile[] }} [options] with the `files` that `kitFiles` made, only
   *   those are put together and none is made again
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  kitZip(trace, kit, { files, ...watch } = {}) {
    return this.#ask('kitZip', [files, trace, kit], watch);
  }

  /**
   * What is missing or wrong with the icons of a site, whatever logo is open.
   * @param {Blob} zip the site's files
   * @param {Watch} [watch]
   * @returns {Promise<Finding[]>}
   */
  checkSite(zip, watch) {
    return this.#ask('checkSite', [zip], watch);
  }

  /** Ends the worker. What has not been answered fails. */
  close() {
    const advice = 'Create another engine.';
    const fault = new LogopressError({ code: 'closed', message: 'The engine is closed.', advice });
    this.#closed.abort(fault);
    this.#host?.end(fault);
  }

  get #started() {
    if (!this.#host) throw new Error('The engine has not started.');
    return this.#host;
  }

  /**
   * Asks for several files. Those of a worker that broke are forgotten: another makes them anew.
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch & { onFile?: OnFile }} [watch]
   * @returns {Promise<NamedFile[]>}
   */
  async #files(method, args, { onFile, ...watch } = {}) {
    /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
    const files = new Map();
    await this.#ask(method, args, {
      ...watch,
      onFile(name, made) {
        if (made instanceof Uint8Array) files.set(name, made);
        onFile?.(name, made);
      },
    });
    return [...files].map(([name, bytes]) => ({ name, bytes }));
  }

  /**
   * Puts a request at the end of the queue.
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch & { onFile?: OnFile }} [watch]
   * @returns {Promise<any>}
   */
  #ask(method, args, { signal: wish, ...listeners } = {}) {
    const signal = AbortSignal.any(wish ? [wish, this.#closed.signal] : [this.#closed.signal]);
    const turn = this.#last.then(() => this.#measured(method, args, { signal, ...listeners }));
    this.#last = turn.catch(() => {});
    // One that still waits fails at once; when its turn comes it is passed over.
    return Promise.race([turn, aborted(signal)]);
  }

  /**
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch & { signal: AbortSignal, onFile?: OnFile }} watch
   */
  async #measured(method, args, watch) {
    const job = this.measures.begin(method);
    /** @type {OnProgress} */
    const onProgress = (stage, ...rest) => {
      job.progress(stage);
      watch.onProgress?.(stage, ...rest);
    };
    try {
      const value = await this.#withFallback((threads) => this.#call(threads, method, args, { ...watch, onProgress }));
      job.end('done');
      return value;
    } catch (fault) {
      if (watch.signal.aborted) job.end('stopped');
      else job.end('failed', fault instanceof LogopressError ? fault.code : 'unknown');
      throw fault;
    }
  }

  /**
   * @param {Threads} threads
   * @param {Method} method
   * @param {unknown[]} args
   * @param {Watch & { onFile?: OnFile }} watch
   */
  async #call(threads, method, args, watch) {
    watch.signal?.throwIfAborted();
    const host = await this.#worker(threads);
    if (method !== 'open' && this.#logo && host.logo !== this.#logo) {
      await open(host, this.#logo, watch);
      host.logo = this.#logo;
    }
    if (method !== 'open') return host.call(method, args, watch);
    const opened = await open(host, args, watch);
    this.#logo = host.logo = args;
    return opened;
  }

  /**
   * The worker; a new one if there is none or it has ended.
   * @param {Threads} threads
   */
  async #worker(threads) {
    if (!this.#host || this.#host.ended) {
      this.#host = await Host.start({ ...this.#settings, threads });
      this.measures.worker(this.#host.variant);
      if (this.#closed.signal.aborted) this.#host.end(this.#closed.signal.reason);
    }
    return this.#host;
  }

  /**
   * Does `work`, and if the worker breaks, once more in a new one without threads. If that helped,
   * it stays so; if not, the file is at fault, and the next one gets threads again.
   * @template T
   * @param {(threads: Threads) => Promise<T>} work
   */
  async #withFallback(work) {
    const { threads } = this.#settings;
    try {
      return await work(threads);
    } catch (fault) {
      if (!(fault instanceof Broken)) throw fault;
      this.measures.note('warning', 'worker broke', { why: fault.message });
      try {
        const value = await work('never');
        if (threads !== 'never') {
          this.#settings.threads = 'never';
          this.#started.variant.why = `Threads failed: ${fault.message}`;
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
