/** Results that are kept: for how long, how many, whose, and what a spoilt one is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ResultCache } from '../../pkg/cache.js';
import { createEngine } from '../../pkg/node.js';
import { logo } from './fixtures.mjs';

const HOUR_MS = 60 * 60 * 1000;

/** A table in memory; `broken` makes every use of it fail. */
class Table extends Map {
  broken = false;

  /** @template T @param {() => T} use */
  async #use(use) {
    if (this.broken) throw new Error('storage is refused');
    return use();
  }

  /** @param {string} key @returns {any} */
  get(key) {
    return this.#use(() => structuredClone(super.get(key)));
  }

  /** @param {string} key @param {unknown} value */
  put(key, value) {
    return this.#use(() => super.set(key, structuredClone(value)));
  }

  /** @param {string} key @returns {any} */
  delete(key) {
    return this.#use(() => super.delete(key));
  }

  /** @returns {any} */
  clear() {
    return this.#use(() => super.clear());
  }

  /** @returns {any} */
  entries() {
    return this.#use(() => [...super.entries()]);
  }
}

/** A cache whose clock and tables the test holds. @param {number} [mostBytes] */
function setUp(mostBytes) {
  const clock = { at: 1_000_000 };
  const [entries, sizes] = [new Table(), new Table()];
  const cache = new ResultCache({ entries, sizes, now: () => clock.at, mostBytes });
  /** @param {string} key */
  const outcome = async (key) => (await cache.get(key)).outcome;
  return { cache, clock, entries, sizes, outcome };
}

const bytes = (/** @type {number} */ length) => new Uint8Array(length).fill(7);

test('what was put in comes out, bytes and all, and is nobody else’s', async () => {
  const { cache } = setUp();
  const value = { inks: ['#0f4c5c'], files: [{ name: 'a', bytes: bytes(9) }] };
  await cache.put('key', value);
  value.inks.push('#ffffff');
  const found = await cache.get('key');
  assert.deepEqual(found, { outcome: 'hit', value: { inks: ['#0f4c5c'], files: [{ name: 'a', bytes: bytes(9) }] } });
});

test('an entry is good for 24 hours from when it was made, however often it is used', async () => {
  const { cache, clock, entries, outcome } = setUp();
  await cache.put('key', 'value');
  for (let hour = 0; hour < 23; hour += 1) {
    clock.at += HOUR_MS;
    assert.equal(await outcome('key'), 'hit');
  }
  clock.at += HOUR_MS - 1;
  assert.equal(await outcome('key'), 'hit', 'a millisecond before');
  clock.at += 1;
  assert.equal(await outcome('key'), 'expired');
  assert.equal(entries.size, 0);
  assert.equal(await outcome('key'), 'miss');
});

test('an entry from the future, by a clock that was set back, has expired', async () => {
  const { cache, clock, outcome } = setUp();
  await cache.put('key', 'value');
  clock.at -= 1;
  assert.equal(await outcome('key'), 'expired');
});

test('where there is no more room, the one used longest ago goes', async () => {
  const { cache, clock, outcome } = setUp(400);
  for (const key of ['a', 'b', 'c', 'd']) {
    clock.at += 1;
    await cache.put(key, bytes(80));
  }
  clock.at += 1;
  assert.equal(await outcome('a'), 'hit');
  clock.at += 1;
  await cache.put('e', bytes(80));
  assert(await cache.bytes() <= 400);
  assert.equal(await outcome('b'), 'miss');
  for (const key of ['a', 'c', 'd', 'e']) assert.equal(await outcome(key), 'hit', key);
});

test('what is too large for all others to stay is not kept', async () => {
  const { cache, outcome } = setUp(400);
  await cache.put('small', bytes(80));
  await cache.put('large', bytes(200));
  assert.equal(await outcome('large'), 'miss');
  assert.equal(await outcome('small'), 'hit');
});

test('a changed or cut entry is no hit, and goes', async () => {
  const { cache, entries, outcome } = setUp();
  const spoil = {
    changed: (/** @type {any} */ entry) => ({ ...entry, value: bytes(80).fill(8) }),
    cut: (/** @type {any} */ entry) => ({ ...entry, value: entry.value.subarray(0, 40) }),
    empty: (/** @type {any} */ entry) => ({ ...entry, value: undefined }),
    foreign: () => ({}),
  };
  for (const [name, change] of Object.entries(spoil)) {
    await cache.put(name, bytes(80));
    await entries.put(name, change(await entries.get(name)));
    assert.notEqual(await outcome(name), 'hit', name);
    assert.equal(await outcome(name), 'miss', name);
  }
});

test('where storage is refused, everything is a miss and nothing fails', async () => {
  const { cache, entries, sizes, outcome } = setUp();
  entries.broken = sizes.broken = true;
  await cache.put('key', 'value');
  assert.equal(await outcome('key'), 'miss');
  await cache.clear();
});

test('full storage leaves nothing behind', async () => {
  const { cache, entries, outcome } = setUp();
  entries.broken = true;
  await cache.put('key', 'value');
  entries.broken = false;
  assert.equal(await outcome('key'), 'miss');
  assert.equal(await cache.bytes(), 0);
});

test('what is kept is found by the next cache on the same tables', async () => {
  const { cache, entries, sizes } = setUp();
  await cache.put('key', 'value');
  const next = new ResultCache({ entries, sizes, now: () => 1_000_001 });
  assert.equal(await next.bytes(), await cache.bytes());
  assert.equal((await next.get('key')).value, 'value');
});

test('an engine finds its answers again: by the logo’s bytes and everything asked', async () => {
  const { cache } = setUp();
  const [heron, loom] = await Promise.all(['heron.png', 'loom.jpg'].map(logo));
  const first = await createEngine({ cache });
  await first.open(heron);
  const svg = await first.svg();
  const { inks } = await first.trace();
  assert.deepEqual(first.measures.cache, { hit: 0, miss: 2, expired: 0, corrupt: 0 });
  first.close();

  const second = await createEngine({ cache });
  // Other bytes of the same content.
  await second.open(new Blob([heron.subarray(0, 99), heron.subarray(99)]));
  assert.equal(await second.svg(), svg);
  assert.deepEqual((await second.trace()).inks, inks);
  assert.deepEqual(second.measures.cache, { hit: 2, miss: 0, expired: 0, corrupt: 0 });
  assert.match(second.measures.openMetrics, /logopress_cache_total\{outcome="hit"\} 2/);
  await second.svg({ corner_deg: 40 });
  await second.svg(undefined, { decimals: 3 }).catch(() => {});
  await second.open(heron, { intake: { trim: true } });
  await second.svg();
  await second.open(loom);
  await second.svg();
  assert.equal(second.measures.cache.hit, 2, 'other options, another intake, another logo');
  second.close();
});

test('files that were made together are found again, each told as when it was made', async () => {
  const { cache } = setUp();
  const heron = await logo('heron.png');
  const kit = { only: 'web/favicon.svg, web/favicon.ico' };
  const made = [];
  for (let round = 0; round < 2; round += 1) {
    const engine = await createEngine({ cache });
    await engine.open(heron);
    /** @type {string[]} */
    const told = [];
    const files = await engine.kitFiles(undefined, kit, { onFile: (name) => told.push(name) });
    assert.deepEqual(told, files.map(({ name }) => name));
    assert(told.length > 1, `${told}`);
    assert.equal(engine.measures.cache.hit, round);
    made.push(files);
    engine.close();
  }
  assert.deepEqual(made[0], made[1]);
});

test('without a cache nothing is looked for', async () => {
  const engine = await createEngine();
  await engine.open(await logo('heron.png'));
  await engine.trace();
  assert.deepEqual(engine.measures.cache, { hit: 0, miss: 0, expired: 0, corrupt: 0 });
  engine.close();
});
