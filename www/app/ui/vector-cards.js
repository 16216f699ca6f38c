/**
 * The contact sheet of vector files: each as it is, with its weight, its options and ways to take it.
 * Tells `file-wanted` (`{ formats, as }`), `copy-wanted` (`{ form, button }`), `favourites-change`.
 */

import { h, icon, one, tell } from '../dom.js';
import { FORMATS } from '../formats.js';
import { number, t, translate } from '../i18n.js';
import { floats } from './float.js';
import { VectorCard } from './vector-card.js';

/** @param {number} bytes */
export const weight = (bytes) => bytes < 1e6
  ? number(bytes / 1e3, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: bytes < 1e5 ? 1 : 0 })
  : number(bytes / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

const COPIES = ['svg', 'png', 'uri', 'html'];

export class VectorCards extends HTMLElement {
  #search = h('input', { type: 'search', 'data-t-label': 'search', 'data-t-placeholder': 'search' });
  #all = h('button', { type: 'button', class: 'main', 'data-action': 'downloadAll' });
  #some = h('button', { type: 'button', 'data-action': 'download' });
  #list = h('ul', { class: 'cards' });
  #none = h('p', { class: 'quiet', 'data-t': 'search.none', hidden: true });
  #cards = FORMATS.map((kind) => new VectorCard(kind));

  connectedCallback() {
    const shared = h('button', { type: 'button', class: 'bare', 'aria-haspopup': 'dialog' }, icon('options'), h('span', { class: 'word', 'data-t': 'group.document' }));
    this.append(
      h('div', { class: 'foot-tools' }, this.#search, shared, this.#some, this.#all),
      this.#list, this.#none,
      this.#sheet('document', shared, ['document', 'version', 'effect', 'cut']));
    this.#arrange([]);
    for (const card of this.#cards) {
      const { options, format } = card.kind;
      if (options && !this.querySelector(`#options-${options}`)) this.append(this.#sheet(options, null, [options]));
      if (options) floats(card.options, one(`#options-${options}`, this));
      if (format === 'svg') this.#copies(card);
      card.selected.addEventListener('change', () => this.#count());
      card.star.addEventListener('click', () => {
        card.star.setAttribute('aria-pressed', String(card.star.getAttribute('aria-pressed') !== 'true'));
        const favourites = this.#cards.filter(({ star }) => star.getAttribute('aria-pressed') === 'true').map(({ kind }) => kind.format);
        tell(this, 'favourites-change', favourites);
        this.#arrange(favourites);
        card.star.focus();
      });
    }
    this.#search.addEventListener('input', () => this.#filter());
    this.#count();
  }

  /** The formats that are selected; without any, the SVG. */
  get chosen() {
    const chosen = this.#cards.filter(({ selected }) => selected.checked).map(({ kind }) => kind.format);
    return chosen.length > 0 ? chosen : ['svg'];
  }

  /** The formats that can be made of this logo. */
  get possible() {
    return this.#cards.filter(({ failed }) => !failed).map(({ kind }) => kind.format);
  }

  /** @param {string[]} formats those put first */
  favour(formats) {
    for (const { star, kind } of this.#cards) star.setAttribute('aria-pressed', String(formats.includes(kind.format)));
    this.#arrange(formats);
  }

  /** @param {import('../state.js').State} state */
  update({ traced, svg }) {
    for (const card of this.#cards) card.describe(traced?.inks ?? [], Boolean(svg));
    this.#all.disabled = this.#some.disabled = !svg;
    this.#count();
  }

  /** Says which file is being made; none if empty. @param {string} format */
  make(format) {
    for (const { element, kind } of this.#cards) element.setAttribute('aria-busy', String(kind.format === format));
  }

  /**
   * @param {string} format
   * @param {Blob} file
   * @param {string} name of the file
   * @param {Blob} art stands for the file until it has been read, or if it cannot be
   */
  show(format, file, name, art) {
    this.#cards.find(({ kind }) => kind.format === format)?.show(file, name, art);
    this.#count();
  }

  /**
   * @param {string} format
   * @param {string} message
   */
  fail(format, message) {
    this.#cards.find(({ kind }) => kind.format === format)?.fail(message);
    this.#count();
  }

  clear() {
    for (const card of this.#cards) card.clear();
  }

  /**
   * Options in a sheet that floats by its button.
   * @param {string} name
   * @param {HTMLButtonElement | null} button
   * @param {string[]} groups
   */
  #sheet(name, button, groups) {
    const lists = groups.map((group) => {
      const list = document.createElement('option-list');
      list.setAttribute('group', group);
      return h('section', {}, h('h2', { 'data-t': `group.${group}` }), list);
    });
    const sheet = h('div', { class: 'float options', id: `options-${name}`, popover: 'auto', role: 'dialog', 'data-t-label': `group.${groups[0]}` }, ...lists);
    if (button) floats(button, sheet);
    return sheet;
  }

  /** @param {VectorCard} card */
  #copies(card) {
    const menu = h('div', { class: 'float menu', popover: 'auto' }, ...COPIES.map((form) => {
      const button = h('button', { type: 'button', class: 'bare', 'data-copy': form, 'data-t': `copy.${form}` });
      button.addEventListener('click', () => tell(this, 'copy-wanted', { form, button }));
      return button;
    }));
    const button = h('button', { type: 'button', class: 'bare icon', 'data-t-label': 'copy' }, icon('copy'));
    card.ways.append(button, menu);
    floats(button, menu);
  }

  /** @param {string[]} first */
  #arrange(first) {
    const place = (/** @type {VectorCard} */ { kind }) => first.includes(kind.format) ? 0 : 1;
    this.#list.append(...[...this.#cards].sort((a, b) => place(a) - place(b)).map(({ element }) => element));
  }

  #filter() {
    const words = this.#search.value.trim().toLowerCase().split(/\s+/);
    for (const { element } of this.#cards) {
      const text = (element.textContent ?? '').toLowerCase();
      element.hidden = !words.every((word) => text.includes(word));
    }
    this.#none.hidden = this.#cards.some(({ element }) => !element.hidden);
  }

  #count() {
    const selected = this.#cards.filter(({ selected }) => selected.checked);
    const total = (/** @type {VectorCard[]} */ cards) => cards.every(({ bytes }) => bytes) ? ` · ${weight(cards.reduce((sum, { bytes }) => sum + bytes, 0))}` : '';
    this.#some.hidden = selected.length === 0;
    this.#some.textContent = t('downloadSome', { count: selected.length }) + total(selected);
    this.#all.textContent = t('downloadAll') + total(this.#cards.filter(({ failed }) => !failed));
    translate(this);
  }
}
