/** Every state of the page, in both themes, by axe-core: no violation of WCAG 2.2 A and AA. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { launchChromium } from './browsers.mjs';
import { STATES } from './page-states.mjs';
import { serve } from './server.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Awaited<ReturnType<typeof launchChromium>>} */
let browser;

before(async () => {
  [server, browser] = await Promise.all([serve({ isolated: true }), launchChromium()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** @param {import('playwright-core').Page} page */
async function violations(page) {
  return page.evaluate(async (tags) => {
    const { violations } = await Reflect.get(window, 'axe').run(document, { runOnly: tags });
    return violations.flatMap((/** @type {any} */ { id, nodes }) =>
      nodes.map((/** @type {any} */ node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
  }, TAGS);
}

for (const { name, enter, narrow } of STATES) {
  test(`${name} has no violations`, async () => {
    const page = await browser.newPage({ bypassCSP: true, viewport: narrow ? { width: 390, height: 844 } : { width: 1440, height: 900 } });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(server.url);
    await page.waitForSelector('html[data-engine]');
    await enter(page);
    await page.addScriptTag({ path: AXE });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await violations(page), [], colorScheme);
    }
    await page.close();
  });
}
