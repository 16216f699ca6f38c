/** The page's words: every language has every message, with the same places to fill. */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

import { REASONS } from '../../pkg/builds.js';
import { createEngine } from '../../pkg/node.js';

const APP = new URL('../../www/app/', import.meta.url);
const SOURCE = new URL('../../src/', import.meta.url);
/** Options that the page has no control for, or a control of its own. */
const UNSEEN = /^option\.(intake\.page|kit\.(social_table|only)|trace\.preset|separate\.(rename|merge|drop|order))(\.hint)?$/;

/** @typedef {string | { [form: string]: string }} Message */
/** @typedef {{ [key: string]: Message }} Messages */

/**
 * @param {string} name
 * @returns {Promise<Messages>}
 */
const load = async (name) => (await import(new URL(`messages/${name}`, APP).href)).default;

/** @param {string} folder */
const scripts = async (folder) => (await readdir(new URL(`messages/${folder}`, APP))).filter((name) => name.endsWith('.js'));

/** @param {Message} message */
const places = (message) =>
  [...new Set(Object.values(typeof message === 'string' ? [message] : message).join().match(/\{\w+\}/g))].sort();

/**
 * @param {Messages} messages
 * @param {Messages} reference
 * @param {string} language
 */
function compare(messages, reference, language) {
  assert.deepEqual(Object.keys(messages).sort(), Object.keys(reference).sort());
  for (const [key, message] of Object.entries(messages)) {
    assert.deepEqual(places(message), places(reference[key]), key);
    if (typeof message === 'string') continue;
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    // French and Spanish have a form for millions, which says the same here as the others.
    for (const form of forms.filter((each) => each !== 'many' || language === 'ar')) {
      assert.ok(message[form], `${key} lacks the plural form ${form}`);
    }
  }
}

for (const [folder, reference] of /** @type {const} */ ([['', 'en.js'], ['later/', 'en.js'], ['check/', 'en.js'], ['engine/', 'de.js']])) {
  for (const name of await scripts(folder)) {
    test(`${folder}${name} has every message`, async () => {
      compare(await load(folder + name), await load(folder + reference), name.replace('.js', ''));
    });
  }
}

test('every language there is has all of its files', async () => {
  const languages = await scripts('');
  assert.deepEqual(await scripts('later/'), languages);
  assert.deepEqual(await scripts('check/'), languages);
  assert.deepEqual(await scripts('engine/'), languages.filter((name) => name !== 'en.js'));
});

test('no message stands in two files', async () => {
  const keys = (await Promise.all(['de.js', 'later/de.js', 'check/de.js', 'engine/de.js'].map(load))).flatMap(Object.keys);
  assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), []);
});

test('every message that the page’s markup names exists before a logo is open', async () => {
  const english = await load('en.js');
  const markup = await readFile(new URL('../index.html', APP), 'utf8');
  const named = [...markup.matchAll(/data-t(?:-label|-title)?="([^"]+)"/g)].map(([, key]) => key);
  assert.ok(named.length > 20);
  assert.deepEqual(named.filter((key) => !(key in english)), []);
});

test('why there is one thread is said in words', async () => {
  const english = await load('en.js');
  const codes = [...Object.keys(REASONS), 'threads-failed'].map((code) => `engine.st.${code}`);
  assert.deepEqual(Object.keys(english).filter((key) => key.startsWith('engine.st.')).sort(), codes.sort());
});

test('what the engine says of kits and sites by code has its words', async () => {
  const english = { ...await load('later/en.js'), ...await load('check/en.js') };
  for (const [file, pattern, key] of /** @type {[string, RegExp, string][]} */ ([
    ['check/words.rs', /: (?:Error|Warning|Note),\s*"([a-z-]+)"/g, 'check.'],
    ['kit/words.rs', /[A-Z_]+: "([a-z-]+)", "[^"]/g, 'kit.for.'],
    ['kit/mod.rs', /^\s+"([a-z]+(?:-[a-z]+)+)",$/gm, 'kit.warn.'],
  ])) {
    const codes = [...(await readFile(new URL(file, SOURCE), 'utf8')).matchAll(pattern)].map(([, code]) => key + code);
    assert.ok(codes.length > 2, `${file}: ${codes}`);
    assert.deepEqual(codes.filter((code) => !(code in english)), []);
  }
});

test('every option that the engine has is named and explained in every language', async () => {
  const engine = await createEngine();
  const { specs } = engine;
  engine.close();
  const all = { ...await load('de.js'), ...await load('later/de.js'), ...await load('engine/de.js') };
  const wanted = Object.entries(specs).flatMap(([group, list]) => list.flatMap(({ name, kind }) => {
    const key = `option.${group}.${name}`;
    const choices = kind.type === 'choice' ? kind.choices.flatMap(({ value }) => [`${key}.${value}`, `${key}.${value}.hint`]) : [];
    return [...(key === 'option.kit.name' ? [] : [key]), `${key}.hint`, ...choices];
  }));
  assert(wanted.length > 200, `${wanted.length}`);
  assert.deepEqual(wanted.filter((key) => !(key in all) && !UNSEEN.test(key)), []);
});

test('every error and every warning is said in every language', async () => {
  const words = await load('engine/de.js');
  const codes = [...(await readFile(new URL('error.rs', SOURCE), 'utf8')).matchAll(/=> "([a-z-]+)",/g)].map(([, code]) => code);
  assert(codes.length > 30, `${codes.length}`);
  const errors = codes.flatMap((code) => [`error.${code}`, `error.${code}.advice`]);
  const sources = ['import/mod.rs', 'import/prepare.rs', 'import/svg/mod.rs', 'import/pdf/mod.rs'];
  const texts = await Promise.all(sources.map((file) => readFile(new URL(file, SOURCE), 'utf8')));
  const found = texts.flatMap((text) => [...text.matchAll(/(?:Warning::new\(|\w+\.\w+,)\s*"([a-z-]+)",/g)].map(([, code]) => `warning.${code}`));
  assert(found.length > 10, `${found}`);
  assert.deepEqual([...errors, ...found].filter((key) => !(key in words)), []);
});
