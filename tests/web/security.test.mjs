/**
 * What the site may do: through every journey no page breaks its content security policy, and none
 * asks anything of another host. The policy is sent as a header too, so that workers have it and
 * violations are reported.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { startEngine } from './app.mjs';
import { launchChromium } from './browsers.mjs';
import { LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';
import { policy } from './site.mjs';

const HERON = `${LOGOS}heron.png`;

test('the policy is strict', () => {
  const rules = Object.fromEntries(policy().split(/;\s*/).map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));
  assert.deepEqual(rules['default-src'], ["'none'"]);
  assert.deepEqual(rules['script-src'], ["'self'", "'wasm-unsafe-eval'"]);
  assert.deepEqual(rules['worker-src'], ["'self'", 'blob:']);
  assert.deepEqual(rules['connect-src'], ["'self'"]);
  assert.deepEqual(rules['style-src'], ["'self'"]);
  assert.doesNotMatch(policy(), /unsafe-inline|unsafe-eval(?!')|\*|https?:/);
});

for (const isolated of [true, false]) {
  describe(`In Chromium, ${isolated ? 'isolated' : 'not isolated'}`, () => {
    /** @type {Awaited<ReturnType<typeof launchChromium>>} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let server;
    /** @type {import('playwright-core').BrowserContext} */
    let context;
    /** @type {string[]} */
    let strangers;

    before(async () => {
      browser = await launchChromium();
      const headers = () => ({ 'Content-Security-Policy': `${policy()}; report-uri /reports` });
      server = await serve({ isolated, headers });
    });

    after(async () => {
      await browser.close();
      await server.close();
    });

    /** @param {(page: import('playwright-core').Page) => Promise<unknown>} journey */
    async function watched(journey) {
      // A service worker would answer with the headers that it has kept.
      context = await browser.newContext({ serviceWorkers: 'block', permissions: ['clipboard-read', 'clipboard-write'] });
      strangers = [];
      const site = new URL(server.url).origin;
      context.on('request', (request) => {
        if (!request.url().startsWith(site) && !/^(blob|data):/.test(request.url())) strangers.push(request.url());
      });
      const page = await context.newPage();
      await page.goto(server.url);
      await startEngine(page);
      await journey(page);
      // Reports arrive a moment later.
      await page.waitForTimeout(300);
      await context.close();
      assert.deepEqual(server.reports.splice(0), []);
      assert.deepEqual(strangers, []);
    }

    /** @param {import('playwright-core').Page} page @param {string[]} files */
    async function open(page, ...files) {
      await page.setInputFiles('drop-zone input[type=file]', files);
      await page.waitForSelector('html[data-state=ready]');
    }

    test('a logo, its inks, its files, its clipboard', () => watched(async (page) => {
      await open(page, HERON);
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download SVG' }).click()]);
      assert.equal(download.suggestedFilename(), 'heron.svg');
      for (const form of ['svg', 'png', 'uri', 'html']) {
        await page.locator(`[data-copy=${form}]`).dispatchEvent('click');
        await page.waitForTimeout(200);
      }
      await Promise.all([page.waitForEvent('download'), page.locator('vector-cards').getByRole('button', { name: 'Download all' }).click()]);
    }));

    test('an example, the other tabs, shortcuts, themes, languages', () => watched(async (page) => {
      await page.locator('[data-example]').first().click();
      await page.waitForSelector('html[data-state=ready]');
      for (const tab of await page.getByRole('tab').all()) await tab.click();
      for (const key of ['+', '-', '0', 'o', '?']) await page.keyboard.press(key);
      await page.keyboard.press('Escape');
      await page.locator('[data-action=theme]').click();
      const languages = page.locator('language-choice select');
      for (const language of ['de', 'ar', 'en']) await languages.selectOption(language);
      await page.locator('[data-action=swap]').first().click().catch(() => {});
    }));

    test('many logos, a bad one among them', () => watched(async (page) => {
      await open(page, HERON, `${LOGOS}loom.jpg`, `${LOGOS}../CREDITS.md`);
      await page.waitForFunction(() => document.querySelector('batch-list')?.textContent?.includes('2 of 3'));
      await Promise.all([page.waitForEvent('download'), page.locator('[data-action=batchZip]').click()]);
    }));

    test('the self-test finds everything in order', () => watched(async (page) => {
      await page.goto(`${server.url}selftest/`);
      await page.waitForSelector('html[data-state=ready], html[data-state=error]');
      const found = JSON.parse((await page.textContent('#json')) ?? '');
      assert.equal(found.ok, true, JSON.stringify(found));
      assert.equal(found.variant.name, isolated ? 'mt' : 'st');
      assert.equal(found.simd, true);
      assert.equal(found.probe.found, found.probe.expected);
    }));

    test('what is forbidden is reported, so that the tests above can fail', async () => {
      const page = await browser.newPage();
      await page.goto(server.url);
      await page.evaluate(() => fetch('https://logopress.example/').catch(() => {}));
      await page.waitForTimeout(300);
      await page.close();
      assert.equal(server.reports.splice(0).filter((report) => report.includes('connect-src')).length, 1);
    });
  });
}
