/**
 * The whole journey, from an empty page to files, in Chromium and Firefox: by keyboard alone, and by
 * pointer alone. What both drivers share is little, so the page itself is asked what happened.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startEngine } from './app.mjs';
import { launchChromium, launchFirefox } from './browsers.mjs';
import { serve } from './server.mjs';

/** Enough presses of Tab to come round the page. */
const MOST_TABS = 160;

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  server = await serve({ isolated: true });
});

after(() => server.close());

/**
 * A page that is driven by what both drivers have: `keyboard`, `mouse` and `evaluate`.
 * @param {any} browser
 */
async function open(browser) {
  const page = await browser.newPage();
  await (page.setViewportSize ?? page.setViewport).call(page, { width: 1440, height: 900 });
  await page.goto(server.url);
  await startEngine(page);
  // What is saved is kept where the test can see it; not every driver shows downloads.
  await page.evaluate(() => {
    const saved = Reflect.set(window, 'saved', []) && Reflect.get(window, 'saved');
    // The page's policy lets nobody fetch what it has made.
    /** @type {Map<string, Blob>} */
    const made = new Map();
    const create = URL.createObjectURL;
    URL.createObjectURL = (/** @type {Blob} */ blob) => {
      const url = create.call(URL, blob);
      made.set(url, blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function () {
      if (this.download) saved.push({ name: this.download, size: made.get(this.href)?.size });
    };
  });
  return page;
}

/** @param {any} page */
const saved = (page) => page.evaluate(() => Reflect.get(window, 'saved'));

/**
 * Presses Tab until what has the focus matches.
 * @param {any} page
 * @param {string} selector
 */
async function tabTo(page, selector) {
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    if (await page.evaluate((/** @type {string} */ selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not come to ${selector}`);
}

/**
 * Presses the middle of what matches.
 * @param {any} page
 * @param {string} selector
 */
async function press(page, selector) {
  const at = await page.evaluate((/** @type {string} */ selector) => {
    const node = document.querySelector(selector);
    node?.scrollIntoView({ block: 'nearest' });
    const box = node?.getBoundingClientRect();
    return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : null;
  }, selector);
  assert(at, `nothing matches ${selector}`);
  await page.mouse.click(at.x, at.y);
}

/** @param {any} page */
const inks = (page) => page.evaluate(() => document.querySelectorAll('.inks:not(.gone) .ink').length);

/**
 * @param {any} page
 * @param {number} count
 */
const untilInks = (page, count) =>
  page.waitForFunction((/** @type {number} */ count) => document.querySelectorAll('.inks:not(.gone) .ink').length === count, ...(page.setViewportSize ? [count] : [{}, count]));

/** @param {any} page */
async function byKeyboard(page) {
  await tabTo(page, '[data-example="marea.png"]');
  await page.keyboard.press('Enter');
  // The panel comes with the first logo.
  await page.waitForSelector('html[data-state=ready] .inks .ink');
  const all = await inks(page);
  assert(all > 2, `${all} inks`);

  await tabTo(page, '.inks .ink');
  await page.keyboard.press('Enter');
  await tabTo(page, '.ink-tools .wide');
  await page.keyboard.press('Enter');
  await untilInks(page, all - 1);

  // Undo, and what was undone again.
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await untilInks(page, all);
  await page.keyboard.press('y');
  await page.keyboard.up('Control');
  await untilInks(page, all - 1);

  await tabTo(page, '.presets input');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => location.hash.includes('preset=one-colour'));

  await tabTo(page, '#tab-vector');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.querySelector('#tab-kit')?.getAttribute('aria-selected')), 'true');
  await page.keyboard.press('Home');
  await tabTo(page, '[data-format="pdf"]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => Reflect.get(window, 'saved').length === 1);
  const [file] = await saved(page);
  assert.equal(file.name, 'marea.pdf');
  assert(file.size > 500, `${file.size} bytes`);
}

/** @param {any} page */
async function byPointer(page) {
  await press(page, '[data-example="heron.png"]');
  // The panel comes with the first logo.
  await page.waitForSelector('html[data-state=ready] .inks .ink');
  const all = await inks(page);

  // A press on the art chooses the ink that is seen there; on the same again, none.
  await press(page, 'logo-canvas .side.right');
  await press(page, '.inks .ink');
  await page.waitForSelector('.ink[aria-expanded=true]');
  await press(page, '.ink-tools .wide');
  await untilInks(page, all - 1);
  await press(page, 'ink-list .gone button');
  await untilInks(page, all);

  await press(page, '[data-action=heat]');
  await page.waitForFunction(() => document.querySelector('canvas-bar .off')?.textContent);
  await press(page, '[data-action=undo]');
  await untilInks(page, all - 1);
  await press(page, '[data-action=undo]');
  await untilInks(page, all);

  await page.waitForFunction(() => [...document.querySelectorAll('.card h3 .quiet')].every((weight) => weight.textContent));
  await press(page, '[data-action=downloadAll]');
  await page.waitForFunction(() => Reflect.get(window, 'saved').length === 1);
  const [file] = await saved(page);
  assert.equal(file.name, 'heron.zip');
  assert(file.size > 5000, `${file.size} bytes`);
}

for (const [name, launch] of Object.entries({ Chromium: launchChromium, Firefox: launchFirefox })) {
  for (const [way, walk] of Object.entries({ 'keyboard alone': byKeyboard, 'pointer alone': byPointer })) {
    test(`from an empty page to files in ${name}, by ${way}`, async () => {
      const browser = await launch();
      try {
        await walk(await open(browser));
      } finally {
        await browser.close();
      }
    });
  }
}
