/** The examples of spreading `logopress batch`: what each machine would run is run here. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { LOGOS } from './fixtures.mjs';

const EXAMPLES = fileURLToPath(new URL('../../examples/scale/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
const FILES = ['in/a/heron.png', 'in/b/heron.png', 'in/loom.jpg', 'in/letter.png'];
/** @type {string} */
let folder;

const logopress = process.env.LOGOPRESS;
assert(logopress, 'Set LOGOPRESS to the path of the command line, or run cargo xtask test.');
const env = { ...process.env, PATH: dirname(logopress) + delimiter + process.env.PATH };

beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'run-'));
  for (const file of FILES.slice(0, 3)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(LOGOS + file.split('/').at(-1), join(folder, file));
  }
  writeFileSync(join(folder, 'in/letter.png'), 'Dear sir, please find our logo attached.');
  writeFileSync(join(folder, 'names.txt'), `${FILES.join('\n')}\n`);
});

after(() => rmSync(scratch, { recursive: true }));

/** The number of files of each status. @param {{ status: string }[]} lines */
function counts(lines) {
  /** @type {{ [status: string]: number }} */
  const counts = {};
  for (const { status } of lines) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** @param {string} text */
const parsed = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

test('GNU parallel', () => {
  const run = () => {
    try {
      return execFileSync('sh', [`${EXAMPLES}parallel.sh`, 'in', 'out'], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
    } catch (/** @type {any} */ failed) {
      // One of the files is bad.
      return failed.stdout;
    }
  };
  assert.deepEqual(counts(parsed(run())), { done: 3, failed: 1 });
  assert.deepEqual(counts(parsed(run())), { skipped: 3, failed: 1 });
});

test('a Kubernetes Indexed Job: every index does its share and no other', () => {
  const yaml = readFileSync(`${EXAMPLES}job.yaml`, 'utf8');
  const command = /\n {14}awk[\s\S]*?(?=\n {10}env:)/.exec(yaml)?.[0].replace('-v n=64', '-v n=3') ?? '';
  assert.match(command, /logopress batch/);
  mkdirSync(join(folder, 'lines'));
  for (const index of ['0', '1', '2']) execFileSync('sh', ['-e', '-c', command], { cwd: folder, env: { ...env, JOB_COMPLETION_INDEX: index }, stdio: 'pipe' });
  const lines = readdirSync(join(folder, 'lines')).flatMap((file) => parsed(readFileSync(join(folder, 'lines', file), 'utf8')));
  assert.deepEqual(lines.map(({ file }) => file).sort(), [...FILES].sort());
  assert.deepEqual(counts(lines), { done: 3, failed: 1 });
});

test('what a Spark worker runs', () => {
  const script = `import json, sys; sys.path.insert(0, ${JSON.stringify(EXAMPLES)}); sys.dont_write_bytecode = True
import spark; print(json.dumps(spark.batch(open('names.txt').read().split(), 'out')))`;
  const lines = JSON.parse(execFileSync('python3', ['-c', script], { cwd: folder, env, encoding: 'utf8' }));
  assert.deepEqual(counts(lines), { done: 3, failed: 1 });
});
