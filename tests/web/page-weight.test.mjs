/** What the page costs before a file is dropped, and whether it answers while a large one is traced. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { app, startEngine } from './app.mjs';
import { logo } from './fixtures.mjs';

const SHELL_BYTES = 60_000;
/** So long after the last request somebody would have to be waiting for more. */
const LATER_MS = 5000;
const SIDE_PX = 4096;
/** From a key to the next frame. */
const ANSWER_MS = 100;
/** Other programs may take the processor for a moment; not every time. */
const TRIES = 4;
const IDLE_PRESSES = 20;
const LOGOS = 200;

const site = app({ isolated: true });

async function open() {
  const page = await site.blank({ viewport: { width: 1440, height: 900 } });
  await page.goto(site.url);
  await startEngine(page);
  return page;
}

test(`before anybody moves, the page has asked for at most ${SHELL_BYTES} bytes, and not for the engine`, async () => {
  const page = await site.blank();
  /** @type {import('playwright-core').Response[]} */
  const shell = [];
  page.on('response', (response) => shell.push(response));
  await page.goto(site.url, { waitUntil: 'networkidle' });
  // What comes with a delay is counted, too.
  await page.waitForTimeout(LATER_MS);
  const asked = shell.filter((response) => !response.request().serviceWorker());
  const bodies = await Promise.all(asked.map((response) => response.body().catch(() => Buffer.alloc(0))));
  const total = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
  console.log(`  ${asked.length} files, ${total} bytes`);
  assert(asked.length > 20, 'the shell was seen');
  assert(total <= SHELL_BYTES, `${total} bytes`);
  assert.deepEqual(asked.map((response) => response.url()).filter((url) => /\/pkg\/|\.wasm/.test(url)), []);
  await startEngine(page);
  await page.close();
});

/**
 * How long the slowest key took, from the press to the next frame, while a large logo was traced, and
 * how long before, while nothing else went on: what the machine itself takes.
 */
async function slowestAnswers() {
  const page = await open();
  const png = [...await logo('heron.png')];
  await page.evaluate(async ({ png, side }) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(png)]));
    const canvas = new OffscreenCanvas(side, side);
    canvas.getContext('2d')?.drawImage(image, 0, 0, side, side);
    Reflect.set(window, 'large', new File([await canvas.convertToBlob()], 'large.png'));
    /** @type {Record<string, number[]>} */
    const answers = { empty: [], working: [] };
    Reflect.set(window, 'answers', answers);
    addEventListener('keydown', ({ timeStamp }) => {
      const state = document.documentElement.dataset.state ?? '';
      requestAnimationFrame(() => setTimeout(() => answers[state]?.push(performance.now() - timeStamp)));
    });
  }, { png, side: SIDE_PX });
  for (let presses = 0; presses < IDLE_PRESSES; presses += 1) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(30);
  }
  await page.evaluate(() => {
    const detail = [Reflect.get(window, 'large')];
    document.querySelector('drop-zone')?.dispatchEvent(new CustomEvent('files', { bubbles: true, detail }));
  });
  while (await page.evaluate(() => document.documentElement.dataset.state !== 'ready')) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(30);
  }
  /** @type {Record<string, number[]>} */
  const { empty, working } = await page.evaluate(() => Reflect.get(window, 'answers'));
  await page.close();
  assert(empty.length > 3 && working.length > 3, 'keys were pressed before and while it was traced');
  return { idle: Math.max(...empty), working: Math.max(...working) };
}

test(`while ${SIDE_PX} px are traced, a key is answered within ${ANSWER_MS} ms`, async () => {
  const slowest = [];
  do {
    const { idle, working } = await slowestAnswers();
    console.log(`  idle ${Math.round(idle)} ms, working ${Math.round(working)} ms`);
    slowest.push(working);
  } while (Math.min(...slowest) > ANSWER_MS && slowest.length < TRIES);
  assert(Math.min(...slowest) <= ANSWER_MS, `${slowest} ms`);
});

test(`a batch of ${LOGOS} logos comes through, and the page answers`, async () => {
  const page = await open();
  await page.evaluate(async ({ count }) => {
    const files = await Promise.all(Array.from({ length: count }, async (_, n) => {
      const canvas = new OffscreenCanvas(96, 96);
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.fillStyle = `hsl(${n * 7} 80% 40%)`;
      pen.arc(48, 48, 20 + n / 10, 0, 7);
      pen.fill();
      return new File([await canvas.convertToBlob()], `logo ${n}.png`);
    }));
    document.querySelector('drop-zone')?.dispatchEvent(new CustomEvent('files', { bubbles: true, detail: files }));
  }, { count: LOGOS });
  await page.waitForFunction((count) => document.querySelectorAll('batch-list li.done').length === count, LOGOS, { timeout: 240_000 });
  const answer = await page.evaluate(() => new Promise((resolve) => {
    const start = performance.now();
    document.querySelector('[data-action=outline]')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
  }));
  assert(Number(answer) < 500, `${answer} ms`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-action=batchZip]').click()]);
  assert.equal(download.suggestedFilename(), 'logos.zip');
  await page.close();
});
