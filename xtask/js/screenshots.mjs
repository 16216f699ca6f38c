/**
 * Takes the README's pictures of the built site: `node xtask/js/screenshots.mjs`, with CHROMIUM set to
 * the path of the browser. Look at them before they are kept.
 */
import { fileURLToPath } from 'node:url';

import { startEngine } from '../../tests/web/app.mjs';
import { launchChromium } from '../../tests/web/browsers.mjs';
import { serve } from '../../tests/web/server.mjs';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** @typedef {import('playwright-core').Page} Page */

/**
 * @param {Page} page
 * @param {string} example
 */
async function open(page, example) {
  await page.click(`[data-example="${example}"]`);
  await page.waitForSelector('html[data-state=ready]');
  await page.waitForFunction(() => [...document.querySelectorAll('.card h3 .quiet')].every((weight) => weight.textContent));
  await page.waitForFunction(() => [...document.querySelectorAll('.presets img')].every((picture) => /** @type {HTMLImageElement} */ (picture).src));
}

/** @type {{ name: string, viewport: typeof WIDE, colorScheme: 'light' | 'dark', enter: (page: Page) => Promise<unknown> }[]} */
const PICTURES = [
  { name: 'first', viewport: WIDE, colorScheme: 'light', enter: async () => {} },
  { name: 'light', viewport: WIDE, colorScheme: 'light', enter: (page) => open(page, 'marea.png') },
  { name: 'dark', viewport: WIDE, colorScheme: 'dark', enter: (page) => open(page, 'heron.png') },
  { name: 'phone', viewport: PHONE, colorScheme: 'light', enter: (page) => open(page, 'heron.png') },
  {
    name: 'kit',
    viewport: WIDE,
    colorScheme: 'light',
    enter: async (page) => {
      await open(page, 'marea.png');
      await page.click('#tab-kit');
      await page.click('[data-action=tall]');
      await page.waitForSelector('file-progress:not([hidden])');
      await page.waitForSelector('file-progress[hidden]', { state: 'attached', timeout: 120_000 });
    },
  },
  {
    name: 'plates',
    viewport: WIDE,
    colorScheme: 'dark',
    enter: async (page) => {
      await open(page, 'heron.png');
      await page.click('#tab-plates');
      await page.click('[data-action=tall]');
      await page.waitForSelector('plate-table[aria-busy=false] img');
    },
  },
];

const wanted = process.argv.slice(2);
const [server, browser] = await Promise.all([serve({ isolated: true }), launchChromium()]);
for (const { name, viewport, colorScheme, enter } of PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce', deviceScaleFactor: viewport === PHONE ? 2 : 1 });
  await page.goto(server.url);
  await startEngine(page);
  await enter(page);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  await page.close();
}
await browser.close();
await server.close();
