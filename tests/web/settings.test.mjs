/** Settings from outside: an address, a file, the browser's memory. Only what the engine lists is taken. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { createEngine } from '../../pkg/node.js';

const { changes, complete, fromFragment, toFragment } = await import(new URL('../../www/app/settings.js', import.meta.url).href);
const { fromQuery } = await import(new URL('../../www/app/flags.js', import.meta.url).href);

/** @type {any} */
let specs;
/** @type {any} */
let defaults;

before(async () => {
  const engine = await createEngine();
  ({ specs, defaults } = engine);
  engine.close();
});

/** What somebody's file would bring, as JSON. @param {string} text */
const taken = (text) => changes(complete(JSON.parse(text), defaults, specs), defaults);

test('what was saved comes back, by file and by address', () => {
  const wanted = { trace: { corner_deg: 40, palette: ['#ff0000', '#00ff00'] }, intake: { trim: true } };
  const settings = complete(wanted, defaults, specs);
  assert.deepEqual(changes(settings, defaults), wanted);
  assert.deepEqual(fromFragment(toFragment(wanted), specs), wanted);
});

test('values outside an option’s range or kind, and unknown names, are left out', () => {
  for (const value of [-1, 1e9, '40', null, NaN, [], {}, true]) {
    assert.deepEqual(taken(JSON.stringify({ trace: { corner_deg: value } })), {}, String(value));
  }
  assert.deepEqual(taken('{"trace":{"preset":"doodle","palette":["red"],"wobble":1},"nothing":{"x":1}}'), {});
});

test('imported settings pollute no prototype', () => {
  const attacks = [
    '{"__proto__":{"polluted":1,"trace":{"corner_deg":40}}}',
    '{"trace":{"__proto__":{"polluted":1,"corner_deg":40}}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"trace":{"constructor":{"prototype":{"polluted":1}}}}',
    '{"toString":{"x":1},"trace":{"toString":1,"hasOwnProperty":1}}',
    'null', '[]', '"text"', '{"trace":null}', '{"trace":"text"}', '{"trace":[1]}',
  ];
  for (const attack of attacks) assert.deepEqual(taken(attack), {}, attack);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test('addresses pollute no prototype, and do not keep the page from starting', () => {
  for (const fragment of ['__proto__.polluted=1', 'constructor.prototype=1', 'toString.length=1', 'trace.__proto__=1', 'trace.constructor=x', '.', '=', 'trace', '%']) {
    assert.deepEqual(fromFragment(fragment, specs), {}, fragment);
  }
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test('flags of an address: those that are listed, on or off', () => {
  assert.deepEqual(fromQuery('?flags=private,-threads,wobble,__proto__,-constructor,,-'), { private: true, threads: false });
  assert.deepEqual(fromQuery('?flag=private'), {});
});
