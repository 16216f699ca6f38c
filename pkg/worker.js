/**
 * The worker: starts the engine, then answers one call after the other.
 *
 * @import { Fault, FromWorker, Method, OnProgress, ToWorker, WasmUrl } from './protocol.js'
 */

import { load, loadReader } from './load.js';

/** @type {Awaited<ReturnType<typeof load>>['wasm']} */
let wasm;
/** @type {InstanceType<typeof wasm['Engine']>} */
let engine;
/** @type {WasmUrl | undefined} */
let wasmUrl;
/** @type {WebAssembly.Memory} */
let memory;

addEventListener('message', async (/** @type {MessageEvent<ToWorker>} */ { data }) => {
  try {
    if (data.type === 'start') await start(data);
    else if (data.type === 'call') await call(data);
  } catch (thrown) {
    // Whoever answers with anything but the engine's own error may be in any state.
    if (isFault(thrown)) {
      const { code, message, advice } = thrown;
      say({ type: 'fault', fault: { code, message, advice } });
    } else {
      say({ type: 'broken', why: String(thrown) });
    }
  }
});

/** @param {ToWorker & { type: 'start' }} message */
async function start({ threads, wasmUrl: given, alarm }) {
  wasmUrl = given;
  say({ type: 'alive', locked: await hold(alarm) });
  const loaded = await load(threads, wasmUrl, () => say({ type: 'starting' }));
  ({ wasm, memory } = loaded);
  wasm.reportPanics(alarm);
  engine = new wasm.Engine();
  const about = { version: wasm.version(), specs: wasm.optionSpecs(), defaults: wasm.defaults() };
  say({ type: 'ready', variant: loaded.variant, about });
}

/**
 * Takes a lock and never gives it back, so that whoever waits for it learns of this worker's end.
 * @param {string} name
 * @returns {Promise<boolean>} whether the browser has such locks
 */
function hold(name) {
  const locks = globalThis.navigator?.locks;
  if (!locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise(() => {});
    };
    locks.request(name, held).catch(() => resolve(false));
  });
}

/** @param {ToWorker & { type: 'call' }} message */
async function call({ method, args }) {
  const ready = await Promise.all(args.map((arg) => (arg instanceof Blob ? bytesOf(arg) : arg)));
  try {
    answer(method, ready);
  } catch (fault) {
    // What the engine leaves to others.
    const logo = args[0];
    if (!(isFault(fault) && logo instanceof Blob)) throw fault;
    if (fault.code === 'browser-decoder') {
      const { width, height, data } = await decode(logo).catch(() => {
        throw fault;
      });
      answer('openPixels', [width, height, data, false, ...ready.slice(1)]);
    } else if (fault.code === 'pdf-reader') {
      answer('openPage', [await readPage(ready[0], ready[1]), ...ready.slice(1)]);
    } else {
      throw fault;
    }
  }
}

/**
 * Runs a method of the engine, or a function beside it, and says what came of it.
 * @param {Method | 'openPage'} method
 * @param {unknown[]} args
 */
function answer(method, args) {
  /** @type {OnProgress} */
  const progress = (stage, label, fraction) => say({ type: 'progress', stage, label, fraction });
  /** @type {(name: string, made: Uint8Array<ArrayBuffer> | Fault) => void} */
  const file = (name, made) => {
    if (!isFault(made)) return say({ type: 'file', name, made }, buffersIn(made));
    const { code, message, advice } = made;
    say({ type: 'file', name, made: { code, message, advice } });
  };
  /** @type {(...args: unknown[]) => unknown} */
  const run = /** @type {any} */ (engine)[method] ?? /** @type {any} */ (wasm)[method];
  // Every method takes its own arguments, then these two, as far as it cares for them.
  const value = run.call(engine, ...args, progress, file);
  say({ type: 'result', value, memoryBytes: memory.buffer.byteLength }, buffersIn(value));
}

/**
 * The pixels of a picture, as the browser reads it.
 * @param {Blob} picture
 */
async function decode(picture) {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

/**
 * A page of a document, for the engine; empty if the reader failed on it.
 * @param {any} document its bytes
 * @param {any} intake
 */
async function readPage(document, intake) {
  const reader = await loadReader(wasmUrl).catch(() => {
    const advice = 'Check the network and open the file again.';
    throw Object.assign(new Error('The part that reads PDF cannot be loaded.'), { code: 'pdf-reader', advice });
  });
  try {
    return reader.readPage(document, intake);
  } catch (thrown) {
    if (isFault(thrown)) throw thrown;
    return '';
  } finally {
    // Gives back what a large file took, and what a trap has left.
    reader.__wbg_reset_state();
  }
}

/** @param {Blob} blob */
async function bytesOf(blob) {
  wasm.checkSize(blob.size);
  const buffer = await blob.arrayBuffer().catch(() => {
    const advice = 'Choose it again; it may have been moved or changed.';
    throw Object.assign(new Error('The file cannot be read.'), { code: 'unreadable', advice });
  });
  return new Uint8Array(buffer);
}

/**
 * The buffers of a result, which are handed over instead of copied.
 * @param {unknown} value
 * @returns {ArrayBuffer[]}
 */
function buffersIn(value) {
  if (ArrayBuffer.isView(value)) return [/** @type {ArrayBuffer} */ (value.buffer)];
  return value && typeof value === 'object' ? Object.values(value).flatMap(buffersIn) : [];
}

/**
 * @param {unknown} thrown
 * @returns {thrown is Fault}
 */
function isFault(thrown) {
  return thrown instanceof Error && 'code' in thrown && 'advice' in thrown;
}

/**
 * @param {FromWorker} message
 * @param {Transferable[]} [transfer]
 */
function say(message, transfer = []) {
  postMessage(message, { transfer });
}
