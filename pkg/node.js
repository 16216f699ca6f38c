/**
 * The engine for Node: the same as in a page, in a worker thread. It runs the single-thread build;
 * to use more cores, create more engines. A process ends when its engines are closed.
 *
 * @import { Settings } from './index.js'
 */

import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { createEngine as create } from './index.js';
import { computing } from './queue.js';

export { LogopressError } from './index.js';

// No page has to be answered here, so no core is left to one.
computing.slots = availableParallelism();

/** @type {Promise<WebAssembly.Module> | undefined} compiled once for all engines */
let compiled;

/** Reads and compiles the engine ahead of need. */
export async function preload() {
  compiled ??= readFile(new URL('./st/logopress_bg.wasm', import.meta.url)).then((wasm) => WebAssembly.compile(wasm));
  await compiled;
}

/**
 * Starts an engine.
 * @param {Settings} [settings]
 */
export async function createEngine(settings = {}) {
  await preload();
  return create({
    wasmUrl: { st: await compiled },
    worker: () => new NodeWorker(),
    ...settings,
    threads: 'never',
  });
}

/** A thread with the face of a browser's worker. */
class NodeWorker extends EventTarget {
  #thread = new Worker(new URL('./node-worker.js', import.meta.url));

  constructor() {
    super();
    this.#thread.on('message', (data) => this.dispatchEvent(new MessageEvent('message', { data })));
    const fail = (/** @type {string} */ message) =>
      this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
    this.#thread.on('error', ({ message }) => fail(message));
    this.#thread.on('exit', () => fail('The thread is gone.'));
  }

  /** @param {unknown} message */
  postMessage(message) {
    this.#thread.postMessage(message);
  }

  terminate() {
    void this.#thread.terminate();
  }
}
