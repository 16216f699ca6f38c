/**
 * One worker, from its start to its end. It answers one call at a time; a worker that broke or was
 * ended is never used again.
 *
 * @import {
 *   About, FromWorker, Method, OnFile, OnProgress, Threads, ToWorker, Variant, WasmUrl
 * } from './protocol.js'
 */

import { LogopressError } from './fault.js';

/** How long a worker's script may take until it runs; only a few small files have to come. */
const FIRST_WORD_MS = 15_000;

/** The worker cannot go on: the engine trapped, or never started. */
export class Broken extends Error {}

/** Threads were asked for, and did not come. */
export class Unstarted extends Broken {}

/**
 * Where the worker's script and the engine are, what threads it may have, and how long those may
 * take to start.
 * @typedef {object} HostSettings
 * @property {string | URL} [baseUrl]
 * @property {WasmUrl} [wasmUrl]
 * @property {StartWorker} [worker]
 * @property {Threads} threads
 * @property {number} timeoutMs
 * @property {number} stageTimeoutMs how long it may say nothing while it works
 */

/**
 * Starts the script `worker.js` in a worker.
 * @typedef {() => Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>} StartWorker
 */

/** @typedef {{ onProgress?: OnProgress, onFile?: OnFile }} Listeners */

export class Host {
  /** @type {Variant} */
  variant = { name: 'st', threads: 1, code: 'one-wanted', why: '' };
  /** @type {About} */
  about = { version: '', specs: {}, defaults: {} };
  /**
   * What the logo that is open in this worker was opened with.
   * @type {unknown[] | null}
   */
  logo = null;
  /** Whether it is of no more use. */
  ended = false;
  /** How much memory the engine has taken. */
  memoryBytes = 0;
  #end = new AbortController();
  #settings;
  #worker;
  #alarm = new BroadcastChannel(`logopress-${crypto.randomUUID()}`);
  /**
   * Waits for the answer to the last message, and hears of what comes before it.
   * @type {{ resolve: (value: any) => void, reject: (fault: unknown) => void } & Listeners}
   */
  #pending = { resolve() {}, reject() {} };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HostSettings} settings */
  static async start(settings) {
    const host = new Host(settings);
    const { threads, wasmUrl } = settings;
    host.#expect(FIRST_WORD_MS, 'The worker’s script did not start.');
    await host.#answer({ type: 'start', threads, wasmUrl: cloneable(wasmUrl), alarm: host.#alarm.name });
    return host;
  }

  /** @param {HostSettings} settings */
  constructor(settings) {
    const { baseUrl, worker } = settings;
    this.#settings = settings;
    this.#worker = worker?.() ?? (baseUrl
      ? new Worker(new URL('worker.js', baseUrl), { type: 'module' })
      // Bundlers look for this very expression.
      : new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }));
    this.#worker.addEventListener('message', (/** @type {MessageEvent<FromWorker>} */ { data }) => this.#hear(data));
    this.#worker.addEventListener('error', (/** @type {ErrorEvent} */ event) => {
      event.preventDefault();
      this.end(new Broken(event.message || 'The worker’s script could not be loaded.'));
    });
    this.#alarm.addEventListener('message', ({ data }) => this.end(new Broken(data)));
  }

  /**
   * Runs a method of the engine. If `signal` aborts meanwhile, the worker ends.
   * @param {Method} method
   * @param {unknown[]} args
   * @param {{ signal?: AbortSignal } & Listeners} [options]
   */
  async call(method, args, { signal, ...listeners } = {}) {
    signal?.throwIfAborted();
    const abort = () => this.end(signal?.reason);
    signal?.addEventListener('abort', abort);
    this.#expectStage('The first stage');
    try {
      return await this.#answer({ type: 'call', method, args }, listeners);
    } finally {
      clearTimeout(this.#timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * Ends the worker; a call that it was busy with fails with `fault`.
   * @param {unknown} fault
   */
  end(fault) {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.#timer);
    this.#worker.terminate();
    this.#alarm.close();
    this.#end.abort();
    this.#pending.reject(fault);
  }

  /** Learns of it when the worker is gone without a word, as when the browser has run out of memory. */
  #watchOver() {
    const gone = () => this.end(new Broken('The worker is gone; the device may be out of memory.'));
    void navigator.locks.request(this.#alarm.name, { signal: this.#end.signal }, gone).catch(() => {});
  }

  /**
   * @param {ToWorker} message
   * @param {Listeners} [listeners]
   * @returns {Promise<any>}
   */
  #answer(message, listeners) {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject, ...listeners };
      this.#worker.postMessage(message);
    });
  }

  /**
   * Gives the worker up unless it says something within `ms`.
   * @param {number} ms
   * @param {string} why
   * @param {typeof Broken} fault
   */
  #expect(ms, why, fault = Broken) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(new fault(why)), ms);
  }

  /** @param {string} stage */
  #expectStage(stage) {
    const { stageTimeoutMs } = this.#settings;
    this.#expect(stageTimeoutMs, `${stage} took longer than ${stageTimeoutMs / 1000} s.`);
  }

  /** @param {FromWorker} message */
  #hear(message) {
    switch (message.type) {
      case 'alive':
        clearTimeout(this.#timer);
        if (message.locked) this.#watchOver();
        return undefined;
      case 'starting':
        return this.#expect(this.#settings.timeoutMs, 'Threads did not start in time.', Unstarted);
      case 'ready':
        clearTimeout(this.#timer);
        this.variant = message.variant;
        this.about = message.about;
        return this.#pending.resolve(undefined);
      case 'progress':
        this.#expectStage(`“${message.label}”`);
        return this.#pending.onProgress?.(message.stage, message.label, message.fraction);
      case 'file':
        this.#expectStage('Making the next file');
        return this.#pending.onFile?.(message.name, message.made);
      case 'result':
        this.memoryBytes = message.memoryBytes;
        return this.#pending.resolve(message.value);
      case 'fault':
        return this.#pending.reject(new LogopressError(message.fault));
      case 'broken':
        return this.end(new Broken(message.why));
    }
  }
}

/**
 * Addresses as a message can carry them.
 * @param {WasmUrl | undefined} wasmUrl
 * @returns {WasmUrl | undefined}
 */
function cloneable(wasmUrl) {
  const text = (/** @type {WasmUrl['st']} */ source) => (source instanceof URL ? source.href : source);
  return wasmUrl && { st: text(wasmUrl.st), mt: text(wasmUrl.mt), pdf: text(wasmUrl.pdf) };
}
