/** The Kit tab beside its files: the check of a site, lossy pictures, words in another language. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { app } from './app.mjs';
import { program } from './browsers.mjs';
import { LOGOS } from './fixtures.mjs';
import { openLogos } from './page-states.mjs';

const WIDE = { viewport: { width: 1440, height: 900 } };
const site = app({ isolated: true });

const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
const zip = join(scratch, 'kit.zip');
before(() => {
  execFileSync(program('LOGOPRESS'), ['kit', `${LOGOS}heron.png`, '-o', zip, '--name', 'Heron', '--only', 'web/head.html,web/favicon.*,web/site.webmanifest'], { stdio: 'ignore' });
});
after(() => rmSync(scratch, { recursive: true }));

/** @param {import('playwright-core').BrowserContextOptions} [options] */
async function open(options) {
  const { page, close } = await site.open({ ...WIDE, ...options });
  await openLogos(page, 'heron.png');
  await page.click('#tab-kit');
  await page.waitForSelector('kit-panel [data-action=kitZip]:not([disabled])', { timeout: 120_000 });
  return { page, close };
}

test('a site is checked from a zip, a folder, or the kit itself', async () => {
  const { page, close } = await open();
  await page.getByRole('button', { name: 'Check a site' }).click();
  await page.getByRole('button', { name: 'Check this kit' }).click();
  const list = page.locator('.kit-findings');
  await list.getByText('Nothing is missing.').waitFor();
  const choose = async (/** @type {string} */ name, /** @type {string} */ file) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name }).click()]);
    await chooser.setFiles(file);
  };
  await choose('Choose a zip', zip);
  await list.getByText('/icon-512.png is linked but not among the files. Add the file or correct the link.').waitFor();
  const fromZip = await list.innerText();
  execFileSync('unzip', ['-q', zip, '-d', scratch]);
  await list.evaluate((list) => list.replaceChildren());
  await choose('Choose a folder', join(scratch, 'heron-brand-kit'));
  await list.getByText('/icon-512.png is linked').waitFor();
  assert.equal(await list.innerText(), fromZip);
  await close();
});

test('WebP files are written with loss by the browser, and apart from the kit', async () => {
  const { page, close } = await open();
  await page.getByRole('button', { name: 'Lossy WebP' }).click();
  const all = page.getByRole('button', { name: 'Download these' });
  await page.waitForFunction(() => document.querySelectorAll('.kit-lossy li .quiet').length === 4 &&
    [...document.querySelectorAll('.kit-lossy li .quiet')].every(({ textContent }) => textContent?.includes('→')), undefined, { timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), all.click()]);
  assert.equal(download.suggestedFilename(), 'heron-webp.zip');
  const out = join(scratch, 'webp.zip');
  await download.saveAs(out);
  const names = execFileSync('unzip', ['-Z1', out], { encoding: 'utf8' }).trim().split('\n').sort();
  assert.deepEqual(names, [1024, 2048, 4096, 512].map((side) => `heron-${side}-lossy.webp`));
  execFileSync('unzip', ['-q', out, '-d', join(scratch, 'webp')]);
  for (const name of names) {
    // VP8X or VP8 with a lossy frame: RFC 9649, section 2.
    const bytes = readFileSync(join(scratch, 'webp', name));
    assert(bytes.includes('VP8 ') && !bytes.includes('VP8L'), name);
  }
  await close();
});

test('what the engine says of a kit is said in the page’s language', async () => {
  const { page, close } = await open({ locale: 'de-DE' });
  const title = await page.locator('kit-panel li', { hasText: 'apple-touch-icon.png' }).getAttribute('title');
  assert.equal(title, 'web/apple-touch-icon.png\nSymbol auf dem Home-Bildschirm von iPhone und iPad');
  await close();
});
