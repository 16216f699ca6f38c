/**
 * Everything at once that can go wrong around a batch: workers die, storage is full, the network is
 * gone, memory is refused. Every file comes out right or is reported; none twice, none lost.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

import { createEngine } from '../../pkg/node.js';
import { startEngine } from './app.mjs';
import { CHROMIUM_FLAGS, program } from './browsers.mjs';
import { logo } from './fixtures.mjs';
import { serve } from './server.mjs';

const LOGOS = 40;
const KILLS = 50;
/** The moments are random, and the same in every run. */
const SEED = 20_261_125;
const LONGEST_PAUSE_MS = 700;
/** What a file may take when its worker is killed again and again. */
const PATIENT = { timeout: 300_000 };
/** 20 MiB: enough for a small logo, not for a large one. */
const FEW_PAGES = 320;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ name: string, mimeType: string, buffer: Buffer<ArrayBuffer> }} Upload */

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  server = await serve({ isolated: true });
});

after(() => server.close());

/** Numbers from 0 to 1 (mulberry32). @param {number} seed */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A page whose engines' workers can be killed, as the system does it: without a word to anyone.
 * @param {string[]} flags of the browser
 */
async function open(flags = []) {
  const browser = await chromium.launch({ executablePath: program('CHROMIUM'), args: [...CHROMIUM_FLAGS, ...flags] });
  const context = await browser.newContext();
  await context.addInitScript(() => {
    /** @type {Set<Worker>} */
    const engines = new Set();
    const Original = Worker;
    globalThis.Worker = class extends Original {
      /** @param {ConstructorParameters<typeof Original>} args */
      constructor(...args) {
        super(...args);
        if (String(args[0]).includes('/pkg/')) engines.add(this);
      }

      terminate() {
        engines.delete(this);
        super.terminate();
      }
    };
    Reflect.set(globalThis, 'kill', (/** @type {number} */ share) => {
      const victim = [...engines][Math.floor(share * engines.size)];
      if (!victim) return false;
      engines.delete(victim);
      Original.prototype.terminate.call(victim);
      return true;
    });
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await startEngine(page);
  return { browser, context, page };
}

/**
 * Different logos: a real one in sizes and on grounds of its own.
 * @param {Page} page
 * @param {number[]} sides
 * @returns {Promise<Upload[]>}
 */
async function logos(page, sides) {
  const heron = [...await logo('heron.png')];
  const made = await page.evaluate(async ({ heron, sides }) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(heron)]));
    return Promise.all(sides.map(async (side, n) => {
      const canvas = new OffscreenCanvas(side, side);
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.fillStyle = `hsl(${n * 9} 70% 90%)`;
      pen.fillRect(0, 0, side, side);
      pen.drawImage(image, 0, 0, side, side);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    }));
  }, { heron, sides });
  return made.map((bytes, n) => ({ name: `logo-${n}.png`, mimeType: 'image/png', buffer: Buffer.from(bytes) }));
}

/** What the files have to come out as. @param {Upload[]} files */
async function expected(files) {
  const engine = await createEngine();
  /** @type {{ [name: string]: string }} */
  const svgs = {};
  for (const { name, buffer } of files) {
    await engine.open(buffer);
    svgs[name.replace('.png', '.svg')] = await engine.svg();
  }
  engine.close();
  return svgs;
}

/** The rows of the batch by what became of them. @param {Page} page */
const rows = (page) => page.evaluate(() => [...document.querySelectorAll('batch-list li')].map((row) => ({
  phase: row.className,
  name: row.querySelector('.name')?.textContent ?? '',
  said: row.querySelector('.about .quiet')?.textContent ?? '',
})));

/** Waits until no row waits or is worked on. @param {Page} page @param {number} count */
const over = (page, count) => page.waitForFunction((count) =>
  document.querySelectorAll('batch-list li.done, batch-list li.failed').length === count, count, PATIENT);

/** The zip's files, as Python reads them. @param {Page} page */
async function zipped(page) {
  const [download] = await Promise.all([page.waitForEvent('download', PATIENT), page.locator('[data-action=batchZip]').click()]);
  const script = 'import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); z.testzip(); print(json.dumps([[n, z.read(n).decode()] for n in z.namelist()]))';
  /** @type {[string, string][]} */
  const files = JSON.parse(execFileSync('python3', ['-c', script, await download.path()], { encoding: 'utf8', maxBuffer: 2 ** 28 }));
  return files;
}

/**
 * Every file is there once, done and right, or reported.
 * @param {Page} page
 * @param {Upload[]} files
 * @param {{ [name: string]: string }} wanted
 */
async function account(page, files, wanted) {
  const all = await rows(page);
  assert.deepEqual(all.map(({ name }) => name).sort(), files.map(({ name }) => name).sort(), 'none twice, none lost');
  const failed = all.filter(({ phase }) => phase === 'failed');
  for (const { name, said } of failed) assert.match(said, /engine stopped|did not start|memory/i, name);
  const done = all.filter(({ phase }) => phase === 'done').map(({ name }) => name.replace('.png', '.svg'));
  assert.equal(done.length + failed.length, files.length);
  const made = await zipped(page);
  assert.deepEqual(made.map(([name]) => name).sort(), done.sort());
  for (const [name, svg] of made) assert.equal(svg, wanted[name], name);
  return failed.length;
}

test(`${KILLS} workers die during a batch of ${LOGOS}, storage is full, the network goes`, async () => {
  const { browser, context, page } = await open();
  try {
    const files = await logos(page, Array.from({ length: LOGOS }, (_, n) => 180 + n * 8));
    const wanted = await expected(files);
    const devtools = await context.newCDPSession(page);
    const next = random(SEED);
    // The service worker has what is needed when the network goes.
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.setInputFiles('drop-zone input[type=file]', files);
    await page.waitForSelector('batch-list li', { ...PATIENT, state: 'attached' });
    let kills = 0;
    while (kills < KILLS) {
      await page.waitForTimeout(next() * LONGEST_PAUSE_MS);
      if (await page.evaluate((share) => Reflect.get(globalThis, 'kill')(share), next())) kills += 1;
      if (kills === 10) await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 1 });
      if (kills === 20) await context.setOffline(true);
      if (kills === 40) await context.setOffline(false);
      // Those that were done, or given up, go once more, so that there is always something to kill.
      const left = (await rows(page)).some(({ phase }) => phase === 'waiting' || phase === 'working');
      if (!left && kills < KILLS) await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('[data-action=batchAgain]')).click());
    }
    await over(page, LOGOS);
    const failed = await account(page, files, wanted);
    console.log(`  ${kills} workers died, ${LOGOS - failed} files came out right, ${failed} were reported`);
    // What was reported comes out right when it is tried again in peace.
    await page.evaluate(() => {
      for (const button of document.querySelectorAll('batch-list li.failed > button:last-child')) /** @type {HTMLElement} */ (button).click();
    });
    await over(page, LOGOS);
    assert.equal(await account(page, files, wanted), 0);
  } finally {
    await browser.close();
  }
});

test('where memory is refused, small files come out right and large ones are reported', async () => {
  const { browser, page } = await open([`--js-flags=--wasm-max-mem-pages=${FEW_PAGES}`]);
  try {
    const files = await logos(page, [200, 2400, 220, 2600, 240]);
    const wanted = await expected(files);
    await page.setInputFiles('drop-zone input[type=file]', files);
    await over(page, files.length);
    const failed = (await rows(page)).filter(({ phase }) => phase === 'failed').map(({ name }) => name);
    assert.deepEqual(failed, ['logo-1.png', 'logo-3.png']);
    await account(page, files, wanted);
  } finally {
    await browser.close();
  }
});
