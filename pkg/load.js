/**
 * Loads the build of the engine that `builds.js` chooses, and the reader of PDF, which the engine
 * leaves out. Runs inside the worker.
 *
 * @import { Threads, Variant, WasmUrl } from './protocol.js'
 */

import { REASONS, choose } from './builds.js';

const PAGE_BYTES = 65_536;

/** Room for the threaded build's data and main stack. */
const INITIAL_BYTES = 8 * 2 ** 20;

/** iOS refuses a shared memory that may grow too far. */
const MAXIMA_BYTES = [1024, 512, 256].map((mib) => mib * 2 ** 20);

/**
 * What both builds have in common.
 * @typedef {Omit<typeof import('./st/logopress.js'), 'default' | 'initSync'>} Engine
 */

/**
 * Loads the threaded build where it can run, otherwise the other one.
 * @param {Threads} wanted
 * @param {WasmUrl | undefined} wasmUrl
 * @param {() => void} starting called when threads are about to start
 * @returns {Promise<{ wasm: Engine, variant: Variant, memory: WebAssembly.Memory }>}
 */
export async function load(wanted, wasmUrl, starting) {
  let { threads, reason } = choose(wanted);
  if (!reason) {
    const memory = sharedMemory();
    if (memory) {
      const wasm = await threaded({ module_or_path: wasmUrl?.mt, memory }, threads, starting);
      return { wasm, memory, variant: { name: 'mt', threads: wasm.threads(), code: 'isolated', why: 'The page is isolated.' } };
    }
    reason = 'memory-refused';
  }
  const wasm = await import('./st/logopress.js');
  const { memory } = await wasm.default({ module_or_path: wasmUrl?.st });
  return { wasm, memory, variant: { name: 'st', threads: 1, code: reason, why: REASONS[reason] } };
}

/**
 * Loads the reader of PDF, once.
 * @param {WasmUrl | undefined} wasmUrl
 */
export async function loadReader(wasmUrl) {
  const reader = await import('./pdf/logopress.js');
  await reader.default({ module_or_path: wasmUrl?.pdf });
  return reader;
}

function sharedMemory() {
  for (const bytes of MAXIMA_BYTES) {
    try {
      return new WebAssembly.Memory({
        initial: INITIAL_BYTES / PAGE_BYTES,
        maximum: bytes / PAGE_BYTES,
        shared: true,
      });
    } catch {
      // Refused; the next one is smaller.
    }
  }
  return null;
}

/**
 * @param {{ module_or_path?: URL | string | WebAssembly.Module, memory: WebAssembly.Memory }} source
 * @param {number} threads
 * @param {() => void} starting
 */
async function threaded(source, threads, starting) {
  const wasm = await import('./mt/logopress.js');
  await wasm.default(source);
  // Safari 26.2 crashes when memory grows while threads run, so it grows before.
  wasm.reserveMemory(MAXIMA_BYTES[2] / 2);
  starting();
  await wasm.initThreadPool(threads);
  return wasm;
}
