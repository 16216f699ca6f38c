/**
 * The package as others get it: packed, installed into empty projects, and used from Node, from a
 * page built by Vite, from a page without a bundler and from a worker.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

import { launchChromium } from './browsers.mjs';
import { LOGOS } from './fixtures.mjs';
import { serve } from './server.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PACKED = join(ROOT, 'target/package-npm');
/** Most that the packed package may weigh: both builds and the reader of PDF, each within its own budget. */
const MAX_PACKED_BYTES = 5_500_000;

const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
const project = join(scratch, 'project');
const HERON = `${LOGOS}heron.png`;

/** @type {string} */
let native;

/** @param {string} folder @param {string} program @param {string[]} args */
const run = (folder, program, ...args) => execFileSync(program, args, { cwd: folder, encoding: 'utf8' });

before(() => {
  const logopress = process.env.LOGOPRESS;
  assert(logopress, 'Set LOGOPRESS to the path of the command line, or run cargo xtask test.');
  run(ROOT, logopress, 'trace', HERON, '-o', join(scratch, 'native.svg'));
  native = readFileSync(join(scratch, 'native.svg'), 'utf8');

  const [archive] = readdirSync(PACKED).filter((name) => name.endsWith('.tgz'));
  assert(archive, 'Run cargo xtask package first.');
  for (const example of ['node', 'vite', 'plain']) cpSync(`${ROOT}examples/${example}`, join(project, example), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  run(project, 'npm', 'install', '--offline', '--no-audit', '--silent', join(PACKED, archive));
});

after(() => rmSync(scratch, { recursive: true }));

test('it holds what it needs and nothing else, and is light enough', () => {
  const folder = join(project, 'node_modules/logopress');
  const files = /** @type {string[]} */ (readdirSync(folder, { recursive: true })).filter((name) => statSync(join(folder, name)).isFile()).sort();
  const known = /^(?:(?:builds|cache|database|device|drawn|fault|host|index|load|measures|node|node-worker|protocol|queue|runner|worker)\.js|LICENSE-(?:MIT|APACHE)|README\.md|package\.json|types\/\w+\.d\.ts|(?:st|mt|pdf)\/logopress(?:\.js|\.d\.ts|_bg\.wasm|_bg\.wasm\.d\.ts)|mt\/snippets\/[\w/.-]+\.js)$/;
  assert.deepEqual(files.filter((name) => !known.test(name)), []);
  for (const name of ['st', 'mt', 'pdf'].map((build) => `${build}/logopress_bg.wasm`).concat('types/options.d.ts')) assert(files.includes(name), name);
  const [archive] = readdirSync(PACKED);
  const { size } = statSync(join(PACKED, archive));
  console.log(`  ${archive}: ${files.length} files, ${size} bytes`);
  assert(size < MAX_PACKED_BYTES, `${size} bytes`);
});

test('in Node it gives the command line’s bytes', () => {
  const said = run(join(project, 'node'), 'node', 'trace.js', HERON, 'out.svg');
  assert.equal(readFileSync(join(project, 'node/out.svg'), 'utf8'), native);
  assert(JSON.parse(said).inks.includes('#0f4c5c'));
});

test('in Node a page of a PDF gives the command line’s bytes', () => {
  const page = `${LOGOS}heron.pdf`;
  run(join(project, 'node'), 'node', 'trace.js', page, 'page.svg');
  run(project, process.env.LOGOPRESS ?? '', 'trace', page, '-o', 'page.svg');
  assert(readFileSync(join(project, 'node/page.svg')).equals(readFileSync(join(project, 'page.svg'))));
});

test('in Node the kit is the command line’s, byte for byte', () => {
  const script = `
    import { readFile, writeFile } from 'node:fs/promises';
    import { createEngine } from 'logopress';
    const engine = await createEngine();
    await engine.open(await readFile(${JSON.stringify(HERON)}));
    await writeFile('kit.zip', await engine.kitZip({}, { name: 'Heron' }));
    engine.close();`;
  writeFileSync(join(project, 'kit.js'), script);
  run(project, 'node', 'kit.js');
  run(project, process.env.LOGOPRESS ?? '', 'kit', HERON, '-o', 'native.zip', '--name', 'Heron');
  assert(readFileSync(join(project, 'kit.zip')).equals(readFileSync(join(project, 'native.zip'))));
});

test('in Node a bad file is explained, and the process ends', () => {
  const bad = join(scratch, 'letter.png');
  writeFileSync(bad, 'Dear sir, please find our logo attached.');
  assert.throws(() => execFileSync('node', ['trace.js', bad, 'x.svg'], { cwd: join(project, 'node'), stdio: 'pipe' }), (/** @type {any} */ fault) => {
    assert.equal(fault.status, 1);
    assert.match(String(fault.stderr), /letter\.png: .+/);
    return true;
  });
});

test('in Node a request can be taken back, and progress is told', () => {
  const script = `
    import { readFile } from 'node:fs/promises';
    import { createEngine, preload } from 'logopress';
    await preload();
    const engine = await createEngine();
    await engine.open(new Blob([await readFile(${JSON.stringify(HERON)})]));
    const stop = new AbortController();
    const stages = new Set();
    const onProgress = (stage) => { stages.add(stage); stop.abort(); };
    const name = await engine.trace({ min_area_px2: 9 }, { signal: stop.signal, onProgress }).catch((fault) => fault.name);
    console.log(JSON.stringify({ name, stages: [...stages], after: (await engine.svg()).length }));
    engine.close();`;
  writeFileSync(join(project, 'stop.js'), script);
  const { name, stages, after } = JSON.parse(run(project, 'node', 'stop.js'));
  assert.equal(name, 'AbortError');
  assert(stages.length > 0);
  assert.equal(after, native.length);
});

test('its types check a use of it, and refuse a wrong one', () => {
  const right = `
    import { createEngine } from 'logopress';
    import type { TraceOptions } from 'logopress/options';
    const trace: TraceOptions = { preset: 'logo', min_area_px2: 4 };
    const engine = await createEngine({ wasmUrl: { st: '/x.wasm' } });
    const bytes: Uint8Array = await engine.export('pdf', trace);
    console.log(bytes.length);`;
  const wrong = `${right}\nconst other: TraceOptions = { preset: 'doodle' }; console.log(other);`;
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const flags = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--lib', 'es2024,dom'];
  writeFileSync(join(project, 'right.mts'), right);
  writeFileSync(join(project, 'wrong.mts'), wrong);
  run(project, 'node', tsc, ...flags, 'right.mts');
  const wrongly = () => execFileSync('node', [tsc, ...flags, 'wrong.mts'], { cwd: project, stdio: 'pipe' });
  assert.throws(wrongly, (/** @type {any} */ fault) => /"doodle"/.test(String(fault.stdout)));
});

describe('In Chromium', () => {
  /** @type {Awaited<ReturnType<typeof launchChromium>>} */
  let browser;

  before(async () => {
    await build({ root: join(project, 'vite'), logLevel: 'error' });
    browser = await launchChromium();
  });

  after(() => browser.close());

  for (const { built, path } of [
    { built: 'built by Vite', path: 'vite/dist/' },
    { built: 'without a bundler', path: 'plain/' },
  ]) {
    for (const { isolated, variant } of [{ isolated: true, variant: 'mt' }, { isolated: false, variant: 'st' }]) {
      test(`a page ${built}, ${isolated ? 'isolated' : 'not isolated'}, runs ${variant}`, async () => {
        const server = await serve({ isolated, folders: { '/project/': `${project}/` } });
        const page = await browser.newPage();
        await page.goto(`${server.url}project/${path}`);
        await page.setInputFiles('input', HERON);
        await page.waitForSelector('img:not([hidden])');
        const said = await page.textContent('[role=status]');
        assert.match(said ?? '', new RegExp(`^${Buffer.byteLength(native)} bytes of SVG by ${variant} `));
        await page.close();
        await server.close();
      });
    }
  }

  test('a worker of the embedder’s can use it', async () => {
    const server = await serve({ isolated: true, folders: { '/project/': `${project}/` } });
    writeFileSync(join(project, 'asker.js'), `
      import { createEngine } from './node_modules/logopress/index.js';
      addEventListener('message', async ({ data }) => {
        const engine = await createEngine();
        await engine.open(data);
        postMessage(await engine.svg());
        engine.close();
      });`);
    const page = await browser.newPage();
    await page.goto(`${server.url}project/plain/`);
    const svg = await page.evaluate(async (bytes) => {
      const asker = new Worker('/project/asker.js', { type: 'module' });
      asker.postMessage(new Blob([new Uint8Array(bytes)]));
      return new Promise((resolve) => asker.addEventListener('message', ({ data }) => resolve(data)));
    }, [...readFileSync(HERON)]);
    assert.equal(svg, native);
    await page.close();
    await server.close();
  });
});
