/**
 * What the page looks like: its main states in both themes and three widths, and some of them in 4K,
 * from right to left and in forced colours, beside pictures of them that somebody looked at. The pictures are a quarter of the size, so that fonts of another machine
 * do not matter and a shifted, missing or recoloured part does. After a change that is meant:
 * `BLESS=1 node --test tests/web/page-pictures.test.mjs` on a built site, and look at them.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';

import { app, startEngine } from './app.mjs';
import { STATES } from './page-states.mjs';

const PICTURES = new URL('./pictures/', import.meta.url);
/** @typedef {{ state: string, width: number, height: number, locale?: string, forcedColors?: 'active' }} Look */

const WIDTHS = [[390, 844], [1100, 800], [1440, 900]];
/** @type {Look[]} */
const LOOKS = [
  ...['first', 'open', 'ink'].flatMap((state) => WIDTHS.map(([width, height]) => ({ state, width, height }))),
  ...['batch', 'error', 'notes'].map((state) => ({ state, width: 1440, height: 900 })),
  { state: 'open', width: 3840, height: 2160 },
  { state: 'open', width: 390, height: 844, locale: 'ar' },
  { state: 'open', width: 1440, height: 900, locale: 'ar' },
  { state: 'ink', width: 1440, height: 900, forcedColors: 'active' },
];
const SHRINK = 4;
/** Of 255: mean difference of a channel over the picture, and over its worst square of 10 px. */
const MEAN = 2;
const WORST = 48;
/** What differs from run to run, or whenever the tracer learns something. */
const STEADY = 'file-facts, engine-note, .presets img, .card .quiet { visibility: hidden } *, ::before, ::after { caret-color: transparent !important }';

const site = app({ isolated: true });

/**
 * A picture made smaller, as a PNG.
 * @param {import('playwright-core').Page} page
 * @param {Buffer} png
 */
async function shrunk(page, png) {
  const small = await page.evaluate(async ({ png, shrink }) => {
    const full = await createImageBitmap(new Blob([new Uint8Array(png)]));
    const [resizeWidth, resizeHeight] = [full.width, full.height].map((side) => Math.round(side / shrink));
    const bitmap = await createImageBitmap(full, { resizeWidth, resizeHeight, resizeQuality: 'high' });
    const canvas = new OffscreenCanvas(resizeWidth, resizeHeight);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  }, { png: [...png], shrink: SHRINK });
  return Buffer.from(small);
}

/**
 * How far two pictures of one size are apart.
 * @param {import('playwright-core').Page} page
 * @param {Buffer} a
 * @param {Buffer} b
 */
const apart = (page, a, b) => page.evaluate(async (pngs) => {
  const SQUARE = 10;
  const [one, two] = await Promise.all(pngs.map(async (png) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(png)]));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.drawImage(bitmap, 0, 0);
    return pen.getImageData(0, 0, bitmap.width, bitmap.height);
  }));
  if (one.width !== two.width || one.height !== two.height) return { mean: 255, worst: 255 };
  /** @type {Map<string, { sum: number, count: number }>} */
  const squares = new Map();
  let sum = 0;
  for (let i = 0; i < one.data.length; i += 1) {
    const off = Math.abs(one.data[i] - two.data[i]);
    const pixel = i >> 2;
    const key = `${Math.floor((pixel % one.width) / SQUARE)} ${Math.floor(pixel / one.width / SQUARE)}`;
    const square = squares.get(key) ?? { sum: 0, count: 0 };
    squares.set(key, { sum: square.sum + off, count: square.count + 1 });
    sum += off;
  }
  return { mean: sum / one.data.length, worst: Math.max(...[...squares.values()].map(({ sum, count }) => sum / count)) };
}, [[...a], [...b]]);

/** Until the page stands still: files and their pictures come in their own time. @param {import('playwright-core').Page} page */
async function still(page) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
  let before = await page.screenshot();
  for (let tries = 0; tries < 20; tries += 1) {
    await page.waitForTimeout(1000);
    const now = await page.screenshot();
    if (now.equals(before)) return;
    before = now;
  }
}

for (const { state, width, height, locale, forcedColors } of LOOKS) {
  const name = [state, width, locale, forcedColors && 'forced'].filter(Boolean).join('-');
  test(`${name} looks as it did`, async () => {
    const page = await site.blank({ bypassCSP: true, viewport: { width, height }, locale });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(site.url);
    await startEngine(page);
    await STATES.find(({ name }) => name === state)?.enter(page);
    await page.addStyleTag({ content: STEADY });
    await still(page);
    const bench = await site.blank();
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: 'reduce' });
      const seen = await shrunk(bench, await page.screenshot({ animations: 'disabled' }));
      const file = new URL(`${name}-${colorScheme}.png`, PICTURES);
      if (process.env.BLESS) {
        await mkdir(PICTURES, { recursive: true });
        await writeFile(file, seen);
      }
      const { mean, worst } = await apart(bench, await readFile(file), seen);
      assert(mean <= MEAN && worst <= WORST, `${colorScheme}: ${mean.toFixed(2)} on average, ${worst.toFixed(1)} at worst`);
    }
    await page.close();
    await bench.close();
  });
}
