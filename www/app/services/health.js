/**
 * How the engine fares on this device: what it is, what it runs on, what it keeps, and whether a
 * known logo comes out as it did when the site was built. All of it stays here.
 */

/**
 * @typedef {object} Health
 * @property {boolean} ok whether the known logo came out right
 * @property {string} version
 * @property {string} build
 * @property {import('../../pkg/protocol.js').Variant} variant
 * @property {boolean} isolated
 * @property {boolean} simd
 * @property {{ deviceGb: number | null, cores: number }} machine
 * @property {{ usedBytes: number, quotaBytes: number, persistent: boolean } | null} storage
 * @property {{ worker: boolean, kept: number, missing: string[] }} offline
 * @property {{ file: string, expected: string, found: string, tookMs: number }} probe
 */

/** A module of one function that uses one SIMD instruction (`i8x16.splat`, `i8x16.popcnt`). */
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11);

/**
 * Opens a known logo in `engine` and says how that went.
 * @param {Awaited<ReturnType<typeof import('../../pkg/index.js').createEngine>>} engine
 * @returns {Promise<Health>}
 */
export async function health(engine) {
  const known = await (await fetch(new URL('../../probe.json', import.meta.url))).json();
  const logo = await (await fetch(new URL(`../../${known.file}`, import.meta.url))).blob();
  const start = performance.now();
  await engine.open(logo);
  const found = await sha256(await engine.svg());
  const tookMs = Math.round(performance.now() - start);
  const { version, variant } = engine;
  return {
    ok: found === known.sha256,
    version,
    build: document.documentElement.dataset.build ?? '',
    variant,
    isolated: crossOriginIsolated,
    simd: WebAssembly.validate(SIMD),
    machine: { deviceGb: /** @type {any} */ (navigator).deviceMemory ?? null, cores: navigator.hardwareConcurrency },
    storage: await storage(),
    offline: await offline(variant.name),
    probe: { file: known.file, expected: known.sha256, found, tookMs },
  };
}

/** @param {string} text */
async function sha256(text) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function storage() {
  if (!navigator.storage?.estimate) return null;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { usedBytes: usage, quotaBytes: quota, persistent: await navigator.storage.persisted() };
}

/** What of this build would be there without a network. @param {'st' | 'mt'} variant */
async function offline(variant) {
  const build = document.documentElement.dataset.build ?? '';
  const worker = Boolean(navigator.serviceWorker?.controller);
  if (!globalThis.caches || !(await caches.has(`logopress site ${build}`))) return { worker, kept: 0, missing: ['everything'] };
  const cache = await caches.open(`logopress site ${build}`);
  const kept = (await cache.keys()).map(({ url }) => url);
  const needed = ['index.html', 'app/main.js', `pkg/${variant}/logopress.js`, `pkg/${variant}/logopress_bg.wasm`];
  return { worker, kept: kept.length, missing: needed.filter((name) => !kept.some((url) => url.endsWith(`/${name}`))) };
}
