/** A and B: two sets of settings to switch between. */

import { h } from '../dom.js';
import { t } from '../i18n.js';

export class SlotSwitch extends HTMLElement {
  #buttons = ['a', 'b'].map((slot) => h('button', { type: 'button', class: 'bare', 'data-slot': slot }, slot.toUpperCase()));

  connectedCallback() {
    this.setAttribute('role', 'group');
    this.append(...this.#buttons);
  }

  /** @param {import('../state.js').State} state */
  update({ slot }) {
    this.setAttribute('aria-label', t('slots'));
    for (const button of this.#buttons) {
      const own = button.dataset.slot === slot;
      button.setAttribute('aria-pressed', String(own));
      button.title = t('slots');
      if (own) delete button.dataset.action;
      else button.dataset.action = 'swap';
    }
  }
}
