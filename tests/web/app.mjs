/** The page of the built site in Chromium, for the tests of a file: one server, one browser. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { launchChromium } from './browsers.mjs';
import { serve } from './server.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContext} Context */

const PATIENCE_MS = 60_000;

/**
 * Waits until the engine has started, as it does when somebody moves the pointer over the page.
 * @param {{ evaluate: (run: () => unknown) => Promise<unknown>, mouse: { move: (x: number, y: number) => Promise<unknown> } }} page
 */
export async function startEngine(page) {
  const start = Date.now();
  for (let x = 0; !await page.evaluate(() => document.documentElement.dataset.engine); x = (x + 1) % 20) {
    if (Date.now() - start > PATIENCE_MS) throw new Error('The engine has not started.');
    // The page may not listen yet.
    await page.mouse.move(x, 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @param {Parameters<typeof serve>[0]} how to serve the site */
export function app(how) {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  /** @type {Awaited<ReturnType<typeof launchChromium>>} */
  let browser;

  before(async () => {
    [server, browser] = await Promise.all([serve(how), launchChromium()]);
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  return {
    get url() {
      return server.url;
    },

    /** A browser profile of its own. @param {import('playwright-core').BrowserContextOptions} [options] */
    profile: (options) => browser.newContext(options),

    /** An empty page in a profile of its own. @param {import('playwright-core').BrowserContextOptions} [options] */
    blank: (options) => browser.newPage(options),

    /**
     * The page with its engine started. Whatever goes wrong in it is thrown by `close`.
     * @param {import('playwright-core').BrowserContextOptions} [options]
     */
    async open(options) {
      const page = await browser.newPage(options);
      /** @type {string[]} */
      const faults = [];
      page.on('pageerror', (fault) => faults.push(String(fault)));
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol.startsWith('http') && host !== new URL(server.url).host) faults.push(request.url());
      });
      await page.goto(server.url);
      // Where the host sends no headers, the page is loaded a second time.
      await page.waitForFunction(() => crossOriginIsolated);
      await startEngine(page);
      return {
        page,
        close: async () => {
          await page.close();
          assert.deepEqual(faults, [], 'no error in the page, and no request to another host');
        },
      };
    },
  };
}
