/**
 * Measures the built site in Chromium, vtracer beside it, on the pictures of a folder; `cargo xtask
 * bench` calls it. Reads `inputs.json`, writes `browser.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { startEngine } from '../../tests/web/app.mjs';
import { launchChromium } from '../../tests/web/browsers.mjs';
import { HARNESS } from '../../tests/web/fixtures.mjs';
import { serve } from '../../tests/web/server.mjs';

/** @typedef {{ logo: string, size_px: number, pixels: number, file: string }} Input */

const folder = process.argv[2];
/** @type {Input[]} */
const inputs = JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8'));
/** Size at which what follows the trace is measured, and logos that are taken for that. */
const USUAL_PX = 1024;
const WHOLE = 3;

const folders = {
  '/harness/': HARNESS,
  '/inputs/': `${join(folder, 'inputs')}/`,
  '/peer/': `${join(folder, 'peer')}/`,
};
const [server, browser] = await Promise.all([serve({ isolated: true, folders }), launchChromium()]);

/**
 * Runs in the page: median times, in ms, of opening and tracing a picture by one thread and by two,
 * and of vtracer on its pixels, in turn.
 * @param {string} file
 */
async function traceInPage(file) {
  const { one, two, peer } = /** @type {any} */ (globalThis);
  const logo = await (await fetch(`/inputs/${file}`)).blob();
  /** @type {{ [name: string]: number[] }} */
  const times = { open_ms: [], preview_ms: [], one_ms: [], two_ms: [], vtracer_ms: [] };
  const start = performance.now();
  for (let round = 0; round < 5 && (round === 0 || performance.now() - start < 1000); round += 1) {
    /** @param {string} name @param {() => unknown} work */
    const timed = async (name, work) => {
      const before = performance.now();
      await work();
      times[name].push(performance.now() - before);
    };
    await timed('open_ms', () => one.open(logo));
    await timed('preview_ms', () => one.preview());
    await timed('one_ms', () => one.trace());
    await two.open(logo);
    await timed('two_ms', () => two.trace());
    const { widthPx, heightPx, data } = await one.pixels();
    const rgba = new Uint8Array(data.buffer);
    await timed('vtracer_ms', () => peer.trace(widthPx, heightPx, rgba));
  }
  const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[list.length >> 1];
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Runs in the page: starts what is measured. */
async function startInPage() {
  // @ts-expect-error The site's own addresses.
  const [{ createEngine }, peer] = await Promise.all([import('/pkg/index.js'), import('/peer/peer.js')]);
  await peer.default();
  const [one, two] = [await createEngine({ threads: 'never' }), await createEngine({ threads: 2 })];
  Object.assign(globalThis, { one, two, peer });
  return [one.variant, two.variant];
}

/**
 * Runs in the page: median times of everything that is made of a traced logo.
 * @param {{ file: string, formats: string[], whole: boolean }} wanted
 */
async function exportInPage({ file, formats, whole }) {
  const { one } = /** @type {any} */ (globalThis);
  const logo = await (await fetch(`/inputs/${file}`)).blob();
  /** @param {() => unknown} work */
  const timed = async (work) => {
    const times = [];
    const start = performance.now();
    while (times.length < 3 && (!times.length || performance.now() - start < 1000)) {
      const before = performance.now();
      await work();
      times.push(performance.now() - before);
    }
    return times.sort((a, b) => a - b)[times.length >> 1];
  };
  /** @type {{ [name: string]: number }} */
  const times = {};
  times.drop_ms = await timed(async () => {
    await one.open(logo);
    await one.svg();
  });
  for (const format of formats) times[format] = await timed(() => one.export(format));
  if (whole) times.separation = await timed(() => one.separationFiles());
  if (whole) times.kit = await timed(() => one.kitZip());
  return times;
}

/**
 * Runs in a fresh page: how far the memory of the single-threaded engine has grown, in bytes, after
 * opening and tracing a picture.
 * @param {string} file
 */
async function peakInPage(file) {
  // @ts-expect-error The site's own address.
  const { default: init, Engine } = await import('/pkg/st/logopress.js');
  const { memory } = await init();
  const engine = new Engine();
  const bytes = new Uint8Array(await (await fetch(`/inputs/${file}`)).arrayBuffer());
  engine.open(bytes, undefined, () => {});
  engine.trace(undefined, () => {});
  return memory.buffer.byteLength;
}

/** From navigation until the engine has started, cold and then with everything in the cache. */
async function loads() {
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const context = await browser.newContext();
    const pair = [];
    for (let visit = 0; visit < 2; visit += 1) {
      const page = await context.newPage();
      const before = performance.now();
      await page.goto(server.url);
      await startEngine(page);
      pair.push(performance.now() - before);
      await page.close();
    }
    times.push({ cold_ms: pair[0], warm_ms: pair[1] });
    await context.close();
  }
  return times;
}

/** Bytes before and after brotli, together. @param {Buffer[]} bodies */
function weigh(bodies) {
  const sum = (/** @type {Buffer[]} */ list) => list.reduce((all, { length }) => all + length, 0);
  return { raw: sum(bodies), brotli: sum(bodies.map((body) => brotliCompressSync(body))) };
}

/** @param {string} variant */
const engine = (variant) =>
  weigh([readFileSync(fileURLToPath(new URL(`../../pkg/${variant}/logopress_bg.wasm`, import.meta.url)))]);

/** What the page asks for before anybody moves. */
async function shell() {
  const page = await browser.newPage();
  /** @type {import('playwright-core').Response[]} */
  const responses = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(server.url, { waitUntil: 'networkidle' });
  const asked = responses.filter((response) => !response.request().serviceWorker());
  const bodies = await Promise.all(asked.map((response) => response.body().catch(() => Buffer.alloc(0))));
  await page.close();
  return weigh(bodies);
}

try {
  const page = await browser.newPage();
  await page.goto(`${server.url}harness/blank.html`);
  const variants = await page.evaluate(startInPage);
  const traces = [];
  for (const input of inputs) {
    console.error(`browser: ${input.logo} at ${input.size_px} px`);
    traces.push({ ...input, ...(await page.evaluate(traceInPage, input.file)) });
  }
  const formats = ['svg', 'bimi', 'pdf', 'ai', 'eps', 'dxf', 'ase', 'aco', 'gpl', 'css', 'json'];
  const usual = inputs.filter(({ size_px }) => size_px === USUAL_PX);
  const exports = [];
  for (const [index, { logo, file }] of usual.entries()) {
    const wanted = { file, formats, whole: index < WHOLE };
    exports.push({ logo, times: await page.evaluate(exportInPage, wanted) });
  }
  await page.close();
  const largest = Math.max(...inputs.map(({ size_px }) => size_px));
  const peaks = [];
  for (const { logo, file, pixels } of inputs.filter(({ size_px }) => size_px === largest)) {
    const fresh = await browser.newPage();
    await fresh.goto(`${server.url}harness/blank.html`);
    peaks.push({ logo, pixels, bytes: await fresh.evaluate(peakInPage, file) });
    await fresh.close();
  }
  const version = browser.version();
  const sizes = { st: engine('st'), mt: engine('mt'), shell: await shell() };
  const result = { version, variants, traces, exports, peaks, loads: await loads(), sizes };
  writeFileSync(join(folder, 'browser.json'), JSON.stringify(result));
} finally {
  await browser.close();
  await server.close();
}
