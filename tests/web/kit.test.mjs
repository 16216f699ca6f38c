/**
 * The brand kit from the package: the command line's own zip in every build, each file as soon as it is
 * made, and a check of what comes out.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { launchChromium, program } from './browsers.mjs';
import { HARNESS, LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';

const FOLDERS = { '/harness/': HARNESS, '/fixtures/': LOGOS };
const OPTIONS = { name: 'Café Heron', versions: false, social: false };

/** @param {NodeJS.ArrayBufferView} bytes */
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The command line's zip. */
let native = '';

before(() => {
  const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
  const out = join(scratch, 'kit.zip');
  const kit = ['--name', OPTIONS.name, '--versions=off', '--social=off'];
  execFileSync(program('LOGOPRESS'), ['kit', `${LOGOS}heron.png`, '-o', out, ...kit], { stdio: 'ignore' });
  native = hash(readFileSync(out));
  rmSync(scratch, { recursive: true });
});

/**
 * Runs in the page: makes the kit at once, and from files that were made one by one.
 * @param {import('../../pkg/protocol.js').Options} options
 */
async function kitInPage(options) {
  // @ts-expect-error The site's own address.
  const { createEngine } = await import('/pkg/index.js');
  const engine = await createEngine();
  await engine.open(await (await fetch('/fixtures/heron.png')).blob());
  const plan = await engine.kit(undefined, options);
  /** @type {string[]} */
  const heard = [];
  const files = await engine.kitFiles(undefined, options, { onFile: (/** @type {string} */ name) => heard.push(name) });
  const zips = [await engine.kitZip(undefined, options), await engine.kitZip(undefined, options, { files })];
  const hashes = await Promise.all(zips.map(async (zip) => {
    const digest = await crypto.subtle.digest('SHA-256', zip);
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }));
  const icon = await engine.kitFile('web/favicon.ico', undefined, options);
  const one = files.find((/** @type {{ name: string }} */ { name }) => name === 'web/favicon.ico')?.bytes;
  const findings = await engine.checkSite(new Blob([zips[0]]));
  const { variant } = engine;
  engine.close();
  return { plan, heard, hashes, sameIcon: String(icon) === String(one), findings, variant: variant.name };
}

for (const isolated of [true, false]) {
  test(`Chromium, ${isolated ? 'isolated' : 'not isolated'}: the kit is the command line’s own`, async () => {
    const [server, browser] = await Promise.all([serve({ isolated, folders: FOLDERS }), launchChromium()]);
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}harness/blank.html`);
      const { plan, heard, hashes, sameIcon, findings, variant } = await page.evaluate(kitInPage, OPTIONS);
      assert.equal(variant, isolated ? 'mt' : 'st');
      assert.deepEqual(hashes, [native, native]);
      assert.deepEqual([...heard].sort(), plan.items.map((/** @type {{ path: string }} */ { path }) => path).sort());
      assert(sameIcon);
      assert.deepEqual(findings, []);
      assert(plan.socialTable.length > 40 && /^#[\da-f]{6}$/.test(plan.brandColor));
    } finally {
      await browser.close();
      await server.close();
    }
  });
}
