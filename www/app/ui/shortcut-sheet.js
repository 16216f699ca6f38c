/** The sheet of shortcuts: what each key does, and a switch for those without Ctrl. */

import { h, icon, tell } from '../dom.js';
import { t, translate } from '../i18n.js';
import { MAC, SHORTCUTS } from '../shortcuts.js';

export class ShortcutSheet extends HTMLElement {
  #letters = h('input', { type: 'checkbox', id: 'letters' });
  #list = h('dl', { class: 'keys' });
  #dialog = h('dialog', { 'aria-labelledby': 'keys-title' },
    h('div', { class: 'head' },
      h('h2', { id: 'keys-title', 'data-t': 'keys' }),
      h('button', { type: 'button', class: 'bare icon', 'data-t-label': 'dismiss', onclick: () => this.#dialog.close() }, icon('close'))),
    this.#list,
    h('label', { class: 'switch', for: 'letters' }, this.#letters, h('span', { 'data-t': 'letters' })));

  connectedCallback() {
    this.append(this.#dialog);
    this.#letters.addEventListener('change', () => tell(this, 'letters-change', this.#letters.checked));
    // A press beside the sheet closes it.
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  /** @param {boolean} letters whether keys without Ctrl count */
  open(letters) {
    this.#letters.checked = letters;
    /** @type {Map<string, HTMLElement>} */
    const rows = new Map();
    for (const { action, keys, shown, ctrl, shift } of SHORTCUTS) {
      let row = rows.get(action);
      if (!row) {
        row = h('dd');
        rows.set(action, row);
      }
      const caps = [ctrl && (MAC ? '⌘' : 'Ctrl'), ctrl && shift && (MAC ? '⇧' : 'Shift'), (shown ?? keys)[0]];
      row.append(h('span', { class: 'chord' },
        ...caps.filter((cap) => typeof cap === 'string').map((cap) => h('kbd', {}, cap.length === 1 ? cap.toUpperCase() : cap))));
    }
    this.#list.replaceChildren(...[...rows].map(([action, row]) => h('div', {}, h('dt', {}, t(`key.${action}`)), row)));
    translate(this);
    this.#dialog.showModal();
  }
}
