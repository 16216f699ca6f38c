/** Every other kind of file, one press each, by what it is for. */

import { h, tell } from '../dom.js';
import { FORMATS } from '../formats.js';

export class FormatTiles extends HTMLElement {
  /** @type {HTMLButtonElement[]} */
  #tiles = [];

  connectedCallback() {
    for (const { group, formats } of FORMATS) {
      const tiles = formats.map((file) => {
        const tile = h('button', { type: 'button', 'data-format': file.format }, file.format.toUpperCase());
        tile.addEventListener('click', () => tell(this, 'file-wanted', { file, tile }));
        return tile;
      });
      this.#tiles.push(...tiles);
      this.append(h('div', { class: 'use', role: 'group', 'aria-labelledby': `for-${group}` },
        h('h3', { class: 'quiet', id: `for-${group}`, 'data-t': `for.${group}` }),
        h('div', { class: 'ways' }, ...tiles)));
    }
  }

  /** @param {import('../state.js').State} state */
  update({ svg }) {
    for (const tile of this.#tiles) tile.disabled = !svg;
  }
}
