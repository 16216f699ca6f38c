/** Where the icons will be seen: a browser's tab in light and dark, a home screen, a round mask. */

import { h } from '../dom.js';
import { image } from './thumbnail.js';

/** Files shown, each with its places. @type {Record<string, { places: string[], mime: string }>} */
const SHOWN = {
  'web/favicon.svg': { places: ['light', 'dark'], mime: 'image/svg+xml' },
  'web/apple-touch-icon.png': { places: ['home'], mime: 'image/png' },
  'web/icon-maskable-192.png': { places: ['mask'], mime: 'image/png' },
};

export class KitPreview {
  /** @type {Record<string, HTMLElement>} */
  #places = {};
  /** @type {HTMLElement[]} */
  #names = [];
  element;

  constructor() {
    const place = (/** @type {string} */ name) => (this.#places[name] = h('span', { class: 'kit-icon' }));
    const brand = () => {
      const name = h('span', { class: 'kit-brand' });
      this.#names.push(name);
      return name;
    };
    const spot = (/** @type {string} */ name) => h('figure', { class: `kit-${name}` },
      h('span', { class: 'kit-scene' }, place(name), brand()),
      h('figcaption', { class: 'quiet', 'data-t': `kit.preview.${name}` }));
    this.element = h('div', { class: 'kit-preview', hidden: true }, ...['light', 'dark', 'home', 'mask'].map(spot));
  }

  /** @param {string} brand */
  clear(brand) {
    this.element.hidden = true;
    for (const place of Object.values(this.#places)) place.replaceChildren();
    for (const name of this.#names) name.textContent = brand;
  }

  /**
   * @param {string} path
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  show(path, bytes) {
    const shown = SHOWN[path];
    if (!shown) return;
    for (const place of shown.places) this.#places[place].replaceChildren(image(new Blob([bytes], { type: shown.mime })));
    this.element.hidden = false;
  }
}
