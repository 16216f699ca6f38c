/** Files on their way out of the page: how many are there, the clipboard, dragging one to a folder. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { app } from './app.mjs';
import { logo } from './fixtures.mjs';
import { openLogos } from './page-states.mjs';

const site = app({ isolated: true });

test('one total says how many files are there, and goes when all are', async () => {
  const { page, close } = await site.open({ viewport: { width: 1440, height: 900 } });
  await page.setInputFiles('drop-zone input[type=file]', { name: 'heron.png', mimeType: 'image/png', buffer: await logo('heron.png') });
  await page.waitForSelector('file-progress', { state: 'attached' });
  await page.evaluate(() => {
    /** @type {[number, number, string][]} */
    const seen = [];
    Reflect.set(globalThis, 'seen', seen);
    document.addEventListener('files-progress', () => queueMicrotask(() => {
      const bar = document.querySelector('file-progress progress');
      const words = document.querySelector('file-progress span')?.textContent ?? '';
      if (bar instanceof HTMLProgressElement) seen.push([bar.value, bar.max, words]);
    }));
  });
  await page.waitForSelector('html[data-state=ready]');
  await page.click('#tab-kit');
  await page.waitForSelector('file-progress:not([hidden])');
  await page.waitForSelector('file-progress[hidden]', { state: 'attached', timeout: 120_000 });
  /** @type {[number, number, string][]} */
  const seen = await page.evaluate(() => Reflect.get(globalThis, 'seen'));
  const files = await page.locator('kit-panel .kit-card, kit-panel li').count();
  assert(files > 20, `${files} files`);
  assert(seen.length > 20, `${seen.length} times`);
  for (const [done, all, words] of seen) {
    assert(done <= all);
    assert.equal(words, `${done} of ${all} files`);
  }
  const [done, all] = seen.at(-1) ?? [0, 1];
  assert.equal(done, all);
  await close();
});

test('the picture that is copied is a PNG of the logo', async () => {
  const { page, close } = await site.open({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
  await openLogos(page, 'heron.png');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.locator('[data-copy=png]').click();
  const { width, height, heron, corner } = await page.evaluate(async () => {
    /** @type {ClipboardItem | undefined} */
    let item;
    for (let tries = 0; !item && tries < 300; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      item = (await navigator.clipboard.read()).find(({ types }) => types.includes('image/png'));
    }
    if (!item) throw new Error('no picture');
    const bitmap = await createImageBitmap(await item.getType('image/png'));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    pen?.drawImage(bitmap, 0, 0);
    const at = (/** @type {number} */ x, /** @type {number} */ y) => [...pen?.getImageData(x, y, 1, 1).data ?? []];
    return { width: bitmap.width, height: bitmap.height, heron: at(200, 512), corner: at(0, 0) };
  });
  assert.deepEqual([width, height], [1024, 1024]);
  assert.deepEqual(heron, [0x0f, 0x4c, 0x5c, 255]);
  assert.equal(corner[3], 0);
  await close();
});

test('a card that is dragged takes its file along, under the logo’s name', async () => {
  const { page, close } = await site.open({ viewport: { width: 1440, height: 900 } });
  await openLogos(page, 'heron.png');
  const { type, name, svg } = await page.evaluate(async () => {
    const picture = document.querySelector('[data-format=svg]')?.closest('.card')?.querySelector('.proof img');
    if (!(picture instanceof HTMLImageElement)) throw new Error('no card');
    const dataTransfer = new DataTransfer();
    picture.dispatchEvent(new DragEvent('dragstart', { dataTransfer, bubbles: true }));
    const [, type, name, url] = /^([\w/+]+):([^:]+):(blob:.*)$/.exec(dataTransfer.getData('DownloadURL')) ?? [];
    return { type, name, svg: url === picture.src && picture.naturalWidth };
  });
  assert.equal(type, 'image/svg+xml');
  assert.equal(name, 'heron.svg');
  assert(Number(svg) > 0, 'the address is that of the picture, which the browser has read');
  await close();
});
