/** One file that can be had: what it looks like, what it weighs, and ways to take it. */

import { h } from '../dom.js';
import { number } from '../i18n.js';

export class OutputCard extends HTMLElement {
  #proof = h('img', { class: 'proof', alt: '' });
  #weight = h('span', { class: 'quiet' });
  #title = h('h3', {}, 'SVG ', this.#weight);
  #download = h('button', { type: 'button', class: 'main', 'data-action': 'download', 'data-t': 'downloadSvg' });
  #copy = h('button', { type: 'button', 'data-action': 'copy', 'data-t': 'copySvg' });
  #svg = '';
  #url = '';

  connectedCallback() {
    this.append(this.#proof, this.#title, h('div', { class: 'ways' }, this.#download, this.#copy));
  }

  /** @param {import('../state.js').State} state */
  update({ svg }) {
    this.#download.disabled = this.#copy.disabled = !svg;
    if (svg === this.#svg) return;
    this.#svg = svg;
    URL.revokeObjectURL(this.#url);
    this.#proof.hidden = !svg;
    this.#weight.textContent = '';
    if (!svg) return;
    const file = new Blob([svg], { type: 'image/svg+xml' });
    this.#url = URL.createObjectURL(file);
    this.#proof.src = this.#url;
    this.#weight.textContent = number(file.size / 1000, {
      style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1,
    });
  }
}
