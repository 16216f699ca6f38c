/** What there is to say about the file that is open, and which of its pages it is. */

import { h, icon, tell } from '../dom.js';
import { current, said, t, translate } from '../i18n.js';

export class FileNotes extends HTMLElement {
  /** What is shown, or was closed, and in which language. @type {unknown} */
  #shown = null;
  #language = '';
  #page = h('input', { type: 'number', min: '1', inputMode: 'numeric' });
  /** Whether a page is being written that has not been asked for yet. */
  #typing = false;
  #of = h('span');
  #pages = h('label', { class: 'pages' }, h('span', { 'data-t': 'page' }), this.#page, this.#of);
  #notes = h('ul', { dir: 'auto', 'aria-live': 'polite', 'aria-atomic': 'true' });
  #close = h('button', { type: 'button', class: 'bare icon', 'data-t-label': 'dismiss', onclick: () => this.#dismiss() }, icon('close'));

  connectedCallback() {
    this.hidden = true;
    this.append(this.#pages, this.#notes, this.#close);
    this.#page.addEventListener('input', () => {
      this.#typing = true;
    });
    // What is written back to what it was is no change.
    this.#page.addEventListener('blur', () => {
      this.#typing = false;
    });
    this.#page.addEventListener('change', () => {
      this.#typing = false;
      if (this.#page.checkValidity()) tell(this, 'page-change', this.#page.valueAsNumber);
    });
    translate(this);
  }

  /** @param {import('../state.js').State} state */
  update({ size, page, phase }) {
    this.#of.textContent = t('page.of', { count: size?.pages ?? 1 });
    // What comes meanwhile takes nothing away from under somebody's fingers.
    if (phase !== 'working' && !this.#typing) this.#page.value = String(page);
    if (size === this.#shown) return this.#speak(size?.warnings ?? []);
    this.#shown = size;
    const { pages, warnings } = size ?? { pages: 1, warnings: [] };
    this.#page.max = String(pages);
    this.#pages.hidden = pages < 2;
    this.#language = '';
    this.#speak(warnings);
    this.#notes.hidden = this.#close.hidden = warnings.length === 0;
    this.hidden = pages < 2 && warnings.length === 0;
  }

  /** @param {import('../../pkg/protocol.js').Opened['warnings']} warnings */
  #speak(warnings) {
    if (this.#language === current()) return;
    this.#language = current();
    this.#notes.replaceChildren(...warnings.map(({ code, text }) => h('li', {}, said(`warning.${code}`, text))));
  }

  #dismiss() {
    this.#notes.hidden = this.#close.hidden = true;
    this.hidden = this.#pages.hidden;
  }
}
