/** An error where the thing would have been: what happened, why, and the likely next step. */

import { h, icon } from '../dom.js';
import { t, translate } from '../i18n.js';

export class ErrorNote extends HTMLElement {
  /** @type {unknown} */
  #shown = null;

  connectedCallback() {
    this.setAttribute('role', 'alert');
  }

  /** @param {import('../state.js').State} state */
  update({ error }) {
    if (error === this.#shown) return;
    this.#shown = error;
    if (!error) {
      this.replaceChildren();
      return;
    }
    const action = (/** @type {string} */ name, /** @type {Record<string, unknown>} */ props, /** @type {Node | string} */ inside) =>
      h('button', { type: 'button', 'data-action': name, ...props }, inside);
    this.replaceChildren(h('div', { class: 'fault' },
      icon('fault'),
      h('strong', {}, error.message),
      h('p', {}, error.advice),
      h('div', { class: 'ways' }, action('open', { class: 'main' }, t('another'))),
      action('dismiss', { class: 'bare icon close', 'data-t-label': 'dismiss' }, icon('close')),
    ));
    translate(this);
  }
}
