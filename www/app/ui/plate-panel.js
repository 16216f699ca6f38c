/** The Plates tab: what the separation is made with, and its files as one archive. */

import { h } from '../dom.js';

export class PlatePanel extends HTMLElement {
  #download = h('button', { type: 'button', class: 'main', 'data-action': 'downloadPlates', 'data-t': 'plates.download' });

  connectedCallback() {
    const options = document.createElement('option-list');
    options.setAttribute('group', 'separate');
    options.setAttribute('first', 'press method substrate underbase trapping paper marks');
    this.append(
      h('div', { class: 'plate-files' }, h('p', { class: 'quiet', 'data-t': 'plates.what' }), this.#download),
      options,
    );
  }

  /** @param {import('../state.js').State} state */
  update({ svg }) {
    this.#download.disabled = !svg;
  }
}
