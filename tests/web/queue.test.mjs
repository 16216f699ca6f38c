/** Whose turn it is: priorities, lanes, limits, and that what is taken back frees its place at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { slots } from '../../pkg/device.js';
import { createEngine } from '../../pkg/node.js';
import { Lane, Queue, computing } from '../../pkg/queue.js';
import { logo } from './fixtures.mjs';

/** From the request to a free place. */
const CANCEL_MS = 50;

/** A job that ends when it is told to. @param {string[]} log @param {string} name */
function job(log, name) {
  const { promise, resolve } = deferred();
  const work = async () => {
    log.push(name);
    await promise;
  };
  return { work, end: () => resolve(undefined) };
}

function deferred() {
  /** @type {(value: unknown) => void} */
  let resolve = () => {};
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 5));

test('the more urgent goes first, and equals in the order they came', async () => {
  const queue = new Queue({ slots: 1 });
  /** @type {string[]} */
  const log = [];
  const first = job(log, 'first');
  const all = [queue.run(first.work, { priority: 'preview' })];
  for (const priority of /** @type {const} */ (['hidden', 'export', 'visible', 'export', 'preview'])) {
    all.push(queue.run(async () => void log.push(priority), { priority }));
  }
  first.end();
  await Promise.all(all);
  assert.deepEqual(log, ['first', 'preview', 'visible', 'export', 'export', 'hidden']);
});

test('what is less urgent holds nobody up, and takes no more than its places', async () => {
  const queue = new Queue({ slots: 2 });
  /** @type {string[]} */
  const log = [];
  const jobs = ['a', 'b', 'c'].map((name) => job(log, name));
  const running = jobs.map(({ work }) => queue.run(work, { priority: 'hidden' }));
  await rest();
  assert.deepEqual(log, ['a', 'b']);
  await queue.run(async () => void log.push('seen'), { priority: 'visible' });
  assert.deepEqual(log, ['a', 'b', 'seen'], 'at once, though both places are taken');
  queue.slots = 3;
  await rest();
  assert.deepEqual(log, ['a', 'b', 'seen', 'c'], 'a device that has more to give gives it at once');
  for (const { end } of jobs) end();
  await Promise.all(running);
});

test('a lane does one thing at a time, and nothing overtakes an open', async () => {
  const queue = new Queue({ slots: 4 });
  const lane = new Lane();
  /** @type {string[]} */
  const log = [];
  const first = job(log, 'trace 1');
  const all = [queue.run(first.work, { lane })];
  const put = (/** @type {string} */ name, /** @type {import('../../pkg/queue.js').Priority} */ priority, open = false) =>
    all.push(queue.run(async () => void log.push(name), { lane, priority, open }));
  put('export 1', 'export');
  put('open 2', 'hidden', true);
  put('export 2', 'export');
  put('preview 2', 'preview');
  await rest();
  assert.deepEqual(log, ['trace 1']);
  first.end();
  await Promise.all(all);
  assert.deepEqual(log, ['trace 1', 'export 1', 'open 2', 'preview 2', 'export 2']);
});

test('more than may wait is refused, and said', async () => {
  const queue = new Queue({ slots: 1, most: 2 });
  const busy = job([], 'busy');
  const all = [queue.run(busy.work), queue.run(async () => {}), queue.run(async () => {})];
  await assert.rejects(queue.run(async () => {}), { code: 'busy' });
  busy.end();
  await Promise.all(all);
  await queue.run(async () => {});
});

test('what is taken back before its turn never begins', async () => {
  const queue = new Queue({ slots: 1 });
  /** @type {string[]} */
  const log = [];
  const busy = job(log, 'busy');
  const stop = new AbortController();
  const running = queue.run(busy.work);
  const waiting = queue.run(async () => void log.push('never'), { signal: stop.signal });
  stop.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  assert.equal(queue.waiting, 0);
  busy.end();
  await running;
  assert.deepEqual(log, ['busy']);
});

test('a job that fails frees its place', async () => {
  const queue = new Queue({ slots: 1 });
  await assert.rejects(queue.run(() => Promise.reject(new Error('no'))), /no/);
  assert.equal(queue.running, 0);
  assert.equal(await queue.run(async () => 'yes'), 'yes');
});

test('how much a device can do', () => {
  assert.equal(slots({ cores: 8, memoryGib: 8 }), 7, 'one core is the page’s');
  assert.equal(slots({ cores: 8, memoryGib: 2 }), 2, 'memory is what is short');
  assert.equal(slots({ cores: 64, memoryGib: 64 }), 8);
  assert.equal(slots({ cores: 8, memoryGib: 8, saving: true }), 1);
  assert.equal(slots({ cores: 1, memoryGib: 0.25 }), 1);
  assert.equal(slots({}), 1);
});

test(`work under way is taken back within ${CANCEL_MS} ms, and its place is free`, async () => {
  const before = computing.slots;
  computing.slots = 1;
  const [busy, other] = await Promise.all([createEngine(), createEngine()]);
  try {
    const bytes = await logo('heron.png');
    await busy.open(bytes);
    await other.open(bytes);
    const took = [];
    for (let round = 0; round < 5; round += 1) {
      const stop = new AbortController();
      const begun = deferred();
      const work = busy.trace({ min_area_px2: 10 + round }, { signal: stop.signal, onProgress: begun.resolve });
      await begun.promise;
      let next = Infinity;
      // The one place is taken; this one starts in it.
      const waiting = other.trace(undefined, { onProgress: () => (next = Math.min(next, performance.now())) });
      await rest();
      assert.equal(next, Infinity);
      const start = performance.now();
      stop.abort();
      await assert.rejects(work, { name: 'AbortError' });
      const answered = performance.now() - start;
      assert.equal(computing.running, 1, 'the other one');
      await waiting;
      took.push(answered);
      assert(answered <= CANCEL_MS, `${answered} ms`);
    }
    console.log(`  at most ${Math.max(...took).toFixed(1)} ms`);
  } finally {
    busy.close();
    other.close();
    computing.slots = before;
  }
});
