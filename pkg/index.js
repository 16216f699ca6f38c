/**
 * The engine, for a page: `createEngine` starts it in a worker, and everything is asked of what it
 * returns. Nothing here blocks the page, and nothing leaves the device.
 *
 * @import {
 *   ExportOptions, Fidelity, Finding, KitPlan, Mask, Method, NamedFile, OnFile, OnProgress, Opened,
 *   Options, Pixels, Separated, Threads, Traced, WasmUrl
 * } from './protocol.js'
 * @import { StartWorker } from './host.js'
 * @import { Priority } from './queue.js'
 * @import { ResultCache } from './cache.js'
 */

import { LogopressError } from './fault.js';
import { Runner } from './runner.js';

export { preload } from './builds.js';
export { ResultCache } from './cache.js';
export { Database } from './database.js';
export { computing, writing } from './queue.js';
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
 * @property {Priority} [priority] of all its requests; default: of a preview, of what is seen, of a
 *   file, by what is asked
 * @property {ResultCache} [cache] where answers are looked for and kept; default: nowhere
 */

/**
 * `signal` takes a request back: it fails with the signal's reason, and the open logo stays open.
 * `priority`: where it is other than that of its kind. The more urgent is done first, but nothing
 * overtakes an `open`.
 * @typedef {{ signal?: AbortSignal, priority?: Priority, onProgress?: OnProgress }} Watch
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

/** One open logo and what can be made from it. */
class Engine {
  #runner;
  #wanted;

  /** @param {Settings} settings */
  constructor({ threads = 'auto', timeoutMs = START_TIMEOUT_MS, stageTimeoutMs = STAGE_TIMEOUT_MS, ...rest }) {
    this.#wanted = threads;
    this.#runner = new Runner({ ...rest, threads, timeoutMs, stageTimeoutMs });
  }

  /** Starts the worker before anything is asked of it. */
  start() {
    return this.#runner.start();
  }

  /** What has been done so far, in figures: `openMetrics`, `chromeTrace`, `journal`. */
  get measures() {
    return this.#runner.measures;
  }

  /** Which build runs, on how many threads, and why; it changes if threads turn out not to work. */
  get variant() {
    return this.#runner.host.variant;
  }

  /** Whether threads have failed so often that they are left alone from now on. */
  get threadsGivenUp() {
    return this.#wanted !== 'never' && this.#runner.threads === 'never';
  }

  get version() {
    return this.#runner.host.about.version;
  }

  /** All options by group: documentation, kind, range, default. */
  get specs() {
    return this.#runner.host.about.specs;
  }

  /** All options at their defaults, by group. */
  get defaults() {
    return this.#runner.host.about.defaults;
  }

  /**
   * Has the browser compile well what the first logo will need, by tracing a picture of the engine's
   * own: for a page that rests. An open logo is left alone.
   * @param {Watch} [watch]
   * @returns {Promise<void>}
   */
  warmUp(watch) {
    return this.#runner.ask('warmUp', [], watch);
  }

  /**
   * Opens a logo. If it cannot be opened, the one that was open before stays open.
   * @param {Blob | ArrayBuffer | Uint8Array<ArrayBuffer>} input
   * @param {Watch & { intake?: Options }} [options]
   * @returns {Promise<Opened>}
   */
  open(input, { intake, ...watch } = {}) {
    const logo = input instanceof Blob ? input : new Blob([input]);
    return this.#runner.ask('open', [logo, intake], watch);
  }

  /**
   * The open logo's pixels, if it has any.
   * @param {Watch} [watch]
   * @returns {Promise<Pixels>}
   */
  pixels(watch) {
    return this.#runner.ask('pixels', [], watch);
  }

  /**
   * Traces the open logo and says what came of it.
   * @param {Options} [trace]
   * @param {Watch} [watch]
   * @returns {Promise<Traced>}
   */
  trace(trace, watch) {
    return this.#runner.ask('trace', [trace], watch);
  }

  /**
   * How far the trace of the open logo is off its pixels, and where. Fails for a logo that came as
   * shapes.
   * @param {Options} [trace]
   * @param {Watch} [watch]
   * @returns {Promise<Fidelity>}
   */
  fidelity(trace, watch) {
    return this.#runner.ask('fidelity', [trace], watch);
  }

  /**
   * The open logo as the text of an SVG document, at once: a large one traced at reduced resolution.
   * What `svg` gives later takes its place without a jump.
   * @param {Options} [trace]
   * @param {Options} [svg]
   * @param {Watch} [watch]
   */
  async preview(trace, svg, watch) {
    return new TextDecoder().decode(await this.#runner.ask('preview', [trace, { svg }], watch));
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
    return this.#runner.ask('export', [format, trace, options], watch);
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
    return this.#runner.ask('separate', [trace, separation], watch);
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
    return this.#runner.ask('separationFile', [trace, separation, name], watch);
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
    return this.#runner.ask('plateDots', [trace, separation, plate, new Float64Array(partMm), dpi], watch);
  }

  /**
   * The plan of the open logo's brand kit: its files, before they are made.
   * @param {Options} [trace]
   * @param {Options} [kit]
   * @param {Watch} [watch]
   * @returns {Promise<KitPlan>}
   */
  kit(trace, kit, watch) {
    return this.#runner.ask('kit', [trace, kit], watch);
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
    return this.#runner.ask('kitFile', [path, trace, kit], watch);
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
    return this.#runner.ask('kitZip', [files, trace, kit], watch);
  }

  /**
   * What is missing or wrong with the icons of a site, whatever logo is open.
   * @param {Blob} zip the site's files
   * @param {Watch} [watch]
   * @returns {Promise<Finding[]>}
   */
  checkSite(zip, watch) {
    return this.#runner.ask('checkSite', [zip], watch);
  }

  /** Ends the worker. What has not been answered fails. */
  close() {
    const advice = 'Create another engine.';
    const fault = new LogopressError({ code: 'closed', message: 'The engine is closed.', advice });
    this.#runner.close(fault);
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
    await this.#runner.ask(method, args, {
      ...watch,
      onFile(name, made) {
        if (made instanceof Uint8Array) files.set(name, made);
        onFile?.(name, made);
      },
    });
    return [...files].map(([name, bytes]) => ({ name, bytes }));
  }
}
