/**
 * Words in the reader's language. Messages live in `messages/<language>.js`; a message is text with
 * `{places}`, or one such text per plural form.
 */
import english from './messages/en.js';

/** @typedef {string | Record<string, string>} Message */
/** @typedef {Record<string, string | number>} Places */

/** @type {Record<string, Message>} */
let messages = english;
let language = 'en';
let plurals = new Intl.PluralRules(language);

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
 * A number as this language writes it.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export const number = (value, options) => new Intl.NumberFormat(language, options).format(value);

/**
 * A share of one as a percentage.
 * @param {number} value
 */
export const percent = (value) => number(value, { style: 'percent', maximumFractionDigits: 0 });

/**
 * Fills in every `data-t` (text) and `data-t-label` (name and tooltip) under `root`.
 * @param {ParentNode} root
 */
export function translate(root) {
  for (const node of root.querySelectorAll('[data-t]')) {
    node.textContent = t(/** @type {HTMLElement} */ (node).dataset.t ?? '');
  }
  for (const node of root.querySelectorAll('[data-t-label]')) {
    const label = t(/** @type {HTMLElement} */ (node).dataset.tLabel ?? '');
    node.setAttribute('aria-label', label);
    if (node.matches('button')) node.setAttribute('title', label);
  }
}
