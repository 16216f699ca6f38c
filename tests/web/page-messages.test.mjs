/** The page's words: every language has every message, with the same places to fill. */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

const APP = new URL('../../www/app/', import.meta.url);

/** @typedef {string | { [form: string]: string }} Message */

/**
 * @param {string} name
 * @returns {Promise<{ [key: string]: Message }>}
 */
const load = async (name) => (await import(new URL(`messages/${name}`, APP).href)).default;
const english = await load('en.js');

/** @param {Message} message */
const places = (message) =>
  [...new Set(Object.values(typeof message === 'string' ? [message] : message).join().match(/\{\w+\}/g))].sort();

for (const name of await readdir(new URL('messages/', APP))) {
  test(`${name} has every message`, async () => {
    const messages = await load(name);
    assert.deepEqual(Object.keys(messages).sort(), Object.keys(english).sort());
    const language = name.replace('.js', '');
    for (const [key, message] of Object.entries(messages)) {
      assert.deepEqual(places(message), places(english[key]), key);
      if (typeof message === 'string') continue;
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      // French and Spanish have a form for millions, which says the same here as the others.
      for (const form of forms.filter((each) => each !== 'many' || language === 'ar')) {
        assert.ok(message[form], `${key} lacks the plural form ${form}`);
      }
    }
  });
}

test('every message that the page’s markup names exists', async () => {
  const markup = await readFile(new URL('../index.html', APP), 'utf8');
  const named = [...markup.matchAll(/data-t(?:-label|-title)?="([^"]+)"/g)].map(([, key]) => key);
  assert.ok(named.length > 20);
  assert.deepEqual(named.filter((key) => !(key in english)), []);
});
