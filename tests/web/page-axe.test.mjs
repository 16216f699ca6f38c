/** Every state of the page, in both themes, by axe-core: no violation of WCAG 2.2 A and AA. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { app, startEngine } from './app.mjs';
import { STATES } from './page-states.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const site = app({ isolated: true });

/** @param {import('playwright-core').Page} page */
async function violations(page) {
  return page.evaluate(async (tags) => {
    const { violations } = await Reflect.get(window, 'axe').run(document, { runOnly: tags });
    return violations.flatMap((/** @type {any} */ { id, nodes }) =>
      nodes.map((/** @type {any} */ node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
  }, TAGS);
}

/** Once more from right to left. */
const TURNED = STATES.filter(({ name }) => ['first', 'ink'].includes(name)).map((state) => ({ ...state, locale: 'ar' }));

for (const { name, enter, narrow, locale } of [...STATES.map((state) => ({ ...state, locale: undefined })), ...TURNED]) {
  test(`${name} has no violations${locale ? ` in ${locale}` : ''}`, async () => {
    const page = await site.blank({ bypassCSP: true, locale, viewport: narrow ? { width: 390, height: 844 } : { width: 1440, height: 900 } });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(site.url);
    await startEngine(page);
    await enter(page);
    await page.addScriptTag({ path: AXE });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await violations(page), [], colorScheme);
    }
    await page.close();
  });
}
