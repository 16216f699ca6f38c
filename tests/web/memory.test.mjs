/**
 * Memory after many large logos is where it was before. `LOGOS=200` runs the whole of it, which takes
 * minutes; without, a shorter one that would fail as surely if anything were kept of each logo.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

import { startEngine } from './app.mjs';
import { CHROMIUM_FLAGS, program } from './browsers.mjs';
import { logo } from './fixtures.mjs';
import { serve } from './server.mjs';

const LOGOS = Number(process.env.LOGOS ?? 12);
const SIDE_PX = 2048;
const MOST_MB = 50;
/** As pixels, each logo has 16 MiB. */
const PATIENT = { timeout: LOGOS * 20_000 };

const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  server = await serve({ isolated: true });
  // Or the browser waits for its own garbage collection, which may be minutes away.
  const args = [...CHROMIUM_FLAGS, '--enable-blink-features=ForceEagerMeasureMemory'];
  browser = await chromium.launch({ executablePath: program('CHROMIUM'), args });
});

after(async () => {
  await browser.close();
  await server.close();
  rmSync(scratch, { recursive: true });
});

/** What the page and all its workers have, in MB. @param {import('playwright-core').Page} page */
async function memory(page) {
  const bytes = await page.evaluate(async () => (await /** @type {any} */ (performance).measureUserAgentSpecificMemory()).bytes);
  return bytes / 1e6;
}

/** Large logos, each with bytes of its own, as files. @param {import('playwright-core').Page} page */
async function files(page) {
  const svg = String(await logo('heron.svg'));
  const bytes = await page.evaluate(async ({ svg, side }) => {
    const image = new Image(side, side);
    image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    await image.decode();
    const canvas = new OffscreenCanvas(side, side);
    canvas.getContext('2d')?.drawImage(image, 0, 0, side, side);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  }, { svg, side: SIDE_PX });
  return Array.from({ length: LOGOS }, (_, n) => {
    const path = join(scratch, `logo-${n}.png`);
    // What follows a PNG's end is no part of the picture, but of the file.
    writeFileSync(path, Buffer.concat([Buffer.from(bytes), Buffer.from(String(n))]));
    return path;
  });
}

test(`${LOGOS} logos of ${SIDE_PX} px end within ${MOST_MB} MB of where they began`, async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  await startEngine(page);
  const paths = await files(page);
  await page.setInputFiles('drop-zone input[type=file]', paths[0]);
  await page.waitForSelector('html[data-state=ready]', PATIENT);
  await page.waitForTimeout(5000);
  const before = await memory(page);
  await page.setInputFiles('drop-zone input[type=file]', paths);
  await page.waitForFunction((count) => document.querySelectorAll('batch-list li.done').length === count, LOGOS, PATIENT);
  await page.waitForTimeout(5000);
  const after = await memory(page);
  console.log(`  ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after`);
  assert(after - before <= MOST_MB, `${before} MB before, ${after} MB after`);
  await page.close();
});
