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
/** Those of the first screen, those that come with the first logo, those of a site's check. */
const FOLDERS = ['', 'files/', 'check/'];
const english = Object.assign({}, ...await Promise.all(FOLDERS.map((folder) => load(`${folder}en.js`))));

/** @param {Message} message */
const places = (message) =>
  [...new Set(Object.values(typeof message === 'string' ? [message] : message).join().match(/\{\w+\}/g))].sort();

for (const name of (await readdir(new URL('messages/', APP))).filter((name) => name.endsWith('.js'))) {
  test(`${name} has every message`, async () => {
    const parts = await Promise.all(FOLDERS.map((folder) => load(folder + name)));
    const messages = Object.assign({}, ...parts);
    assert.deepEqual(Object.keys(messages).sort(), Object.keys(english).sort());
    assert.equal(Object.keys(messages).length, parts.flatMap(Object.keys).length, 'each stands in one file');
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

test('what the engine says of kits and sites by code has its words', async () => {
  const source = new URL('../../src/', APP);
  for (const [file, pattern, key] of /** @type {[string, RegExp, string][]} */ ([
    ['check/words.rs', /: (?:Error|Warning|Note),\s*"([a-z-]+)"/g, 'check.'],
    ['kit/words.rs', /[A-Z_]+: "([a-z-]+)", "[^"]/g, 'kit.for.'],
    ['kit/mod.rs', /^\s+"([a-z]+(?:-[a-z]+)+)",$/gm, 'kit.warn.'],
  ])) {
    const codes = [...(await readFile(new URL(file, source), 'utf8')).matchAll(pattern)].map(([, code]) => key + code);
    assert.ok(codes.length > 2, `${file}: ${codes}`);
    assert.deepEqual(codes.filter((code) => !(code in english)), []);
  }
});
