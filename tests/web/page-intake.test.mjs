/** What the page does with files that are not just pixels, and what it says about them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startEngine } from './app.mjs';
import { launchChromium, launchFirefox } from './browsers.mjs';
import { LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';

const INTAKE = fileURLToPath(new URL('../fixtures/intake/', import.meta.url));
const TEXT = `${INTAKE}svg/text.svg`;

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof launchChromium>>} */
let browser;
const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));

before(async () => {
  [server, browser] = await Promise.all([serve({ isolated: true }), launchChromium()]);
});

after(async () => {
  await browser.close();
  await server.close();
  rmSync(scratch, { recursive: true });
});

async function open() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url);
  await startEngine(page);
  return page;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {Parameters<typeof page.setInputFiles>[1]} file
 */
async function give(page, file) {
  await page.setInputFiles('drop-zone input[type=file]', file);
  await page.waitForSelector('html[data-state=ready]');
  await page.waitForSelector('file-notes', { state: 'attached' });
}

/** What the page says about the file. @param {import('playwright-core').Page} page */
const notes = (page) => page.locator('file-notes li').allTextContents();

test('a page of a document is chosen, and its inks have their names', async () => {
  const [spot, both] = [join(scratch, 'spot.pdf'), join(scratch, 'both.ai')];
  const logopress = process.env.LOGOPRESS ?? '';
  execFileSync(logopress, ['trace', `${LOGOS}heron.svg`, '-o', spot, '--color-mode', 'spot']);
  execFileSync('qpdf', ['--empty', '--pages', `${LOGOS}heron.pdf`, spot, '--', both]);
  const page = await open();
  await give(page, both);
  const choice = page.getByLabel('Page');
  assert.equal(await choice.inputValue(), '1');
  assert.match(await page.locator('file-notes').innerText(), /of 2/);
  const [colors, titles] = ['.inks .title code', '.inks .title'].map((selector) => page.locator(selector));
  assert(await titles.count() > 2);
  assert.equal(await colors.count(), await titles.count(), 'no ink has a name');
  await choice.fill('2');
  // What arrives meanwhile takes nothing away.
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('option-change', {
    detail: { group: 'trace', name: 'detail_percent', value: 51, final: true },
  })));
  await page.waitForTimeout(500);
  await page.waitForSelector('html[data-state=ready]');
  assert.equal(await choice.inputValue(), '2');
  await choice.press('Enter');
  await colors.first().waitFor({ state: 'detached' });
  assert.equal(await choice.inputValue(), '2');
  // Options of how a file is read leave the page chosen; another file begins at its first.
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('option-change', {
    detail: { group: 'intake', name: 'trim', value: true, final: true },
  })));
  await page.waitForFunction(() => !document.querySelector('file-facts')?.textContent?.includes('768 × 768'));
  await page.waitForSelector('html[data-state=ready]');
  assert.equal(await colors.count(), 0);
  assert.equal(await choice.inputValue(), '2');
  await give(page, `${LOGOS}heron.pdf`);
  assert.equal(await page.locator('file-notes').isVisible(), false);
  await page.close();
});

test('what was left out or done differently is said, until it is closed', async () => {
  const page = await open();
  await give(page, `${INTAKE}svg/script.svg`);
  assert.match((await notes(page)).join(), /Scripts in this file were ignored/);
  await page.locator('file-notes').getByRole('button', { name: 'Close' }).click();
  assert.equal(await page.locator('file-notes').isVisible(), false);
  await give(page, `${INTAKE}svg/filter.svg`);
  assert.match((await notes(page)).join(), /filter effects.* rendered and traced/);
  await give(page, `${LOGOS}heron.png`);
  assert.equal(await page.locator('file-notes').isVisible(), false);
  await page.close();
});

test('a small logo that was scaled up is recognised', async () => {
  const page = await open();
  const bytes = await page.evaluate(async (png) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(png)]));
    const scaled = (/** @type {ImageBitmap | OffscreenCanvas} */ picture, /** @type {number} */ side) => {
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(picture, 0, 0, side, side);
      return canvas;
    };
    const large = scaled(scaled(bitmap, 96), 960);
    return [...new Uint8Array(await (await large.convertToBlob()).arrayBuffer())];
  }, [...readFileSync(`${LOGOS}heron.png`)]);
  await give(page, { name: 'large.png', mimeType: 'image/png', buffer: Buffer.from(bytes) });
  const [note] = await notes(page);
  const side = Number(/looks like a (\d+) px logo scaled up/.exec(note)?.[1]);
  // An estimate, from how soft its edges are.
  assert(side > 72 && side < 120, note);
  await page.close();
});

test('Chromium: text is drawn with the device’s fonts and traced, and that is said', async () => {
  const page = await open();
  await give(page, TEXT);
  assert.match((await notes(page)).join(), /drawn with the fonts of this device, and traced/);
  const { kind, shapes } = await page.evaluate(() => ({
    kind: document.documentElement.dataset.kind,
    shapes: document.querySelectorAll('logo-canvas .after path').length,
  }));
  assert.equal(kind, 'raster');
  assert(shapes > 0);
  await page.close();
});

test('Firefox: text is drawn with the device’s fonts and traced', async () => {
  const firefox = await launchFirefox();
  try {
    const page = /** @type {import('puppeteer-core').Page} */ (await firefox.newPage());
    await page.goto(server.url);
    await startEngine(page);
    const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await page.$('drop-zone input[type=file]'));
    await input.uploadFile(TEXT);
    await page.waitForSelector('html[data-state=ready][data-kind=raster]', { timeout: 60_000 });
  } finally {
    await firefox.close();
  }
});

test('PostScript is refused with the way to a PDF', async () => {
  const page = await open();
  for (const [name, head] of [['logo.eps', '%!PS-Adobe-3.0 EPSF-3.0\n'], ['logo.ai', '%!PS-Adobe-3.0\n%%Creator: Adobe Illustrator(R) 7.0\n']]) {
    await page.setInputFiles('drop-zone input[type=file]', { name, mimeType: 'application/postscript', buffer: Buffer.from(head) });
    await page.waitForSelector('.fault');
    assert.match(await page.locator('.fault p').innerText(), /ps2pdf -dEPSCrop/);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.fault', { state: 'detached' });
  }
  await page.close();
});
