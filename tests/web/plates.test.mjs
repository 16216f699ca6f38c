/** The Plates tab, as somebody at a light table uses it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { app } from './app.mjs';
import { logo } from './fixtures.mjs';

const site = app({ isolated: false });

/** The page with a logo of four inks open and its plates on the table. */
async function open() {
  const { page, close } = await site.open();
  const buffer = await logo('heron.svg');
  await page.setInputFiles('input[type=file]', { name: 'heron.svg', mimeType: 'image/svg+xml', buffer });
  await page.waitForSelector('html[data-state=ready]');
  await page.getByRole('tab', { name: 'Plates' }).click();
  await page.waitForSelector('plate-list ol > li');
  await page.getByRole('radio', { name: 'mm' }).check();
  return { page, close };
}

/** @param {import('playwright-core').Page} page the names of the inks, in printing order */
const names = (page) =>
  page.locator('plate-list ol input[type=text]').evaluateAll((fields) => fields.map((field) => /** @type {HTMLInputElement} */ (field).value));

/**
 * Waits until the inks are these.
 * @param {import('playwright-core').Page} page
 * @param {string[]} wanted
 */
const until = (page, wanted) => page.waitForFunction((wanted) =>
  [...document.querySelectorAll('plate-list ol input[type=text]')].map((field) => /** @type {HTMLInputElement} */ (field).value).join() === wanted, wanted.join());

test('inks are switched off, named, ordered, merged and brought back', async () => {
  const { page, close } = await open();
  const before = await names(page);
  assert.equal(before.length, 4);
  const seen = page.locator('.plate-sheet > img:not([hidden])');
  assert.equal(await seen.count(), 4);
  await page.getByRole('checkbox', { name: `Show ${before[1]}` }).uncheck();
  assert.equal(await seen.count(), 3);
  await page.getByRole('checkbox', { name: `Show ${before[1]}` }).check();

  await page.getByRole('textbox', { name: `Name of ${before[0]}` }).fill('Brand Cream');
  await page.keyboard.press('Enter');
  await until(page, ['Brand Cream', ...before.slice(1)]);

  const later = page.getByRole('button', { name: 'Print Brand Cream later' });
  await later.focus();
  await page.keyboard.press('Enter');
  await until(page, [before[1], 'Brand Cream', ...before.slice(2)]);

  await page.getByRole('combobox', { name: `What ${before[2]} is printed with` }).selectOption({ label: 'Ink Brand Cream' });
  await until(page, [before[1], 'Brand Cream', before[3]]);
  const tint = page.getByRole('spinbutton', { name: `Tint for ${before[2]}` });
  assert.equal(await tint.inputValue(), '100');
  await page.getByRole('button', { name: `Bring back: ${before[2]}` }).click();
  await until(page, [before[1], 'Brand Cream', before[2], before[3]]);
  await close();
});

test('dark material gets white under the inks, and keys bring the table nearer', async () => {
  const { page, close } = await open();
  const substrate = page.locator('#separate-substrate');
  await substrate.fill('#1a1a1a');
  await substrate.press('Enter');
  await page.getByRole('checkbox', { name: 'Show Underbase White' }).waitFor();
  const scale = async () => Number.parseFloat(await page.locator('.plate-zoom .quiet').innerText());
  const far = await scale();
  await page.locator('.plate-view').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  assert.ok(Math.abs((await scale()) / far - 2) < 0.1);
  await page.keyboard.press('0');
  assert.equal(await scale(), far);
  await close();
});

test('a warning leads to its place', async () => {
  const { page, close } = await open();
  const width = page.locator('plate-panel .option', { hasText: 'Print width' }).locator('input[type=number]');
  await width.fill('3');
  await width.press('Enter');
  const place = page.locator('.plate-places button').first();
  await place.click();
  const frame = await page.locator('.plate-place').boundingBox();
  const view = await page.locator('.plate-view').boundingBox();
  assert.ok(frame && view);
  const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
  assert.ok(middle.x > view.x && middle.x < view.x + view.width, 'across');
  assert.ok(middle.y > view.y && middle.y < view.y + view.height, 'down');
  await close();
});

test('lengths are in mm or in inches, as somebody chooses, here and next time', async () => {
  const { page, close } = await open();
  const width = page.locator('plate-panel .option', { hasText: 'Print width' });
  const field = width.locator('input[type=number]');
  await field.fill('101.6');
  await field.press('Enter');
  const facts = page.locator('.plate-facts p');
  await facts.filter({ hasText: 'Art 101.6 × ' }).waitFor();
  assert.match(await facts.innerText(), / mm$/);
  await page.getByRole('radio', { name: 'in', exact: true }).check();
  assert.equal(await width.locator('.unit').innerText(), 'in');
  assert.equal(await field.inputValue(), '4');
  assert.match(await facts.innerText(), /^Art 4 × [\d.]+ in on a sheet of 8\.27 × 11\.69 in$/);
  await field.fill('3');
  await field.press('Enter');
  await facts.filter({ hasText: 'Art 3 × ' }).waitFor();
  await page.getByRole('radio', { name: 'mm' }).check();
  assert.equal(await field.inputValue(), '76.2');
  await page.getByRole('radio', { name: 'in', exact: true }).check();
  await page.reload();
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem('logopress') ?? '{}').unit), 'in');
  await close();
});

test('single files and all of them can be had', async () => {
  const { page, close } = await open();
  await page.getByText('Single files').click();
  const [one] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.plate-singles').getByRole('button', { name: 'composite.pdf' }).click(),
  ]);
  assert.equal(one.suggestedFilename(), 'heron-composite.pdf');
  const [all] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download plates' }).click(),
  ]);
  assert.equal(all.suggestedFilename(), 'heron.plates.zip');
  await close();
});
