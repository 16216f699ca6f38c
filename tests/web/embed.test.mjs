/**
 * `<logo-press>` in a page of another origin: plain, with Document-Isolation-Policy, in an isolated
 * parent; what it offers, what it tells, and whom it does not answer.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launchChromium, launchFirefox, launchWebKitSharing } from './browsers.mjs';
import { LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';
import { policy } from './site.mjs';

const EXAMPLE = fileURLToPath(new URL('../../examples/embed/', import.meta.url));
const DIP = { 'Document-Isolation-Policy': 'isolate-and-require-corp' };
const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
const HERON = `${LOGOS}heron.png`;

/** @type {string} */
let native;

before(() => {
  const logopress = process.env.LOGOPRESS;
  assert(logopress, 'Set LOGOPRESS to the path of the command line, or run cargo xtask test.');
  execFileSync(logopress, ['trace', HERON, '-o', join(scratch, 'native.svg')]);
  native = readFileSync(join(scratch, 'native.svg'), 'utf8');
});

after(() => rmSync(scratch, { recursive: true }));

/**
 * The site and, at another origin, a shop that embeds it.
 * @param {{ isolatedSite: boolean, dip?: boolean, isolatedShop?: boolean }} how
 */
async function two({ isolatedSite, dip = false, isolatedShop = false }) {
  const headers = (/** @type {string} */ path) => ({
    'Content-Security-Policy': `${policy()}; report-uri /reports`,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(path.startsWith('/embed/') ? { 'Access-Control-Allow-Origin': '*', ...(dip ? DIP : {}) } : {}),
  });
  const site = await serve({ isolated: isolatedSite, headers });
  const folder = mkdtempSync(join(scratch, 'shop-'));
  cpSync(EXAMPLE, folder, { recursive: true });
  const page = readFileSync(join(folder, 'index.html'), 'utf8').replace('https://logopress.example/', site.url);
  writeFileSync(join(folder, 'index.html'), page);
  const shop = await serve({ isolated: isolatedShop, site: folder });
  return { site, url: shop.url.replace('127.0.0.1', 'localhost'), close: () => Promise.all([site.close(), shop.close()]) };
}

/** Runs in the shop: opens a logo and says what came of it. @param {number[]} bytes */
async function order(bytes) {
  const press = /** @type {any} */ (document.querySelector('#plain'));
  await customElements.whenDefined('logo-press');
  /** @type {any} */
  let engine;
  press.addEventListener('logo-press-engine', (/** @type {any} */ { detail }) => {
    engine = detail;
  });
  await press.ready;
  await press.open(new Uint8Array(bytes), 'heron.png');
  const svg = new TextDecoder().decode(await press.export('svg'));
  return { engine, svg };
}

for (const { where, launch, how, variant } of [
  { where: 'Chromium, plain', launch: launchChromium, how: { isolatedSite: false }, variant: 'st' },
  { where: 'Chromium, a site with COOP and COEP in a plain page', launch: launchChromium, how: { isolatedSite: true }, variant: 'st' },
  { where: 'Chromium, Document-Isolation-Policy', launch: launchChromium, how: { isolatedSite: true, dip: true }, variant: 'mt' },
  { where: 'Chromium, an isolated parent', launch: launchChromium, how: { isolatedSite: true, isolatedShop: true }, variant: 'mt' },
  { where: 'Firefox, plain', launch: launchFirefox, how: { isolatedSite: true, dip: true }, variant: 'st' },
  { where: 'Firefox, an isolated parent', launch: launchFirefox, how: { isolatedSite: true, isolatedShop: true }, variant: 'mt' },
  { where: 'WebKit, plain', launch: launchWebKitSharing, how: { isolatedSite: true, dip: true }, variant: 'st' },
  { where: 'WebKit, an isolated parent', launch: launchWebKitSharing, how: { isolatedSite: true, isolatedShop: true }, variant: 'mt' },
]) {
  test(`${where}: ${variant} gives the command line’s bytes`, async () => {
    const [places, browser] = await Promise.all([two(how), launch()]);
    try {
      const page = /** @type {import('./browsers.mjs').Page} */ (await browser.newPage());
      await page.goto(places.url);
      const { engine, svg } = await page.evaluate(order, [...readFileSync(HERON)]);
      assert.equal(svg, native);
      assert.equal(engine.name, variant, engine.why);
      assert.deepEqual(places.site.reports, []);
    } finally {
      await browser.close();
      await places.close();
    }
  });
}

describe('In Chromium', () => {
  /** @type {Awaited<ReturnType<typeof launchChromium>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof two>>} */
  let places;
  /** @type {import('playwright-core').Page} */
  let page;

  before(async () => {
    [places, browser] = await Promise.all([two({ isolatedSite: true }), launchChromium()]);
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    page = await context.newPage();
    await page.goto(places.url);
    await page.waitForFunction(() => customElements.get('logo-press'));
  });

  after(async () => {
    await browser.close();
    await places.close();
  });

  /** The frame of the element that matches `selector`, once it has come. @param {string} id */
  async function frameOf(id) {
    await page.locator(id).scrollIntoViewIfNeeded();
    await page.evaluate((id) => /** @type {any} */ (document.querySelector(id)).ready, id);
    const index = await page.evaluate((id) => [...document.querySelectorAll('logo-press')].findIndex((each) => each.matches(id)), id);
    const frames = page.frames().filter((frame) => frame.url().startsWith(places.site.url));
    return frames[Math.min(index, frames.length - 1)];
  }

  test('a person’s file is traced, offered in the shop’s formats, saved and told of', async () => {
    const frame = await frameOf('#themed');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), frame.locator('.drop').click()]);
    await chooser.setFiles(HERON);
    await frame.waitForSelector('html[data-state=ready]');
    assert.deepEqual(await frame.locator('.ways button').allTextContents(), ['SVG', 'PDF', 'DXF', 'SVG kopieren']);
    const [download] = await Promise.all([page.waitForEvent('download'), frame.locator('.ways button').first().click()]);
    assert.equal(download.suggestedFilename(), 'heron.svg');
    assert.equal(readFileSync(await download.path(), 'utf8'), native);
    await page.waitForFunction(() => /PDF of \d{3,} bytes/.test(document.querySelector('output')?.textContent ?? ''));
  });

  test('it copies to the clipboard', async () => {
    const frame = await frameOf('#themed');
    await page.evaluate(() => navigator.clipboard.writeText('before'));
    await frame.locator('.ways button').last().click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('<svg'));
  });

  test('it has the shop’s colours and is as high as its content', async () => {
    const frame = await frameOf('#themed');
    const look = await frame.evaluate(() => ({
      page: getComputedStyle(document.body).backgroundColor,
      radius: getComputedStyle(/** @type {Element} */ (document.querySelector('.drop'))).borderRadius,
      height: Math.ceil(/** @type {Element} */ (document.querySelector('main')).getBoundingClientRect().height),
    }));
    assert.equal(look.page, 'rgb(255, 248, 240)');
    assert.equal(look.radius, '14px');
    const seen = await frame.locator('.drop img').boundingBox();
    assert((seen?.width ?? 0) > 100 && (seen?.height ?? 0) > 100, 'the traced logo is seen');
    const box = await page.locator('#themed').boundingBox();
    assert.equal(Math.round(box?.height ?? 0), look.height);
  });

  test('a value that is no colour is not taken', async () => {
    const frame = await frameOf('#themed');
    await page.evaluate(() => {
      const press = /** @type {any} */ (document.querySelector('#themed'));
      press.style.setProperty('--logo-press-page', 'url(https://logopress.example/spy)');
      press.restyle();
    });
    await page.waitForTimeout(200);
    assert.notEqual(await frame.evaluate(() => document.documentElement.style.getPropertyValue('--page')), 'url(https://logopress.example/spy)');
    assert.deepEqual(places.site.reports, []);
  });

  test('a bad file is explained to the page that asked', async () => {
    const fault = await page.evaluate(async () => {
      const press = /** @type {any} */ (document.querySelector('#plain'));
      return press.open(new Uint8Array([1, 2, 3])).catch((/** @type {any} */ { code, advice }) => ({ code, advice }));
    });
    assert.equal(fault.code, 'unknown-format');
    assert(fault.advice);
  });

  test('a page that claims another’s origin is refused, and messages from elsewhere are not heard', async () => {
    const answers = await page.evaluate(async (site) => {
      /** @type {string[]} */
      const heard = [];
      addEventListener('message', ({ data }) => heard.push(data.type));
      const frame = document.createElement('iframe');
      frame.src = `${site}embed/#host=${encodeURIComponent('https://bank.example')}`;
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve));
      await new Promise((resolve) => setTimeout(resolve, 800));
      const before = heard.length;
      frame.contentWindow?.postMessage({ logopress: 1, type: 'export', id: 7, format: 'svg' }, '*');
      // The frame of the right origin does not hear one of another version.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const said = heard.slice();
      frame.remove();
      return { before, said };
    }, places.site.url);
    assert.deepEqual(answers, { before: 0, said: [] });
  });

  test('the frame hears nobody but the page around it', async () => {
    const frame = await frameOf('#plain');
    const changed = await frame.evaluate(async () => {
      // A message that comes from a window other than the parent.
      const before = document.documentElement.lang;
      window.postMessage({ logopress: 1, type: 'hello', lang: 'ja', formats: [], theme: {}, preset: '' }, '*');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return document.documentElement.lang !== before;
    });
    assert.equal(changed, false);
  });
});
