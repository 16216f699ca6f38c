/** The site as an app: isolated by itself, there without a network, updated when that suits. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';

import { startEngine } from './app.mjs';
import { CHROMIUM_FLAGS, launchChromium, launchFirefox, program } from './browsers.mjs';
import { LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';
import { build, laterBuild } from './site.mjs';

const HERON = `${LOGOS}heron.png`;
const DOCUMENT = `${LOGOS}heron.pdf`;
const NEXT = 'feedfacecafe';
const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));

after(() => rmSync(scratch, { recursive: true, maxRetries: 5 }));

/** Ready to be used without a network: the service worker is in charge and has kept the engine. */
const settled = () => new Promise((resolve) => {
  const look = async () => {
    // Somebody is there.
    dispatchEvent(new PointerEvent('pointermove'));
    const cache = await caches.open(`logopress site ${document.documentElement.dataset.build}`);
    const kept = (await cache.keys()).map(({ url }) => url);
    const engine = document.documentElement.dataset.engine;
    const done = engine && navigator.serviceWorker.controller && kept.some((url) => url.endsWith(`/pkg/${engine}/logopress_bg.wasm`));
    if (done) resolve(engine);
    else setTimeout(look, 50);
  };
  void look();
});

/** @param {import('playwright-core').Page} page */
async function traceHeron(page, file = HERON) {
  await page.setInputFiles('drop-zone input[type=file]', file);
  await page.waitForFunction((name) => {
    const shown = document.querySelector('file-facts .name')?.textContent;
    return document.documentElement.dataset.state === 'ready' && shown === name;
  }, basename(file));
  return page.textContent('file-facts .name');
}

describe('In Chromium', () => {
  /** @type {Awaited<ReturnType<typeof launchChromium>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  /** @type {import('playwright-core').BrowserContext} */
  let context;

  before(async () => {
    browser = await launchChromium();
    server = await serve({ isolated: false });
    context = await browser.newContext();
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  test('where the host sets no headers, one reload brings threads', async () => {
    const page = await context.newPage();
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await page.goto(server.url);
    await page.waitForFunction(() => crossOriginIsolated);
    await startEngine(page);
    assert.equal(await page.evaluate(settled), 'mt');
    await page.waitForTimeout(500);
    assert.equal(loads, 2);
    await page.close();
  });

  test('a browser that cannot be isolated is not reloaded for ever', async () => {
    const other = await browser.newContext();
    await other.addInitScript(() => Object.defineProperty(globalThis, 'crossOriginIsolated', { get: () => false }));
    const page = await other.newPage();
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await page.goto(server.url);
    while (loads < 2) await page.waitForEvent('load');
    await page.evaluate(settled);
    await page.waitForTimeout(1500);
    assert.equal(loads, 2);
    await other.close();
  });

  test('a file that is shared with the app is opened', async () => {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.evaluate(settled);
    await page.evaluate((bytes) => {
      const form = document.createElement('form');
      Object.assign(form, { action: 'share', method: 'post', enctype: 'multipart/form-data' });
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', name: 'files' });
      const list = new DataTransfer();
      list.items.add(new File([new Uint8Array(bytes)], 'mårk.png', { type: 'image/png' }));
      input.files = list.files;
      form.append(input);
      document.body.append(form);
      form.submit();
    }, [...readFileSync(HERON)]);
    await page.waitForSelector('html[data-state=ready]');
    assert.equal(await page.textContent('file-facts .name'), 'mårk.png');
    assert.equal(page.url(), server.url);
    assert.equal(await page.evaluate(() => caches.has('logopress shared')), false, 'it is handed over once');
    await page.close();
  });

  test('a file that the system hands over is opened', async () => {
    const page = await context.newPage();
    await page.addInitScript((bytes) => {
      const file = new File([new Uint8Array(bytes)], 'handed.png');
      const setConsumer = (/** @type {any} */ take) => setTimeout(() => take({ files: [{ getFile: async () => file }] }), 0);
      Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } });
    }, [...readFileSync(HERON)]);
    await page.goto(server.url);
    await page.waitForSelector('html[data-state=ready]');
    assert.equal(await page.textContent('file-facts .name'), 'handed.png');
    await page.close();
  });

  test('Chromium finds the manifest in order, and the offer to install is passed on', async () => {
    const page = await context.newPage();
    await page.goto(server.url);
    const devtools = await context.newCDPSession(page);
    const { errors } = await devtools.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A context like a private window is never offered to install.
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
    const install = page.locator('[data-action=installSite]');
    assert.equal(await install.isVisible(), false);
    const prompted = await page.evaluate(async () => {
      const prompted = new Promise((resolve) => {
        dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => resolve(true) }));
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      /** @type {HTMLElement} */ (document.querySelector('[data-action=installSite]')).click();
      return prompted;
    });
    assert.equal(prompted, true);
    assert.equal(await install.isVisible(), false);
    await page.close();
  });

  test('a newer build waits for the job’s end and for a yes; pages of the old one go on with it', async () => {
    const folder = join(scratch, 'next');
    laterBuild(folder, NEXT);
    const [page, old] = [await context.newPage(), await context.newPage()];
    for (const each of [page, old]) {
      await each.goto(server.url);
      await each.evaluate(settled);
    }
    await server.close();
    /** @type {string[]} */
    const asked = [];
    const note = (/** @type {string} */ path) => {
      asked.push(path);
      return {};
    };
    server = await serve({ isolated: false, site: folder, port: Number(new URL(server.url).port), headers: note });

    await traceHeron(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()));
    const button = page.locator('[data-action=updateSite]');
    await button.waitFor({ state: 'visible' });
    assert.equal(await page.getAttribute('html', 'data-build'), build(), 'nothing changes unasked');
    // A batch is under way: no update now.
    await page.setInputFiles('drop-zone input[type=file]', [HERON, HERON, HERON]);
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector('[data-action=updateSite]')).disabled);
    await page.waitForFunction(() => !(/** @type {any} */ (document.querySelector('[data-action=updateSite]')).disabled));
    await button.click();
    await page.waitForSelector(`html[data-build=${NEXT}]`);
    await startEngine(page);
    assert.equal(await page.evaluate(settled), 'mt');
    assert.deepEqual(asked.filter((path) => path.endsWith('.wasm')), [], 'the same engine is not fetched again');
    assert.equal(await traceHeron(page), 'heron.png');

    assert.equal(await old.getAttribute('html', 'data-build'), build());
    assert.equal(await traceHeron(old), 'heron.png');
    assert.deepEqual(asked.filter((path) => path.includes(`/v/${build()}/`)), [], 'all of the old build was kept');
    await Promise.all([page.close(), old.close()]);
  });
});

test('Chromium: a cold start without a network gives the same file', async (t) => {
  const profile = join(scratch, 'profile');
  const open = async () => {
    const context = await chromium.launchPersistentContext(profile, { executablePath: program('CHROMIUM'), args: CHROMIUM_FLAGS });
    t.after(() => context.close());
    return context;
  };
  const server = await serve({ isolated: false });
  t.after(() => server.close());
  const svg = async (/** @type {import('playwright-core').Page} */ page, file = HERON) => {
    await traceHeron(page, file);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download SVG' }).click()]);
    return readFileSync(await download.path(), 'utf8');
  };
  const first = await open();
  const online = first.pages()[0];
  await online.goto(server.url);
  await online.waitForFunction(() => crossOriginIsolated);
  await online.evaluate(settled);
  const before = await svg(online);
  // The reader of PDF is there from its first use on.
  const drawing = await svg(online, DOCUMENT);
  assert.notEqual(drawing, before);
  await first.close();
  await server.close();

  const second = await open();
  // The page is told so too: a machine may have a network that leads nowhere.
  await second.setOffline(true);
  const offline = second.pages()[0];
  await offline.goto(server.url);
  await startEngine(offline);
  assert.equal(await offline.getAttribute('html', 'data-engine'), 'mt');
  assert.equal(await svg(offline), before);
  assert.equal(await svg(offline, DOCUMENT), drawing);
  assert.equal(await offline.textContent('site-note [role=status]'), 'Offline');
  await offline.goto(`${server.url}selftest/`);
  await offline.waitForSelector('html[data-state=ready]');
});

test('Firefox: the site is there without a network', async () => {
  const server = await serve({ isolated: false });
  const browser = await launchFirefox();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => crossOriginIsolated, { timeout: 60_000 });
    await startEngine(page);
    await page.evaluate(settled);
    await server.close();
    await page.goto(server.url);
    await startEngine(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.engine), 'mt');
    const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await page.$('drop-zone input[type=file]'));
    await input.uploadFile(HERON);
    await page.waitForSelector('html[data-state=ready]');
  } finally {
    await browser.close();
    await server.close();
  }
});
