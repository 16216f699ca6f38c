/** Work that outlives the page, is taken up again, and is gone when somebody wants it gone. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { app, startEngine } from './app.mjs';
import { logo } from './fixtures.mjs';

const site = app({ isolated: true });
const PATIENT = { timeout: 120_000 };
const HERON = { name: 'heron.png', mimeType: 'image/png' };

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const ready = (page) => page.waitForSelector('html[data-state=ready]', PATIENT);

/** @param {Page} page */
async function openHeron(page) {
  await page.setInputFiles('drop-zone input[type=file]', { ...HERON, buffer: await logo('heron.png') });
  await ready(page);
}

/** The open logo as an SVG file. @param {Page} page */
async function svg(page) {
  const [download] = await Promise.all([page.waitForEvent('download', PATIENT), page.getByRole('button', { name: 'Download SVG' }).click()]);
  return readFileSync(await download.path(), 'utf8');
}

/** What of the site's data is in the browser. @param {Page} page */
const stored = (page) => page.evaluate(async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const counts = await Promise.all(names.map((name) => new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
      const { result } = request;
      const count = result.transaction('values').objectStore('values').count();
      count.onsuccess = () => {
        result.close();
        resolve(count.result);
      };
    };
  })));
  return { entries: counts.reduce((sum, count) => sum + Number(count), 0), local: Object.keys(localStorage).sort() };
});

/** Waits until what has been asked to be written is. @param {Page} page @param {number} entries at least */
async function untilStored(page, entries) {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await stored(page)).entries >= entries) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`not kept: ${JSON.stringify(await stored(page))}`);
}

/** Opens the part of the panel that says what is kept. @param {Page} page */
async function openKept(page) {
  await page.waitForSelector('kept-data .hint', { state: 'attached' });
  await page.evaluate(() => document.querySelector('details.kept')?.setAttribute('open', ''));
}

test('a closed tab’s logo and settings are back at the next visit, without being made again', async () => {
  const profile = await site.profile();
  const first = await profile.newPage();
  await first.goto(`${site.url}#trace.corner_deg=71&trace.min_area_px2=9`);
  await openHeron(first);
  const before = await svg(first);
  await untilStored(first, 5);
  await first.close();

  const second = await profile.newPage();
  await second.goto(site.url);
  await ready(second);
  assert.equal(await second.textContent('file-facts .name'), 'heron.png');
  assert.equal(await svg(second), before);
  await openKept(second);
  await second.waitForFunction(() => /\d/.test(document.querySelector('kept-data .quiet')?.textContent ?? ''));
  assert.match((await second.textContent('kept-data .quiet')) ?? '', /^[1-9]\d* of/);
  await second.reload();
  await ready(second);
  assert.equal(await svg(second), before);
  await profile.close();
});

test('a tab beside it keeps out of the way', async () => {
  const profile = await site.profile();
  const first = await profile.newPage();
  await first.goto(site.url);
  await openHeron(first);
  await untilStored(first, 1);
  const beside = await profile.newPage();
  await beside.goto(site.url);
  await startEngine(beside);
  assert.equal(await beside.getAttribute('html', 'data-state'), 'empty');
  await openHeron(beside);
  await openKept(beside);
  assert.match((await beside.textContent('kept-data .hint')) ?? '', /Another tab/);
  await profile.close();
});

test('a batch that was interrupted goes on: none twice, none lost, what was done stays', async () => {
  const profile = await site.profile();
  const first = await profile.newPage();
  await first.goto(site.url);
  await startEngine(first);
  const [heron, loom] = await Promise.all(['heron.png', 'loom.jpg'].map(logo));
  const files = Array.from({ length: 8 }, (_, n) => n % 2 === 0
    ? { name: `${n}.png`, mimeType: 'image/png', buffer: heron }
    : { name: `${n}.jpg`, mimeType: 'image/jpeg', buffer: loom });
  await first.setInputFiles('drop-zone input[type=file]', [...files, { name: 'bad.png', mimeType: 'image/png', buffer: Buffer.from('x') }]);
  await first.waitForFunction(() => document.querySelectorAll('batch-list li.done').length >= 2, undefined, PATIENT);
  await untilStored(first, 20);
  const done = await first.locator('batch-list li.done').count();
  assert(done < files.length, 'it was interrupted');
  await first.close();

  const second = await profile.newPage();
  await second.goto(site.url);
  await second.waitForSelector('batch-list li', { ...PATIENT, state: 'attached' });
  const kept = await second.locator('batch-list li.done').count();
  assert(kept >= 2, `${kept} are done already`);
  await second.waitForFunction(() => document.querySelectorAll('batch-list li.done').length === 8, undefined, PATIENT);
  await second.waitForSelector('batch-list li.failed', PATIENT);
  const names = await second.locator('batch-list li .name').allTextContents();
  assert.deepEqual(names.sort(), [...files.map(({ name }) => name), 'bad.png'].sort());
  await profile.close();
});

test('“Clear my data” leaves nothing', async () => {
  const profile = await site.profile();
  const page = await profile.newPage();
  await page.goto(site.url);
  await page.locator('[data-action=theme]').click();
  await openHeron(page);
  await untilStored(page, 3);
  await openKept(page);
  await Promise.all([page.waitForEvent('load'), page.locator('[data-action=clearData]').click()]);
  await startEngine(page);
  assert.equal(await page.getAttribute('html', 'data-state'), 'empty');
  assert.deepEqual(await stored(page), { entries: 0, local: [] });
  await profile.close();
});

/**
 * Makes a profile whose page has ended so often while it opened what was kept.
 * @param {number} attempts
 */
async function ended(attempts) {
  const profile = await site.profile();
  const page = await profile.newPage();
  await page.goto(site.url);
  await openHeron(page);
  await page.setInputFiles('drop-zone input[type=file]', ['a', 'b'].map((name) => ({ name: `${name}.png`, mimeType: 'image/png', buffer: Buffer.from('x') })));
  await page.waitForFunction(() => document.querySelectorAll('batch-list li.failed').length === 2, undefined, PATIENT);
  await openHeron(page);
  await untilStored(page, 6);
  await page.waitForTimeout(500);
  // As a page leaves it that ends without a word, in the middle of the second row.
  await page.evaluate((attempts) => new Promise((resolve, reject) => {
    const request = indexedDB.open('logopress work');
    request.onsuccess = () => {
      const transaction = request.result.transaction('values', 'readwrite');
      const values = transaction.objectStore('values');
      values.put(attempts, 'attempts');
      const row = values.get('row 2');
      row.onsuccess = () => values.put({ ...row.result, phase: 'working' }, 'row 2');
      transaction.oncomplete = resolve;
      transaction.onabort = reject;
    };
  }), attempts);
  await page.goto('about:blank');
  await page.close();
  return profile;
}

/** @param {Page} page */
const mark = (page) => page.evaluate(() => localStorage.getItem('logopress-kept'));

test('what the page ended by twice is offered, not opened; a row that was worked on is not begun again', async () => {
  const profile = await ended(2);
  const page = await profile.newPage();
  await page.goto(site.url);
  await page.waitForSelector('.kept-offer');
  assert.match((await page.textContent('.kept-offer')) ?? '', /heron\.png was open/);
  await page.waitForTimeout(1000);
  assert.equal(await page.getAttribute('html', 'data-state'), 'empty');
  await page.locator('.kept-offer button').first().click();
  await ready(page);
  assert.equal(await page.textContent('file-facts .name'), 'heron.png');
  await page.waitForSelector('batch-list li.failed', { ...PATIENT, state: 'attached' });
  assert.match((await page.textContent('batch-list li:nth-child(2) .quiet')) ?? '', /page ended/);
  assert.equal(await page.locator('.kept-offer').count(), 0);
  await profile.close();
});

test('what is not wanted any more is gone', async () => {
  const profile = await ended(2);
  const page = await profile.newPage();
  await page.goto(site.url);
  await page.locator('.kept-offer button').last().click();
  await page.waitForFunction(() => !document.querySelector('.kept-offer'));
  await page.waitForTimeout(1000);
  await page.goto('about:blank');
  const next = await profile.newPage();
  await next.goto(site.url);
  await startEngine(next);
  await next.waitForTimeout(1000);
  assert.equal(await next.getAttribute('html', 'data-state'), 'empty');
  assert.equal(await next.locator('.kept-offer').count(), 0);
  await profile.close();
});

test('an attempt is counted before, and a page that is only left was none', async () => {
  const profile = await ended(1);
  const page = await profile.newPage();
  await page.goto(site.url);
  await ready(page);
  const attempts = await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open('logopress work');
    request.onsuccess = () => {
      const asked = request.result.transaction('values').objectStore('values').get('attempts');
      asked.onsuccess = () => resolve(asked.result);
    };
  }));
  assert.equal(attempts, 2);
  assert.equal(await mark(page), 'yes');
  // Loaded anew again and again, it opens what it kept.
  for (let visits = 0; visits < 3; visits += 1) {
    await page.reload();
    await ready(page);
  }
  await profile.close();
});

test('private mode keeps nothing, from when it is switched on, and is remembered', async () => {
  const profile = await site.profile();
  const page = await profile.newPage();
  await page.goto(site.url);
  await openHeron(page);
  await untilStored(page, 3);
  await openKept(page);
  await page.locator('[data-action=togglePrivate]').click();
  await page.waitForFunction(() => /Private/.test(document.querySelector('kept-data .hint')?.textContent ?? ''));
  const nothing = { entries: 0, local: ['logopress-flags'] };
  assert.deepEqual(await stored(page), nothing);
  // Whatever is done now leaves no trace.
  await page.locator('[data-action=theme]').click();
  await page.setInputFiles('drop-zone input[type=file]', ['a.png', 'b.png'].map((name) => ({ name, mimeType: 'image/png', buffer: Buffer.from('x') })));
  await page.setInputFiles('drop-zone input[type=file]', { name: 'loom.jpg', mimeType: 'image/jpeg', buffer: await logo('loom.jpg') });
  await ready(page);
  await page.waitForTimeout(1000);
  assert.deepEqual(await stored(page), nothing);
  await page.reload();
  await startEngine(page);
  assert.equal(await page.getAttribute('html', 'data-state'), 'empty');
  assert.deepEqual(await stored(page), nothing);

  await openHeron(page);
  await openKept(page);
  await page.locator('[data-action=togglePrivate]').click();
  await page.waitForFunction(() => !/Private/.test(document.querySelector('kept-data .hint')?.textContent ?? ''));
  await untilStored(page, 1);
  await profile.close();
});

test('private mode by address is for one visit', async () => {
  const profile = await site.profile();
  const page = await profile.newPage();
  await page.goto(`${site.url}?flags=private`);
  await openHeron(page);
  await page.waitForTimeout(500);
  assert.deepEqual(await stored(page), { entries: 0, local: [] });
  await profile.close();
});
