/** Opening a logo and tracing it again whenever its settings change. */

import { exportOptions } from './desk.js';
import { draw } from './draw.js';
import { giveUpThreads } from './engine.js';
import { described } from './work.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./state.js').State} State */
/** @typedef {Pick<State, 'traced' | 'svg' | 'tookMs'>} Result */

/** A trace that has run this long when its settings change is stopped; a shorter one may finish. */
const STALE_MS = 1000;
/** So many results of the open logo are kept, for undo and for A and B. */
const KEPT_RESULTS = 8;

export class Tracing {
  #load;
  #work;
  #state;
  #set;
  #busy = false;
  #stale = false;
  /** Results of the open logo by settings, the newest last. @type {Map<string, Result>} */
  #results = new Map();

  /**
   * @param {() => Promise<Engine>} load
   * @param {import('./work.js').Work} work
   * @param {State} state
   * @param {(change: Partial<State>) => void} set
   */
  constructor(load, work, state, set) {
    this.#load = load;
    this.#work = work;
    this.#state = state;
    this.#set = set;
  }

  /**
   * Opens a file, at its first page unless it is open already.
   * @param {File} file
   * @param {number} [page] from 1
   */
  async open(file, page = file === this.#state.file?.source ? this.#state.page : 1) {
    const signal = this.#work.begin();
    try {
      const engine = await this.#load();
      const intake = { ...this.#state.settings.intake, page };
      const size = await engine.open(file, { intake, signal, onProgress: this.#work.progress(signal) });
      this.#results.clear();
      const pixels = size.kind === 'vector'
        ? await draw((await this.#make(engine, this.#state.settings, signal)).svg, size)
        : await engine.pixels({ signal });
      if (signal.aborted) return;
      this.#set({ file: { name: file.name, source: file }, page, size, pixels, svg: '', glance: '', traced: null, ink: null });
      await this.#trace(engine, signal);
    } catch (error) {
      this.#caught(error, signal);
    }
  }

  /** Traces with the settings as they are now; while one trace runs, only the newest settings wait. */
  async again() {
    if (!this.#state.file) return;
    this.#stale = true;
    if (this.#busy) {
      if (this.#work.age > STALE_MS) this.#work.stopTrace();
      return;
    }
    this.#busy = true;
    while (this.#stale) {
      this.#stale = false;
      const signal = this.#work.begin();
      try {
        await this.#trace(await this.#load(), signal);
      } catch (error) {
        this.#caught(error, signal);
      }
    }
    this.#busy = false;
  }

  /**
   * @param {Engine} engine
   * @param {AbortSignal} signal
   */
  async #trace(engine, signal) {
    const { settings } = this.#state;
    const key = JSON.stringify(settings);
    const result = this.#results.get(key) ?? await this.#make(engine, settings, signal);
    if (signal.aborted) return;
    this.#results.delete(key);
    this.#results.set(key, result);
    for (const old of [...this.#results.keys()].slice(0, -KEPT_RESULTS)) this.#results.delete(old);
    const sameInks = result.traced?.inks.join() === this.#state.traced?.inks.join();
    const ink = sameInks ? this.#state.ink : null;
    if (engine.threadsGivenUp) giveUpThreads();
    this.#set({ ...result, glance: '', ink, phase: 'ready', progress: null, variant: engine.variant, cache: engine.measures.cache });
  }

  /**
   * @param {Engine} engine
   * @param {State['settings']} settings
   * @param {AbortSignal} signal
   * @returns {Promise<Result>}
   */
  async #make(engine, settings, signal) {
    const watch = { signal, onProgress: this.#work.progress(signal) };
    const start = performance.now();
    const traced = await engine.trace(settings.trace, watch);
    // Shown in the page itself, whose rules of content security refuse a drawing's own style sheet.
    const plain = exportOptions({ ...settings, svg: this.#state.defaults.svg });
    const svg = new TextDecoder().decode(await engine.export('svg', settings.trace, plain, watch));
    return { traced, svg, tookMs: performance.now() - start };
  }

  /**
   * @param {unknown} error
   * @param {AbortSignal} signal
   */
  #caught(error, signal) {
    if (!signal.aborted) this.#set({ error: described(error), phase: 'error', progress: null });
  }
}
