/** The inks of the open logo: one that is locked stays; gradients are shown as such. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { app } from './app.mjs';
import { openLogos } from './page-states.mjs';

const site = app({ isolated: true });
const WIDE = { viewport: { width: 1440, height: 900 } };

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const inks = (page) => page.locator('ink-list > .inks:nth-of-type(1) .ink .title').allTextContents();

/** @param {Page} page @param {number} count */
const untilInks = (page, count) => page.waitForFunction((count) => document.querySelectorAll('ink-list > .inks:nth-of-type(1) .ink').length === count, count);

test('a locked ink stays while others are merged, and cannot be edited', async () => {
  const { page, close } = await site.open(WIDE);
  await openLogos(page, 'loom.jpg');
  const all = await inks(page);
  assert(all.length > 3, `${all}`);
  const least = all.at(-1) ?? '';
  const row = page.locator('ink-list .ink', { hasText: least });
  await row.click();
  await page.getByRole('button', { name: 'Lock this ink' }).click();
  await page.waitForSelector('html[data-state=ready] .ink-tools .wide:disabled');
  assert.equal(await page.getByRole('button', { name: 'Make transparent' }).isDisabled(), true);
  assert.equal(await page.locator('#ink-merge').isDisabled(), true);
  assert.equal(await row.getAttribute('draggable'), 'false');
  assert.match(await page.evaluate(() => location.hash), /trace\.locked=~[0-9a-f]{6}/);

  const most = page.getByRole('spinbutton', { name: 'Most inks' });
  await most.fill('2');
  await most.press('Enter');
  await untilInks(page, 2);
  assert((await inks(page)).includes(least), `${least} is not among ${await inks(page)}`);

  // Let go, it is merged with what is like it.
  await page.locator('ink-list .ink', { hasText: least }).click();
  await page.getByRole('button', { name: 'Unlock this ink' }).click();
  await page.waitForFunction((least) => ![...document.querySelectorAll('ink-list .ink .title')].some(({ textContent }) => textContent === least), least);
  await close();
});

test('a gradient is listed as one, with what it covers', async () => {
  const { page, close } = await site.open(WIDE);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(400, 300);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, 400, 300);
    const paint = pen.createLinearGradient(50, 0, 350, 0);
    paint.addColorStop(0, '#2244cc');
    paint.addColorStop(1, '#e08844');
    pen.fillStyle = paint;
    pen.fillRect(50, 50, 300, 200);
    const detail = [new File([await canvas.convertToBlob()], 'gradient.png', { type: 'image/png' })];
    document.querySelector('drop-zone')?.dispatchEvent(new CustomEvent('files', { bubbles: true, detail }));
  });
  await page.waitForSelector('html[data-state=ready]');
  const gradient = page.locator('ink-list .inks[aria-label=Gradients] li');
  await gradient.first().waitFor();
  assert.equal(await gradient.count(), 1);
  assert.match((await gradient.textContent()) ?? '', /^Linear, #[0-9a-f]{6} to #[0-9a-f]{6}50%$/);
  assert.match(await gradient.locator('.swatch').evaluate((swatch) => getComputedStyle(swatch).backgroundImage), /^linear-gradient\(to right/);
  assert.deepEqual(await inks(page), ['#ffffff']);
  assert.match((await page.textContent('ink-list > .hint')) ?? '', /1 ink and 1 gradient/);
  await close();
});

test('a row of a batch says what is being done, and how far that is', async () => {
  const { page, close } = await site.open(WIDE);
  await page.evaluate(() => {
    /** @type {{ name: string, words: string, share: number }[]} */
    const seen = [];
    Reflect.set(globalThis, 'seen', seen);
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('batch-list li.working')) {
        seen.push({
          name: row.querySelector('.name')?.textContent ?? '',
          words: row.querySelector('.about .quiet')?.textContent ?? '',
          share: row.querySelector('progress')?.value ?? 0,
        });
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await openLogos(page, 'heron.png', 'loom.jpg');
  await page.waitForFunction(() => document.querySelectorAll('batch-list li.done').length === 2);
  /** @type {{ name: string, words: string, share: number }[]} */
  const seen = await page.evaluate(() => Reflect.get(globalThis, 'seen'));
  for (const name of ['heron.png', 'loom.jpg']) {
    const own = seen.filter((each) => each.name === name);
    assert(own.some(({ words }) => /^Fitting curves, \d+%$/.test(words)), JSON.stringify(own));
    const shares = own.map(({ share }) => share);
    assert.deepEqual(shares, [...shares].sort((a, b) => a - b), 'it never goes back');
    assert((shares.at(-1) ?? 0) > 0.5, `${shares}`);
  }
  await close();
});
