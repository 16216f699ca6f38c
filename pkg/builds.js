/**
 * Which of the two builds of the engine runs in a place, and where its WebAssembly is.
 *
 * @import { Threads, WasmUrl } from './protocol.js'
 */

/** More threads than this gain nothing on a logo. */
const MOST_THREADS = 8;

/**
 * Why threads cannot be had, by a code that lasts and in words.
 * @satisfies {Record<string, string>}
 */
export const REASONS = {
  'one-wanted': 'One thread was asked for, or is all there is.',
  'not-isolated': 'The page is not isolated (COOP and COEP headers).',
  'no-shared-memory': 'The browser has no SharedArrayBuffer.',
  'no-workers': 'The browser cannot start workers from a worker.',
  'memory-refused': 'The browser refused the memory that threads share.',
};

/** @typedef {keyof typeof REASONS} Reason */

/**
 * How many threads are wanted here, and why they cannot be had, if so.
 * @param {Threads} wanted
 * @returns {{ threads: number, reason: Reason | null }}
 */
export function choose(wanted) {
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  const threads = wanted === 'auto' ? Math.min(cores, MOST_THREADS) : wanted === 'never' ? 1 : wanted;
  return { threads, reason: whyNot(threads) };
}

/**
 * @param {number} threads
 * @returns {Reason | null}
 */
function whyNot(threads) {
  if (threads < 2) return 'one-wanted';
  if (!globalThis.crossOriginIsolated) return 'not-isolated';
  if (typeof SharedArrayBuffer === 'undefined') return 'no-shared-memory';
  if (typeof Worker === 'undefined') return 'no-workers';
  return null;
}

/**
 * Fetches the engine that this place would use, ahead of need, so that starting it is quick.
 * Nothing is started.
 * @param {{ baseUrl?: string | URL, wasmUrl?: WasmUrl, threads?: Threads }} [settings] as those of
 *   `createEngine`
 */
export async function preload({ baseUrl, wasmUrl, threads = 'auto' } = {}) {
  const name = choose(threads).reason ? 'st' : 'mt';
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
