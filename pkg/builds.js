/**
 * Which of the two builds of the engine runs in a place, and where its WebAssembly is.
 *
 * @import { Threads, WasmUrl } from './protocol.js'
 */

/** More threads than this gain nothing on a logo. */
const MOST_THREADS = 8;

/**
 * How many threads are wanted here, and why they cannot be had; `why` is empty if they can.
 * @param {Threads} wanted
 * @returns {{ threads: number, why: string }}
 */
export function choose(wanted) {
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  const threads = wanted === 'auto' ? Math.min(cores, MOST_THREADS) : wanted === 'never' ? 1 : wanted;
  return { threads, why: whyNot(threads) };
}

/** @param {number} threads */
function whyNot(threads) {
  if (threads < 2) return 'One thread was asked for, or is all there is.';
  if (!globalThis.crossOriginIsolated) return 'The page is not isolated (COOP and COEP headers).';
  if (typeof SharedArrayBuffer === 'undefined') return 'The browser has no SharedArrayBuffer.';
  if (typeof Worker === 'undefined') return 'The browser cannot start workers from a worker.';
  return '';
}

/**
 * Fetches the engine that this place would use, ahead of need, so that starting it is quick.
 * Nothing is started.
 * @param {{ baseUrl?: string | URL, wasmUrl?: WasmUrl, threads?: Threads }} [settings] as those of
 *   `createEngine`
 */
export async function preload({ baseUrl, wasmUrl, threads = 'auto' } = {}) {
  const name = choose(threads).why ? 'st' : 'mt';
  const source = wasmUrl?.[name] ?? (baseUrl ? new URL(`${name}/logopress_bg.wasm`, baseUrl) : beside(name));
  if (source instanceof WebAssembly.Module) return;
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source}: ${answer.status} ${answer.statusText}`);
  // The browser keeps what was read to its end.
  await answer.arrayBuffer();
}

/**
 * Bundlers look for these very expressions.
 * @param {'st' | 'mt'} name
 */
const beside = (name) => name === 'st'
  ? new URL('./st/logopress_bg.wasm', import.meta.url)
  : new URL('./mt/logopress_bg.wasm', import.meta.url);
