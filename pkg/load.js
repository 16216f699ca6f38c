/**
 * The one place that knows that there are two builds of the engine, and that chooses.
 * Runs inside the worker.
 *
 * @import { Threads, Variant } from './protocol.js'
 */

/** More threads than this gain nothing on a logo. */
const MOST_THREADS = 8;

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
 * @param {() => void} starting called when threads are about to start
 * @returns {Promise<{ wasm: Engine, variant: Variant }>}
 */
export async function load(wanted, starting) {
  const threads = wanted === 'auto' ? Math.min(navigator.hardwareConcurrency, MOST_THREADS) : wanted;
  let why = whyNot(threads);
  if (!why && threads !== 'never') {
    const memory = sharedMemory();
    if (memory) {
      const wasm = await threaded(threads, memory, starting);
      return { wasm, variant: { name: 'mt', threads: wasm.threads(), why: 'The page is isolated.' } };
    }
    why = 'The browser refused the memory that threads share.';
  }
  const wasm = await import('./st/logopress.js');
  await wasm.default();
  return { wasm, variant: { name: 'st', threads: 1, why } };
}

/**
 * Why threads cannot run here; empty if they can.
 * @param {'never' | number} threads
 */
function whyNot(threads) {
  if (threads === 'never' || threads < 2) return 'One thread was asked for, or is all there is.';
  if (!globalThis.crossOriginIsolated) return 'The page is not isolated (COOP and COEP headers).';
  if (typeof SharedArrayBuffer === 'undefined') return 'The browser has no SharedArrayBuffer.';
  if (typeof Worker === 'undefined') return 'The browser cannot start workers from a worker.';
  return '';
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
 * @param {number} threads
 * @param {WebAssembly.Memory} memory
 * @param {() => void} starting
 */
async function threaded(threads, memory, starting) {
  const wasm = await import('./mt/logopress.js');
  await wasm.default({ memory });
  // Safari 26.2 crashes when memory grows while threads run, so it grows before.
  wasm.reserveMemory(MAXIMA_BYTES[2] / 2);
  starting();
  await wasm.initThreadPool(threads);
  return wasm;
}
