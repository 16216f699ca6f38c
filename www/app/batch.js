/**
 * Many logos, in engines of their own, as many as the device can feed, so that the open logo stays
 * at hand.
 */

import { described } from './work.js';

/** @typedef {import('./state.js').BatchRow} BatchRow */
/** @typedef {import('./state.js').Settings} Settings */

/** @typedef {{ signal: AbortSignal, onProgress: import('../pkg/protocol.js').OnProgress }} Watch */

/**
 * What a batch asks of an engine.
 * @typedef {object} Worker
 * @property {(file: Blob, watch: Watch & { intake?: any }) => Promise<unknown>} open
 * @property {(trace: any, watch: Watch) => Promise<import('../pkg/protocol.js').Traced>} trace
 * @property {(trace: any, svg: any, watch: Watch) => Promise<string>} svg
 * @property {() => void} close
 */

/** Told how far a row is, while it is worked on. @typedef {(id: number, stage: string, fraction: number) => void} Progressed */

export class Batch {
  /** @type {BatchRow[]} */
  rows = [];
  #start;
  #slots;
  #changed;
  #progressed;
  /** How many engines take rows. */
  #runners = 0;
  #stop = new AbortController();
  #next = 1;

  /**
   * @param {() => Promise<Worker>} start makes an engine
   * @param {() => Promise<number>} slots how many of them may work at once
   * @param {() => void} changed called whenever `rows` has changed
   * @param {Progressed} progressed
   */
  constructor(start, slots, changed, progressed) {
    this.#start = start;
    this.#slots = slots;
    this.#changed = changed;
    this.#progressed = progressed;
  }

  /**
   * Puts files at the end of the queue.
   * @param {File[]} files
   * @param {() => Settings} settings as they are when a file's turn comes
   */
  add(files, settings) {
    const rows = files.map((file) => /** @type {BatchRow} */ ({
      id: this.#next++, file, phase: 'waiting', svg: '', inks: 0, fault: null, own: null,
    }));
    this.#show([...this.rows, ...rows]);
    void this.#run(settings);
  }

  /**
   * Goes on with a batch that was interrupted: what was being worked on is begun again.
   * @param {BatchRow[]} rows
   * @param {() => Settings} settings
   */
  resume(rows, settings) {
    this.#next = Math.max(this.#next, ...rows.map(({ id }) => id + 1));
    this.#show([...rows.map((row) => row.phase === 'working' ? { ...row, phase: /** @type {const} */ ('waiting') } : row), ...this.rows]);
    void this.#run(settings);
  }

  /**
   * Queues rows again: one, or all of them.
   * @param {number | null} id
   * @param {() => Settings} settings
   */
  again(id, settings) {
    this.#show(this.rows.map((row) => id === null || row.id === id ? { ...row, phase: 'waiting', fault: null } : row));
    void this.#run(settings);
  }

  /**
   * Gives a row settings of its own, or takes them away, and queues it again.
   * @param {number} id
   * @param {() => Settings} settings
   */
  own(id, settings) {
    this.#show(this.rows.map((row) => row.id === id ? { ...row, own: row.own ? null : structuredClone(settings()) } : row));
    this.again(id, settings);
  }

  /** Ends everything and forgets all files. */
  clear() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#show([]);
  }

  /** Lets as many engines take rows as there are places and rows for. @param {() => Settings} settings */
  async #run(settings) {
    const slots = await this.#slots();
    const waiting = this.rows.filter(({ phase }) => phase === 'waiting').length;
    for (let more = Math.min(slots - this.#runners, waiting); more > 0; more -= 1) void this.#runner(settings);
  }

  /** One engine, for as long as there are rows. @param {() => Settings} settings */
  async #runner(settings) {
    this.#runners += 1;
    /** @type {Worker | null} */
    let engine = null;
    for (let row = this.#waiting(); row; row = this.#waiting()) {
      const { signal } = this.#stop;
      this.#put(row.id, { phase: 'working' });
      try {
        engine ??= await this.#start();
        const { trace, svg, intake } = row.own ?? settings();
        const { id } = row;
        const watch = { signal, onProgress: (/** @type {string} */ stage, /** @type {string} */ _, /** @type {number} */ fraction) => this.#progressed(id, stage, fraction) };
        await engine.open(row.file, { ...watch, intake });
        const traced = await engine.trace(trace, watch);
        this.#put(id, { phase: 'done', svg: await engine.svg(trace, svg, watch), inks: traced.inks.length });
      } catch (error) {
        // A row that was taken away is no longer there to be changed.
        this.#put(row.id, { phase: 'failed', fault: described(error).message });
      }
    }
    engine?.close();
    this.#runners -= 1;
  }

  #waiting() {
    return this.rows.find(({ phase }) => phase === 'waiting');
  }

  /**
   * @param {number} id
   * @param {Partial<BatchRow>} change
   */
  #put(id, change) {
    this.#show(this.rows.map((row) => row.id === id ? { ...row, ...change } : row));
  }

  /** @param {BatchRow[]} rows */
  #show(rows) {
    this.rows = rows;
    this.#changed();
  }
}
