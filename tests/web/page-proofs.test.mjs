/** What the cards of files show is the files: read by the page, and alike to what they were made from. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { app } from './app.mjs';
import { program } from './browsers.mjs';
import { MARKS } from './fixtures.mjs';
import { openLogos } from './page-states.mjs';

/** Of 255: mean difference of a channel, at a size at which edges are a good part of the picture. */
const MOST_APART = 3;
const WIDE = { viewport: { width: 1440, height: 900 } };

const site = app({ isolated: true });

/**
 * How far pictures are from the first of them, each drawn on white; for the page.
 * @param {string[]} addresses
 */
async function apart(addresses) {
  const SIDE = 128;
  const pictures = await Promise.all(addresses.map(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const pen = new OffscreenCanvas(SIDE, SIDE).getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.drawImage(image, 0, 0, SIDE, SIDE);
    return pen.getImageData(0, 0, SIDE, SIDE).data;
  }));
  return pictures.map((data) => data.reduce((sum, value, at) => sum + Math.abs(value - pictures[0][at]), 0) / data.length);
}

test('PDF, AI, EPS and DXF cards are read from the files', async () => {
  const { page, close } = await site.open(WIDE);
  await openLogos(page, 'heron.png');
  const card = (/** @type {string} */ format) => `.card:has([data-format=${format}]) .proof img`;
  for (const format of ['pdf', 'ai', 'eps', 'dxf']) {
    await page.waitForSelector(`${card(format)}[data-proof=file]`, { timeout: 60_000 });
  }
  const addresses = await Promise.all(['svg', 'pdf', 'ai', 'eps'].map((format) => page.locator(card(format)).getAttribute('src')));
  const [, ...far] = await page.evaluate(apart, /** @type {string[]} */ (addresses));
  assert(far.every((each) => each < MOST_APART), `${far}`);
  await close();
});

test('EPS files of all marks are read as they are', async () => {
  const { page, close } = await site.open(WIDE);
  const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
  const names = ['', 'icons/'].flatMap((folder) => readdirSync(MARKS + folder).filter((name) => name.endsWith('.svg')).map((name) => folder + name));
  assert.equal(names.length, 20);
  for (const [at, name] of names.entries()) {
    const [svg, eps] = ['svg', 'eps'].map((suffix) => {
      const out = join(scratch, `mark.${suffix}`);
      execFileSync(program('LOGOPRESS'), ['trace', MARKS + name, '-o', out]);
      return readFileSync(out, 'utf8');
    });
    const read = await page.evaluate(async (eps) => {
      const main = /** @type {HTMLScriptElement} */ (document.querySelector('script[type=module]')).src;
      const { epsPicture } = await import(new URL('ui/eps-picture.js', main).href);
      return epsPicture(eps);
    }, eps);
    const addresses = [svg, read].map((text) => `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`);
    const [, far] = await page.evaluate(apart, addresses);
    assert(far < MOST_APART, `${name}: ${far}`);
    if (at > 0) continue;
    // Printing colours come near, spot colours and the cutting contour are there.
    const out = join(scratch, 'spot.eps');
    execFileSync(program('LOGOPRESS'), ['trace', MARKS + name, '-o', out, '--color-mode=spot', '--cut-line=over']);
    const spot = await page.evaluate(async (eps) => {
      const main = /** @type {HTMLScriptElement} */ (document.querySelector('script[type=module]')).src;
      const { epsPicture } = await import(new URL('ui/eps-picture.js', main).href);
      return epsPicture(eps);
    }, readFileSync(out, 'utf8'));
    assert.match(spot, /stroke="rgb\(255,0,255\)"/);
  }
  rmSync(scratch, { recursive: true });
  await close();
});
