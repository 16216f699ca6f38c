/**
 * The page itself, as a person uses it: a logo goes in, its SVG comes out and looks like the logo.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { app } from './app.mjs';
import { badFiles, logo } from './fixtures.mjs';

/** Mean difference of a colour channel, of 255, that an eye does not see in a logo. */
const CLOSE = 1.5;

const site = app({ isolated: true });

const open = () => site.open();

/**
 * Lets go of a file over the page.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {Buffer} bytes
 */
async function drop(page, name, bytes) {
  await page.evaluate(
    ({ name, bytes }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      }
    },
    { name, bytes: [...bytes] },
  );
}

/** @param {import('playwright-core').Page} page */
async function downloaded(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download SVG' }).click(),
  ]);
  return { name: download.suggestedFilename(), svg: await readFile(await download.path(), 'utf8') };
}

/**
 * How far two pictures are apart on white: the mean difference of a channel.
 * @param {import('playwright-core').Page} page
 * @param {{ png: Buffer, svg: string }} pictures
 */
function distance(page, { png, svg }) {
  return page.evaluate(
    async ({ png, svg }) => {
      const SIDE = 512;
      const draw = async (/** @type {Blob} */ blob) => {
        const image = new Image(SIDE, SIDE);
        image.src = URL.createObjectURL(blob);
        await image.decode();
        const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d');
        if (!context) throw new Error('no canvas');
        context.fillStyle = 'white';
        context.fillRect(0, 0, SIDE, SIDE);
        context.drawImage(image, 0, 0, SIDE, SIDE);
        return context.getImageData(0, 0, SIDE, SIDE).data;
      };
      const a = await draw(new Blob([new Uint8Array(png)], { type: 'image/png' }));
      const b = await draw(new Blob([svg], { type: 'image/svg+xml' }));
      return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / (SIDE * SIDE * 3);
    },
    { png: [...png], svg },
  );
}

test('a dropped logo comes back as an SVG that looks like it', async () => {
  const { page, close } = await open();
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  assert.equal(await page.getAttribute('html', 'data-engine'), 'mt');
  const threads = page.workers().length;
  assert(threads > 2, `the engine's worker and more than one thread; found ${threads}`);
  const png = await logo('heron.png');
  await drop(page, 'heron.png', png);
  await page.waitForSelector('html[data-state=ready]');
  const { name, svg } = await downloaded(page);
  assert.equal(name, 'heron.svg');
  const apart = await distance(page, { png, svg });
  assert(apart < CLOSE, `${apart} of 255`);
  // The measure itself can tell: an empty drawing is far off.
  const empty = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"/>';
  assert((await distance(page, { png, svg: empty })) > 10 * CLOSE);
  await close();
});

test('a file that is picked is opened too, and its SVG can be copied', async () => {
  const { page, close } = await open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const buffer = await logo('loom.jpg');
  await page.setInputFiles('input[type=file]', { name: 'loom.jpg', mimeType: 'image/jpeg', buffer });
  await page.waitForSelector('html[data-state=ready]');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'SVG code' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('<svg'));
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), (await downloaded(page)).svg);
  await close();
});

test('each bad file is explained, and the logo before it stays', async () => {
  const { page, close } = await open();
  await drop(page, 'heron.png', await logo('heron.png'));
  await page.waitForSelector('html[data-state=ready]');
  const first = await downloaded(page);
  const messages = new Set();
  const files = await badFiles();
  let before = '';
  for (const { name, bytes } of files) {
    await drop(page, name, bytes);
    before = await page.waitForFunction((before) => {
      const seen = [...document.querySelectorAll('[role=alert]')].filter((alert) => alert.checkVisibility());
      const text = seen.map((alert) => alert.textContent).join().trim();
      return text === before ? '' : text;
    }, before).then((text) => text.jsonValue());
    messages.add(before);
  }
  assert.equal(messages.size, files.length);
  assert.equal((await downloaded(page)).svg, first.svg);
  await close();
});

test('the trace follows a control while it moves, and one step takes it all back', async () => {
  const { page, close } = await open();
  const buffer = await logo('loom.jpg');
  await page.setInputFiles('input[type=file]', { name: 'loom.jpg', mimeType: 'image/jpeg', buffer });
  // The panel comes with the first logo.
  await page.waitForSelector('html[data-state=ready] .inks .ink');
  const before = await page.locator('.inks .ink').count();
  assert(before > 3, `${before} inks`);
  const move = (/** @type {string} */ value, /** @type {string} */ type) => page.locator('#trace-inks').evaluate((slide, [value, type]) => {
    if (!(slide instanceof HTMLInputElement)) throw new Error('no slider');
    slide.value = value;
    slide.dispatchEvent(new Event(type, { bubbles: true }));
  }, [value, type]);
  const shapes = () => page.locator('logo-canvas .after svg path').count();
  const place = () => page.locator('logo-canvas .after svg > g').last().getAttribute('transform');
  const [full, there] = [await shapes(), await place()];
  await move('4', 'input');
  await move('2', 'input');
  await page.waitForFunction((full) => document.querySelectorAll('logo-canvas .after svg path').length < full, full);
  assert.equal(await place(), there, 'the quick trace stands where the full one does');
  assert.equal(await page.locator('.inks .ink').count(), before, 'the full trace has not come yet');
  await move('2', 'change');
  await page.waitForFunction((before) => document.querySelectorAll('.inks .ink').length < before, before);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.waitForFunction((before) => document.querySelectorAll('.inks .ink').length === before, before);
  await close();
});
