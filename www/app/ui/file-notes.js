/** What there is to say about the file that is open, and which of its pages it is. */

import { h, icon, tell } from '../dom.js';
import { t, translate } from '../i18n.js';

export class FileNotes extends HTMLElement {
  /** What is shown, or was closed. @type {unknown} */
  #shown = null;
  #page = h('input', { type: 'number', min: '1', inputMode: 'numeric' });
  #of = h('span');
  #pages = h('label', { class: 'pages' }, h('span', { 'data-t': 'page' }), this.#page, this.#of);
  // In English, as all that the engine says.
  #notes = h('ul', { lang: 'en', dir: 'auto', role: 'status' });
  #close = h('button', { type: 'button', class: 'bare icon', 'data-t-label': 'dismiss', onclick: () => this.#dismiss() }, icon('close'));

  connectedCallback() {
    this.hidden = true;
    this.append(this.#pages, this.#notes, this.#close);
    this.#page.addEventListener('change', () => {
      if (this.#page.checkValidity()) tell(this, 'page-change', this.#page.valueAsNumber);
    });
    translate(this);
  }

  /** @param {import('../state.js').State} state */
  update({ size, page, phase }) {
    this.#of.textContent = t('page.of', { count: size?.pages ?? 1 });
    if (phase !== 'working') this.#page.value = String(page);
    if (size === this.#shown) return;
    this.#shown = size;
    const { pages, warnings } = size ?? { pages: 1, warnings: [] };
    this.#page.max = String(pages);
    this.#pages.hidden = pages < 2;
    this.#notes.replaceChildren(...warnings.map(({ text }) => h('li', {}, text)));
    this.#notes.hidden = this.#close.hidden = warnings.length === 0;
    this.hidden = pages < 2 && warnings.length === 0;
  }

  #dismiss() {
    this.#notes.hidden = this.#close.hidden = true;
    this.hidden = this.#pages.hidden;
  }
}
