/** The inks of the trace; choosing one shows where it is. */

import { h, tell } from '../dom.js';
import { number } from '../i18n.js';

export class InkList extends HTMLElement {
  #count = h('span', { class: 'quiet' });
  #list = h('ul', { class: 'inks' });

  connectedCallback() {
    this.append(h('h2', {}, h('span', { 'data-t': 'inks' }), this.#count), this.#list);
  }

  /** @param {import('../state.js').State} state */
  update({ traced, ink }) {
    const inks = traced?.inks ?? [];
    this.#count.textContent = inks.length ? number(inks.length) : '';
    if (this.#list.dataset.inks !== inks.join()) {
      this.#list.dataset.inks = inks.join();
      this.#list.replaceChildren(...inks.map((color, index) => h('li', {}, this.#swatch(color, index))));
    }
    for (const [index, button] of this.#list.querySelectorAll('button').entries()) {
      button.setAttribute('aria-pressed', String(index === ink));
    }
  }

  /**
   * @param {string} color
   * @param {number} index
   */
  #swatch(color, index) {
    const patch = h('span', { class: 'swatch' });
    patch.style.setProperty('--ink', color);
    const button = h('button', { type: 'button' }, patch, h('code', {}, color));
    button.addEventListener('click', () => {
      tell(this, 'ink-pick', button.getAttribute('aria-pressed') === 'true' ? null : index);
    });
    button.addEventListener('pointerenter', () => tell(this, 'ink-hover', index));
    button.addEventListener('pointerleave', () => tell(this, 'ink-hover', null));
    return button;
  }
}
