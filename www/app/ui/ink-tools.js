/** What can be done to the chosen ink: a name, a colour, merging, taking it out; locking it against that. */

import { h, icon, tell } from '../dom.js';
import { t } from '../i18n.js';

export class InkTools {
  #from;
  #color = '';
  #name = h('input', { type: 'text', id: 'ink-name', autocomplete: 'off', maxLength: 60 });
  #picker = h('input', { type: 'color', 'data-t-label': 'ink.color' });
  #hex = h('input', { type: 'text', id: 'ink-hex', spellcheck: false, autocomplete: 'off', maxLength: 7 });
  #merge = h('select', { id: 'ink-merge' });
  #remove = h('button', { type: 'button', class: 'wide', 'data-t': 'ink.remove', onclick: () => this.#edit('none') });
  #lock = h('button', { type: 'button', class: 'wide', onclick: () => tell(this.#from, 'ink-lock', this.#color) });
  #locked = h('p', { class: 'hint', 'data-t': 'ink.locked' });
  element = h('div', { class: 'ink-tools' },
    h('label', { for: 'ink-name', 'data-t': 'ink.name' }), this.#name,
    h('label', { for: 'ink-hex', 'data-t': 'ink.color' }), h('span', { class: 'pair' }, this.#picker, this.#hex),
    h('label', { for: 'ink-merge', 'data-t': 'ink.merge' }), this.#merge,
    this.#remove, this.#lock, this.#locked);

  /** @param {HTMLElement} from whose events these are */
  constructor(from) {
    this.#from = from;
    this.#name.addEventListener('change', () => tell(from, 'ink-name', { ink: this.#color, name: this.#name.value }));
    this.#picker.addEventListener('change', () => this.#edit(this.#picker.value));
    this.#hex.addEventListener('change', () => {
      const typed = /^#?([\da-f]{6})$/i.exec(this.#hex.value.trim());
      if (typed) this.#edit(`#${typed[1].toLowerCase()}`);
      else this.#hex.value = this.#color;
    });
    this.#merge.addEventListener('change', () => this.#merge.value && this.#edit(this.#merge.value));
  }

  /**
   * @param {string} color of the ink
   * @param {string[]} inks all of them
   * @param {string} name
   * @param {boolean} locked
   */
  show(color, inks, name, locked) {
    this.#color = color;
    if (document.activeElement !== this.#name) this.#name.value = name;
    if (document.activeElement !== this.#hex) this.#hex.value = color;
    this.#name.placeholder = color;
    this.#picker.value = color;
    const others = inks.filter((ink) => ink !== color);
    this.#merge.disabled = locked || others.length === 0;
    this.#picker.disabled = this.#hex.disabled = this.#remove.disabled = locked;
    this.#lock.replaceChildren(icon('lock'), t(locked ? 'ink.unlock' : 'ink.lock'));
    this.#locked.hidden = !locked;
    this.#merge.replaceChildren(h('option', { value: '' }, t('ink.merge.none')), ...others.map((ink) => h('option', { value: ink }, ink)));
  }

  /** @param {string} becomes */
  #edit(becomes) {
    if (becomes !== this.#color) tell(this.#from, 'ink-edit', { ink: this.#color, becomes });
  }
}
