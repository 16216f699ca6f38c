/** What this browser keeps of somebody's work, in words, and the ways to have it keep nothing. */

import { h } from '../dom.js';
import { number, t } from '../i18n.js';
import { flag } from '../flags.js';

export class KeptData extends HTMLElement {
  #words = h('p', { class: 'hint' });
  #private = h('input', { type: 'checkbox', 'data-action': 'togglePrivate' });
  #found = h('p', { class: 'hint quiet' });

  connectedCallback() {
    const act = (/** @type {string} */ action, /** @type {string} */ key) =>
      h('button', { type: 'button', 'data-action': action, 'data-t': key });
    this.append(
      this.#words,
      h('label', { class: 'private' }, this.#private, h('span', { 'data-t': 'kept.private' })),
      h('div', { class: 'ways' },
        act('clearData', 'kept.clear'), act('saveJournal', 'kept.journal'), act('saveSpans', 'kept.spans'), act('saveFigures', 'kept.figures')),
      this.#found);
  }

  /** @param {import('../state.js').State} state */
  update({ keeping, cache }) {
    this.#private.checked = flag('private');
    this.#words.textContent = t(flag('private') ? 'kept.nothing' : `kept.${keeping}`);
    this.#found.textContent = cache.hit > 0
      ? t('kept.found', { found: number(cache.hit), all: number(cache.hit + cache.miss + cache.expired + cache.corrupt) }) : '';
  }
}
