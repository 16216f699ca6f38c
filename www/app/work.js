/** The work under way: one trace, and beside it files that are being made. Stopping, progress, faults. */

import { said, t } from './i18n.js';

/** Work that is done sooner than this is not announced. */
const PATIENCE_MS = 300;

/** @typedef {{ message: string, advice: string }} Fault */

/**
 * What to say about anything that was thrown.
 * @param {any} error
 * @returns {Fault}
 */
export function described(error) {
  const { code, message, advice } = error ?? {};
  if (typeof advice === 'string') return { message: said(`error.${code}`, message), advice: said(`error.${code}.advice`, advice) };
  return { message: t('fault.unknown', { detail: String(error?.message ?? error) }), advice: t('fault.unknown.advice') };
}

export class Work {
  /** @type {AbortController | null} */
  #trace = null;
  #since = 0;
  /** Files being made, and whether a trace stops them. @type {Map<AbortController, boolean>} */
  #files = new Map();
  #load;
  #set;

  /**
   * @param {() => Promise<import('./engine.js').Engine>} load
   * @param {(change: Partial<import('./state.js').State>) => void} set
   */
  constructor(load, set) {
    this.#load = load;
    this.#set = set;
  }

  /** How long the trace has been running, in ms. */
  get age() {
    return performance.now() - this.#since;
  }

  /** Stops the trace under way and the files that yield to one; returns the next one's signal. */
  begin() {
    this.stopTrace();
    for (const [file, yields] of this.#files) if (yields) file.abort();
    this.#trace = new AbortController();
    this.#since = performance.now();
    this.#set({ phase: 'working', error: null, progress: null });
    return this.#trace.signal;
  }

  stopTrace() {
    this.#trace?.abort();
  }

  /** Stops everything. */
  stop() {
    this.stopTrace();
    for (const file of this.#files.keys()) file.abort();
  }

  /** @type {import('./desk.js').Run} */
  async run(work, { yields = false } = {}) {
    const stopper = new AbortController();
    const { signal } = stopper;
    this.#files.set(stopper, yields);
    try {
      return await work(await this.#load(), { signal, onProgress: this.progress(signal) });
    } catch (error) {
      if (!signal.aborted) this.#set({ error: described(error) });
      return undefined;
    } finally {
      this.#files.delete(stopper);
      if (!signal.aborted) this.#set({ progress: null });
    }
  }

  /**
   * Reports progress, once the work has taken a while.
   * @param {AbortSignal} signal
   * @returns {import('../pkg/protocol.js').OnProgress}
   */
  progress(signal) {
    const start = performance.now();
    return (stage, label, fraction) => {
      if (signal.aborted || performance.now() - start < PATIENCE_MS) return;
      this.#set({ progress: { stage, label, fraction } });
    };
  }
}
