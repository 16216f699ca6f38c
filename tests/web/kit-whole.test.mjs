/**
 * The complete default kit of a logo of 1024 px, from the file to the zip: in Chromium with two threads.
 * How much memory it takes; the time is only printed, as it depends on what else runs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { launchChromium } from './browsers.mjs';
import { HARNESS, LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';

const LEAST_FILES = 80;
const MOST_MEMORY_MB = 400;

/** Runs in the page, in an engine of its own. */
async function kitInPage() {
  // @ts-expect-error The site's own address.
  const { createEngine } = await import('/pkg/index.js');
  const logo = await (await fetch('/fixtures/heron.png')).blob();
  const engine = await createEngine({ threads: 2 });
  const start = performance.now();
  const { widthPx, heightPx } = await engine.open(logo);
  const { items } = await engine.kit();
  const traced = performance.now();
  const zip = await engine.kitZip();
  const end = performance.now();
  const { variant, measures } = engine;
  engine.close();
  return {
    side: Math.max(widthPx, heightPx), files: items.length, threads: variant.threads, bytes: zip.byteLength,
    tookMs: end - start, zipMs: end - traced, memoryMb: measures.memoryBytes / 2 ** 20,
  };
}

test(`Chromium, two threads: every file, at most ${MOST_MEMORY_MB} MB`, async () => {
  const folders = { '/harness/': HARNESS, '/fixtures/': LOGOS };
  const [server, browser] = await Promise.all([serve({ isolated: true, folders }), launchChromium()]);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}harness/blank.html`);
    const { side, files, threads, bytes, tookMs, zipMs, memoryMb } = await page.evaluate(kitInPage);
    console.log(`  ${files} files, ${(bytes / 1e6).toFixed(1)} MB: ${Math.round(tookMs)} ms (${Math.round(zipMs)} ms of it the kit), ${Math.round(memoryMb)} MB`);
    assert.deepEqual([side, threads], [1024, 2]);
    assert(files >= LEAST_FILES, `${files} files`);
    assert(memoryMb <= MOST_MEMORY_MB, `${memoryMb} MB`);
  } finally {
    await browser.close();
    await server.close();
  }
});
