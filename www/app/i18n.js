/**
 * Words in the reader's language. Messages live in `messages/<language>.js`; those that nobody sees
 * before a logo is open in `messages/later/`, those that stand for the engine's English in
 * `messages/engine/`. A message is text with `{places}`, or one such text per plural form.
 */
import english from './messages/en.js';

/** @typedef {string | Record<string, string>} Message */
/** @typedef {Record<string, string | number>} Places */
/** @typedef {(language: string) => Promise<{ default: Record<string, Message> }>} Load */

/** @type {Record<string, Message>} */
let messages = english;
/** Each brings further messages in a language. @type {Load[]} */
const further = [];
const RIGHT_TO_LEFT = new Set(['ar']);
let language = 'en';
let plurals = new Intl.PluralRules(language);

/** The languages there are messages for, each in its own words. @type {Record<string, string>} */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  ar: 'العربية',
};

/**
 * Changes the language: to the one wished for, or the first of the browser's that there is.
 * @param {string} wished empty: as the browser
 */
export async function useLanguage(wished) {
  const candidates = wished ? [wished] : navigator.languages.map((tag) => tag.split('-')[0]);
  language = candidates.find((tag) => tag in LANGUAGES) ?? 'en';
  messages = language === 'en' ? english : (await import(`./messages/${language}.js`)).default;
  for (const load of further) await add(load);
  plurals = new Intl.PluralRules(language);
  const root = document.documentElement;
  root.lang = language;
  root.dir = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}

/** Brings the messages of what comes later, now and whenever the language changes. @param {Load} load */
export function learn(load) {
  if (!further.includes(load)) further.push(load);
  return add(load);
}

/** Those that come with the first logo. @type {Load} */
export async function withLogo(language) {
  const folders = language === 'en' ? ['later'] : ['later', 'engine'];
  const parts = await Promise.all(folders.map((folder) => import(`./messages/${folder}/${language}.js`)));
  return { default: Object.assign({}, ...parts.map((words) => words.default)) };
}

/** @param {Load} load */
async function add(load) {
  messages = { ...messages, ...(await load(language)).default };
}

/**
 * Whether there is a message of this name.
 * @param {string} key
 */
export const has = (key) => key in messages;

/**
 * The message of this name with its places filled; `count` chooses the plural form.
 * @param {string} key
 * @param {Places} [places]
 * @returns {string}
 */
export function t(key, places = {}) {
  const message = messages[key] ?? key;
  const text = typeof message === 'string'
    ? message
    : message[plurals.select(Number(places.count))] ?? message.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = places[name];
    return typeof value === 'number' ? number(value) : String(value);
  });
}

/**
 * What the engine says, in the reader's language; numbers and what is quoted are as in its own words.
 * @param {string} key
 * @param {string} english
 */
export function said(key, english) {
  const numbers = english.match(/\d+(\.\d+)?/g) ?? [];
  const places = Object.fromEntries(numbers.map((text, i) => [i + 1, Number(text)]));
  return has(key) ? t(key, { ...places, quoted: /“(.*?)”/.exec(english)?.[1] ?? '' }) : english;
}

/** The language in use. */
export const current = () => language;

/**
 * A number as this language writes it.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function number(value, options) {
  const key = `${language} ${JSON.stringify(options)}`;
  // Making one takes longer than all that it will ever write.
  const format = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, format);
  return format.format(value);
}

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * A share of one as a percentage.
 * @param {number} value
 */
export const percent = (value) => number(value, { style: 'percent', maximumFractionDigits: 0 });

/**
 * Fills in every `data-t` (text), `data-t-title` (tooltip), `data-t-placeholder` and `data-t-label` (name,
 * and tooltip of a button) under `root`.
 * @param {ParentNode} root
 */
export function translate(root) {
  for (const node of root.querySelectorAll('[data-t]')) {
    node.textContent = t(/** @type {HTMLElement} */ (node).dataset.t ?? '');
  }
  for (const node of root.querySelectorAll('[data-t-title]')) {
    node.setAttribute('title', t(/** @type {HTMLElement} */ (node).dataset.tTitle ?? ''));
  }
  for (const node of root.querySelectorAll('[data-t-placeholder]')) {
    node.setAttribute('placeholder', t(/** @type {HTMLElement} */ (node).dataset.tPlaceholder ?? ''));
  }
  for (const node of root.querySelectorAll('[data-t-label]')) {
    const label = t(/** @type {HTMLElement} */ (node).dataset.tLabel ?? '');
    node.setAttribute('aria-label', label);
    if (node.matches('button')) node.setAttribute('title', label);
  }
}
