/**
 * The package as an embedder uses it, from an empty page of the built site: which build runs where,
 * that every build gives the command line's bytes, and what a bad file does.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { launchChromium, launchFirefox, launchWebKit, launchWebKitSharing } from './browsers.mjs';
import { FORMATS } from '../../www/app/formats.js';
import { HARNESS, LOGOS, MARKS, badFiles, png } from './fixtures.mjs';
import { serve } from './server.mjs';

const FOLDERS = { '/harness/': HARNESS, '/fixtures/': LOGOS, '/marks/': MARKS };
const FILES = ['heron.png', 'loom.jpg', 'heron.pdf'];
/** Gradients, opacity and a spread, for the files of every kind. */
const MARK = 'stripes.svg';
const OPTIONS = {
  document: { title: 'Größe & Form', width_mm: 80 },
  cut: { cut_line: 'over' },
  page: { color_mode: 'spot', paper: 'a4', layers: true, output_intent: true },
};
/** A browser that was just installed takes its time to compile the engine on a busy machine. */
const PATIENT = { timeoutMs: 60_000 };

/**
 * What the command line writes: a file's trace as SVG, and the digest of the mark in each format.
 * @type {{ [file: string]: string }}
 */
const native = {};

before(() => {
  const logopress = process.env.LOGOPRESS;
  assert(logopress, 'Set LOGOPRESS to the path of the command line, or run cargo xtask test.');
  const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
  for (const file of FILES) {
    const out = join(scratch, `${file}.svg`);
    execFileSync(logopress, ['trace', LOGOS + file, '-o', out]);
    native[file] = readFileSync(out, 'utf8');
  }
  const flags = Object.entries(Object.assign({}, ...Object.values(OPTIONS))).map(
    ([name, value]) => `--${name.replaceAll('_', '-')}=${value === true ? 'on' : value}`,
  );
  for (const { format, suffix } of FORMATS) {
    const out = join(scratch, `mark.${suffix}`);
    execFileSync(logopress, ['trace', MARKS + MARK, '-o', out, ...flags]);
    native[format] = createHash('sha256').update(readFileSync(out)).digest('hex');
  }
  rmSync(scratch, { recursive: true });
});

/**
 * Runs in the page: traces each file in one engine, and exports the mark in every format.
 * @param {{ files: string[], mark: string, formats: string[], options: object, settings: object }} wanted
 */
async function makeInPage({ files, mark, formats, options, settings }) {
  // @ts-expect-error The site's own address.
  const { createEngine } = await import('/pkg/index.js');
  const engine = await createEngine(settings);
  /** @type {{ [file: string]: string }} */
  const svgs = {};
  for (const file of files) {
    await engine.open(await (await fetch(`/fixtures/${file}`)).blob());
    svgs[file] = await engine.svg();
  }
  /** @type {{ [format: string]: string }} */
  const digests = {};
  await engine.open(await (await fetch(`/marks/${mark}`)).blob());
  for (const format of formats) {
    const bytes = await engine.export(format, undefined, options);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    digests[format] = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  const { variant } = engine;
  engine.close();
  return { isolated: crossOriginIsolated, variant, svgs, digests };
}

const places = [
  { browser: 'Chromium', launch: launchChromium, isolated: true, variant: 'mt' },
  { browser: 'Chromium', launch: launchChromium, isolated: false, variant: 'st' },
  { browser: 'Firefox', launch: launchFirefox, isolated: true, variant: 'mt' },
  { browser: 'Firefox', launch: launchFirefox, isolated: false, variant: 'st' },
  { browser: 'WebKit', launch: launchWebKitSharing, isolated: true, variant: 'mt' },
  { browser: 'WebKit', launch: launchWebKitSharing, isolated: false, variant: 'st' },
  { browser: 'WebKit without shared memory', launch: launchWebKit, isolated: true, variant: 'st' },
];

for (const { browser: name, launch, isolated, variant } of places) {
  test(`${name}, ${isolated ? 'isolated' : 'not isolated'}: ${variant} gives the command line’s bytes`, async () => {
    const [server, browser] = await Promise.all([serve({ isolated, folders: FOLDERS }), launch()]);
    try {
      const page = /** @type {import('./browsers.mjs').Page} */ (await browser.newPage());
      await page.goto(`${server.url}harness/blank.html`);
      const formats = FORMATS.map(({ format }) => format);
      const wanted = { files: FILES, mark: MARK, formats, options: OPTIONS, settings: PATIENT };
      const made = await page.evaluate(makeInPage, wanted);
      assert.equal(made.isolated, isolated);
      assert.equal(made.variant.name, variant, made.variant.why);
      assert.equal(made.variant.threads > 1, variant === 'mt');
      for (const file of FILES) assert.equal(made.svgs[file], native[file], file);
      for (const format of formats) assert.equal(made.digests[format], native[format], format);
    } finally {
      await browser.close();
      await server.close();
    }
  });
}

describe('In Chromium', () => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  /** @type {Awaited<ReturnType<typeof launchChromium>>} */
  let browser;
  /** @type {import('playwright-core').Page} */
  let page;

  before(async () => {
    const fakes = ['no-start', 'no-load', 'trap', 'always-trap', 'thread-panic', 'hang'];
    const folders = Object.fromEntries(fakes.map((fake) => [`/fake/${fake}/`, `${HARNESS}fake/`]));
    server = await serve({ isolated: true, folders: { ...FOLDERS, ...folders } });
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`${server.url}harness/blank.html`);
    await page.evaluate(async () => {
      // @ts-expect-error The site's own address.
      const package_ = await import('/pkg/index.js');
      const heron = await (await fetch('/fixtures/heron.png')).blob();
      Object.assign(globalThis, { ...package_, heron });
    });
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  test('a bad file says what is wrong with it, and the logo before it stays open', async () => {
    const files = await badFiles();
    const given = files.map(({ bytes }) => [...bytes]);
    const { before, faults, after, workers } = await page.evaluate(async (given) => {
      const { createEngine, LogopressError, heron } = /** @type {any} */ (globalThis);
      let workers = 0;
      const Original = Worker;
      globalThis.Worker = class extends Original {
        /** @param {ConstructorParameters<typeof Original>} args */
        constructor(...args) {
          super(...args);
          workers += 1;
        }
      };
      const engine = await createEngine();
      globalThis.Worker = Original;
      await engine.open(heron);
      const before = await engine.svg();
      const faults = [];
      for (const bytes of given) {
        const fault = await engine.open(new Uint8Array(bytes)).catch((/** @type {any} */ e) => e);
        const { code, message, advice } = fault;
        faults.push({ code, message, advice, known: fault instanceof LogopressError });
      }
      const after = await engine.svg();
      engine.close();
      return { before, faults, after, workers };
    }, given);
    assert.deepEqual(faults.map(({ code }) => code), files.map(({ code }) => code));
    assert(faults.every(({ known, advice }) => known && advice));
    assert.equal(new Set(faults.map(({ message }) => message)).size, files.length);
    assert.equal(after, before);
    assert.equal(workers, 1, 'the worker survives');
  });

  test('a picture of one pixel is a picture', async () => {
    const bytes = [...png({ width: 1, height: 1, rgba: [200, 30, 60, 255] })];
    const svg = await page.evaluate(async (bytes) => {
      const engine = await /** @type {any} */ (globalThis).createEngine();
      await engine.open(new Uint8Array(bytes));
      return engine.svg();
    }, bytes);
    assert.match(svg, /#c81e3c/i);
  });

  test('options are named, listed and checked', async () => {
    const { specs, defaults, faults } = await page.evaluate(async () => {
      const { createEngine, heron } = /** @type {any} */ (globalThis);
      const engine = await createEngine({ threads: 'never' });
      await engine.open(heron);
      const wrong = [{ min_area_px2: -1 }, { corner_deg: 'sharp' }, { preset: 'doodle' }, { wobble: 1 }];
      const faults = [];
      for (const options of wrong) {
        faults.push(await engine.svg(options).catch((/** @type {any} */ fault) => fault.code));
      }
      return { specs: engine.specs, defaults: engine.defaults, faults };
    });
    assert.deepEqual(faults, ['option', 'option', 'option', 'unknown-option']);
    for (const [group, list] of Object.entries(specs)) {
      const names = /** @type {{ name: string }[]} */ (list).map(({ name }) => name);
      assert.deepEqual(Object.keys(defaults[group]), names);
    }
  });

  test('a request can be taken back, and the logo stays open', async () => {
    const { running, queued, first, again, order } = await page.evaluate(async () => {
      const { createEngine, heron } = /** @type {any} */ (globalThis);
      const engine = await createEngine();
      await engine.open(heron);
      const first = await engine.svg();
      const [stop, drop] = [new AbortController(), new AbortController()];
      /** @type {string[]} */
      const order = [];
      const name = (/** @type {any} */ fault) => fault.name;
      const busy = engine.svg({ min_area_px2: 9 }, undefined, { signal: stop.signal, onProgress: () => stop.abort() });
      const waiting = engine.trace(undefined, { signal: drop.signal });
      busy.catch(() => order.push('running'));
      waiting.catch(() => order.push('queued'));
      drop.abort();
      const [running, queued] = await Promise.all([busy.catch(name), waiting.catch(name)]);
      return { running, queued, first, again: await engine.svg(), order };
    });
    assert.equal(running, 'AbortError');
    assert.equal(queued, 'AbortError');
    assert.deepEqual(order, ['queued', 'running'], 'what waits need not wait to be dropped');
    assert.equal(again, first);
  });

  test('progress comes with the stage’s name', async () => {
    const reports = await page.evaluate(async () => {
      const { createEngine, heron } = /** @type {any} */ (globalThis);
      const engine = await createEngine();
      /** @type {[string, string, number][]} */
      const reports = [];
      const onProgress = (/** @type {[string, string, number]} */ ...report) => reports.push(report);
      await engine.open(heron, { onProgress });
      await engine.svg(undefined, undefined, { onProgress });
      return reports;
    });
    assert.equal(reports[0][0], 'decode');
    assert.equal(reports.at(-1)?.[0], 'export');
    assert(reports.every(([, label, fraction]) => label && fraction >= 0 && fraction <= 1));
  });

  test('warming up leaves the open logo as it is', async () => {
    const svg = await page.evaluate(async () => {
      const { createEngine, heron } = /** @type {any} */ (globalThis);
      const engine = await createEngine();
      await engine.warmUp();
      await engine.open(heron);
      await engine.warmUp();
      const made = await engine.svg();
      engine.close();
      return made;
    });
    assert.equal(svg, native['heron.png']);
  });

  test('pixels are the picture’s own', async () => {
    const { widthPx, heightPx, corner, centre } = await page.evaluate(async () => {
      const { createEngine, heron } = /** @type {any} */ (globalThis);
      const engine = await createEngine();
      await engine.open(heron);
      const { widthPx, heightPx, data } = await engine.pixels();
      const image = new ImageData(data, widthPx, heightPx);
      const at = (/** @type {number} */ x, /** @type {number} */ y) =>
        [...image.data.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 4)];
      return { widthPx, heightPx, corner: at(0, 0), centre: at(200, 512) };
    });
    assert.deepEqual([widthPx, heightPx], [1024, 1024]);
    assert.equal(corner[3], 0);
    assert.deepEqual(centre, [0x0f, 0x4c, 0x5c, 255]);
  });

  for (const { fake, why } of [
    { fake: 'no-start', why: /in time/ },
    { fake: 'trap', why: /unreachable/ },
    { fake: 'thread-panic', why: /panicked at/ },
    { fake: 'hang', why: /took longer than 0\.3 s/ },
  ]) {
    test(`where threads fail (${fake}) the work is done without them`, async () => {
      const { svg, variant } = await page.evaluate(async (fake) => {
        const { createEngine } = /** @type {any} */ (globalThis);
        const baseUrl = new URL(`/fake/${fake}/`, location.href);
        const engine = await createEngine({ baseUrl, timeoutMs: 300, stageTimeoutMs: 300 });
        return { svg: await engine.svg(), variant: engine.variant };
      }, fake);
      assert.equal(svg, `svg by ${fake}`);
      assert.equal(variant.name, 'st');
      assert.match(variant.why, why);
    });
  }

  test('threads that fail once get another chance, those that fail again are left alone', async () => {
    const { first, second, third } = await page.evaluate(async () => {
      const { createEngine } = /** @type {any} */ (globalThis);
      const engine = await createEngine({ baseUrl: new URL('/fake/trap/', location.href) });
      const look = () => ({ name: engine.variant.name, givenUp: engine.threadsGivenUp });
      const stopWorker = () => {
        const stop = new AbortController();
        const gone = engine.svg(undefined, undefined, { signal: stop.signal }).catch(() => {});
        return new Promise((resolve) => setTimeout(resolve)).then(() => stop.abort()).then(() => gone);
      };
      await engine.svg();
      const first = look();
      await stopWorker();
      await engine.svg();
      const second = look();
      await stopWorker();
      await engine.svg();
      return { first, second, third: { ...look(), why: engine.variant.why } };
    });
    assert.deepEqual(first, { name: 'st', givenUp: false });
    assert.deepEqual(second, { name: 'st', givenUp: true });
    assert.deepEqual(third.name, 'st');
  });

  test('a worker that dies in silence is noticed, and its work done by another', async () => {
    const { svg, expected, tookMs, broke } = await page.evaluate(async () => {
      const { createEngine, heron } = /** @type {any} */ (globalThis);
      /** @type {Worker[]} */
      const workers = [];
      const Original = Worker;
      globalThis.Worker = class extends Original {
        /** @param {ConstructorParameters<typeof Original>} args */
        constructor(...args) {
          super(...args);
          workers.push(this);
        }
      };
      const engine = await createEngine();
      await engine.open(heron);
      const expected = await engine.svg();
      const work = engine.svg({ min_area_px2: 4 });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const start = performance.now();
      workers[0].terminate();
      await work;
      const tookMs = performance.now() - start;
      globalThis.Worker = Original;
      const svg = await engine.svg();
      const { journal } = engine.measures;
      engine.close();
      return { svg, expected, tookMs, broke: journal.filter((/** @type {any} */ { event }) => event === 'worker broke') };
    });
    assert.equal(svg, expected);
    assert.equal(broke.length, 1);
    assert.match(broke[0].why, /gone/);
    // Far less than the time that a stage may take.
    assert(tookMs < 20_000, `${tookMs} ms`);
  });

  for (const fake of ['no-load', 'always-trap', 'missing']) {
    test(`what cannot be done at all (${fake}) is said`, async () => {
      const fault = await page.evaluate(async (fake) => {
        const { createEngine } = /** @type {any} */ (globalThis);
        const baseUrl = new URL(`/fake/${fake}/`, location.href);
        const work = createEngine({ baseUrl }).then((/** @type {any} */ engine) => engine.svg());
        return work.catch((/** @type {any} */ { code, message, advice }) => ({ code, message, advice }));
      }, fake);
      assert.equal(fault.code, 'crashed');
      assert(fault.message && fault.advice);
    });
  }
});
