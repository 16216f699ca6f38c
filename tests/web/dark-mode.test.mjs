/**
 * SVG files with colours for dark mode, as Chromium shows them: by day as without, by night with the
 * same shapes in colours that can be seen.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launchChromium, program } from './browsers.mjs';
import { LOGOS, MARKS } from './fixtures.mjs';

const SIDE = 256;
/** A colour with less than this share of the picture is an edge's. */
const LEAST_SHARE = 0.002;
/** Of 255: Chromium's own, from shape to shape. */
const ROUNDING = 2;
/** WCAG 2.2, 1.4.11, on what browsers show in dark mode. */
const LEAST_CONTRAST = 3;
const DARK_GROUND = [18, 18, 18];
/** Behind the pictures: a colour that no logo has, so that art and ground stay apart. */
const GROUND = [254, 1, 253];

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'light' | 'dark'} Scheme */

const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
/** @type {Awaited<ReturnType<typeof launchChromium>>} */
let browser;
before(async () => {
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  rmSync(scratch, { recursive: true });
});

/**
 * A logo as an SVG file of the command line.
 * @param {string} logo
 * @param {...string} options
 */
function svg(logo, ...options) {
  const out = join(scratch, 'logo.svg');
  execFileSync(program('LOGOPRESS'), ['trace', logo, '-o', out, ...options]);
  return readFileSync(out, 'utf8');
}

/**
 * What Chromium shows of a document on a ground, as RGBA.
 * @param {Scheme} colorScheme
 * @param {string} body
 */
async function picture(colorScheme, body) {
  const page = await browser.newPage({ colorScheme, viewport: { width: SIDE, height: SIDE } });
  await page.setContent(`<!doctype html><meta name="color-scheme" content="light dark">
    <style>body { margin: 0; background: rgb(${GROUND}) } body > * { display: block; width: ${SIDE}px; height: ${SIDE}px }</style>${body}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  const png = [...await page.screenshot()];
  const pixels = await page.evaluate(async (png) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(png)]));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    pen?.drawImage(bitmap, 0, 0);
    return [...pen?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? []];
  }, png);
  await page.close();
  return Array.from({ length: pixels.length / 4 }, (_, i) => pixels.slice(i * 4, i * 4 + 3).join());
}

/** @param {string} file */
const asImage = (file) => `<img alt="" src="data:image/svg+xml;base64,${Buffer.from(file).toString('base64')}">`;

/** @param {number[]} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} a @param {string} b */
const alike = (a, b) => a.split(',').every((channel, at) => Math.abs(Number(channel) - Number(b.split(',')[at])) <= ROUNDING);

/** The colours of a picture that are more than edges, most used first. @param {string[]} pixels */
function flats(pixels) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const found = [...counts].filter(([, count]) => count >= LEAST_SHARE * pixels.length).sort(([, a], [, b]) => b - a);
  return found.map(([color]) => color).filter((color, at, all) => !all.slice(0, at).some((other) => alike(color, other)));
}

for (const logo of [`${LOGOS}heron.svg`, `${LOGOS}loom.svg`, `${MARKS}harbour.svg`, `${MARKS}icons/bulb.svg`]) {
  test(`${logo.split('/').at(-1)} in light and dark`, async () => {
    const plain = svg(logo, '--title', 'Logo');
    const dark = svg(logo, '--title', 'Logo', '--dark-mode=on');
    assert(dark.includes('prefers-color-scheme') && !plain.includes('prefers-color-scheme'));
    const day = await picture('light', asImage(plain));
    assert.deepEqual(await picture('light', asImage(dark)), day, 'by day nothing is different');
    const night = await picture('dark', asImage(dark));
    assert.deepEqual(await picture('dark', dark), night, 'inside a page it is the same');
    // One colour of the day is one of the night: the shapes are the same.
    const before = flats(day);
    const becomes = before.map((color) => flats(night.filter((_, at) => day[at] === color)));
    assert.deepEqual(becomes.map((colors) => colors.length), before.map(() => 1), `${before} became ${JSON.stringify(becomes)}`);
    assert(before.some((color, at) => becomes[at][0] !== color), 'something changes');
    assert(before.every((color, at) => color !== GROUND.join() || becomes[at][0] === color), 'the ground does not');
    // Chromatic colours stand out by themselves; greys may lie in others.
    for (const [color] of becomes) {
      const rgb = color.split(',').map(Number);
      if (Math.max(...rgb) - Math.min(...rgb) < 24 || color === GROUND.join()) continue;
      const contrast = (luminance(rgb) + 0.05) / (luminance(DARK_GROUND) + 0.05);
      assert(contrast >= LEAST_CONTRAST * 0.98, `${color}: ${contrast}`);
    }
  });
}
