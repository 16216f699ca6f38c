/** Every option that the engine lists has its words on the page, not just a name for programs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createEngine } from '../../pkg/node.js';

const messages = (await import(new URL('../../www/app/messages/later/en.js', import.meta.url).href)).default;

/** Options that have no control: they are edited where they are seen. */
const IN_PLACE = new Set([
  'kit.name', 'kit.only', 'kit.social_table',
  'separate.rename', 'separate.merge', 'separate.drop', 'separate.order',
]);

test('every option and every choice has a label', async () => {
  const engine = await createEngine();
  const { specs } = engine;
  engine.close();
  const named = Object.entries(specs).flatMap(([group, options]) =>
    options.filter(({ name }) => !IN_PLACE.has(`${group}.${name}`)).flatMap(({ name, kind }) => {
      const key = `option.${group}.${name}`;
      return [key, ...kind.type === 'choice' ? kind.choices.map(({ value }) => `${key}.${value}`) : []];
    }));
  assert(named.length > 100, `${named.length} names`);
  assert.deepEqual(named.filter((key) => !(key in messages)), []);
});
