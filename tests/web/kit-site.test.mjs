/**
 * The kit's `web` folder as a site: what Chromium and PWABuilder say of its manifest, and what browsers
 * find at the links of the HTML to paste.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { validateManifest } from '@pwabuilder/manifest-validation';
import { chromium } from 'playwright-core';

import { CHROMIUM_FLAGS, program } from './browsers.mjs';
import { LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
const folder = join(scratch, 'cafe-heron-brand-kit', 'web');
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** Not a private one, in which nothing can be installed. @type {import('playwright-core').BrowserContext} */
let browser;

before(async () => {
  const zip = join(scratch, 'kit.zip');
  execFileSync(program('LOGOPRESS'), ['kit', `${LOGOS}heron.png`, '-o', zip, '--name', 'Café Heron', '--only', 'web'], { stdio: 'ignore' });
  execFileSync('unzip', ['-q', zip, '-d', scratch]);
  const head = readFileSync(join(folder, 'head.html'), 'utf8');
  writeFileSync(join(folder, 'index.html'), `<!doctype html><html lang="en"><head><title>Heron</title>${head}</head><body></body></html>`);
  server = await serve({ isolated: false, site: folder });
  browser = await chromium.launchPersistentContext(join(scratch, 'profile'), { executablePath: program('CHROMIUM'), args: CHROMIUM_FLAGS });
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(scratch, { recursive: true });
});

test('Chromium takes the manifest without a word, and would install the site', async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  const client = await browser.newCDPSession(page);
  const { url, errors, data } = await client.send('Page.getAppManifest');
  assert.equal(url, `${server.url}site.webmanifest`);
  assert.deepEqual(errors, []);
  assert.equal(JSON.parse(data ?? '').name, 'Café Heron');
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors, []);
  await page.close();
});

test('PWABuilder’s rules hold for every member of the manifest', async () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'site.webmanifest'), 'utf8'));
  const said = await validateManifest(manifest);
  assert(said.length > 8, `${said.length} rules`);
  assert.deepEqual(said.filter(({ valid }) => !valid).map(({ member, errorString }) => `${member}: ${errorString}`), []);
});

test('every link leads to a picture of the size that it says', async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  const found = await page.evaluate(async () => {
    const links = [...document.querySelectorAll('link')].filter(({ rel }) => rel !== 'manifest');
    const manifest = await (await fetch('/site.webmanifest')).json();
    const icons = manifest.icons.map((/** @type {{ src: string, sizes: string }} */ { src, sizes }) => [src, sizes]);
    const all = [...links.map((link) => [link.getAttribute('href'), link.getAttribute('sizes') ?? '']), ...icons];
    return Promise.all(all.map(async ([src, sizes]) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return { src, sizes, is: `${image.naturalWidth}x${image.naturalHeight}` };
    }));
  });
  assert.equal(found.length, 9);
  for (const { src, sizes, is } of found) {
    if (src.endsWith('.png')) assert.equal(is, sizes || '180x180', src);
  }
  await page.close();
});
