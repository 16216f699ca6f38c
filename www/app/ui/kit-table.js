/** The table of social pictures, to be read and changed. Tells `table-change`. */

import { h, tell } from '../dom.js';

/** @typedef {import('../../pkg/protocol.js').SocialSlot} Slot */

/** Columns as the table's JSON names them; those without a size are only read. */
const COLUMNS = /** @type {const} */ (['platform', 'slot', 'w', 'h', 'safe', 'max_bytes', 'mime', 'confidence', 'checked', 'source']);
const CHANGED = ['w', 'h', 'safe', 'max_bytes'];

export class KitTable {
  /** @type {Slot[]} */
  #slots = [];
  #body = h('tbody');
  element = h('div', { class: 'kit-table', tabIndex: 0, role: 'group', 'data-t-label': 'kit.table' },
    h('table', {}, h('thead', {}, h('tr', {}, ...COLUMNS.map((name) => h('th', { scope: 'col' }, name)))), this.#body));

  get json() {
    return `[\n${this.#slots.map((slot) => `  ${JSON.stringify(slot)}`).join(',\n')}\n]\n`;
  }

  /** @param {Slot[]} slots */
  show(slots) {
    if (JSON.stringify(slots) === JSON.stringify(this.#slots)) return;
    this.#slots = slots;
    this.#body.replaceChildren(...slots.map((slot) => h('tr', {}, ...COLUMNS.map((name) => this.#cell(slot, name)))));
  }

  /**
   * @param {Slot} slot
   * @param {(typeof COLUMNS)[number]} name
   */
  #cell(slot, name) {
    const text = [slot[name] ?? ''].flat().join(', ');
    if (!CHANGED.includes(name)) return h('td', { title: text }, text);
    const field = h('input', { type: 'text', inputMode: 'numeric', value: text, 'aria-label': `${slot.platform}, ${slot.slot}: ${name}` });
    field.addEventListener('change', () => {
      const numbers = field.value.split(',').map((part) => Number(part.trim()));
      const fits = numbers.every((number) => Number.isInteger(number) && number >= 0) && numbers.length === (name === 'safe' ? 4 : 1);
      if (!fits) {
        field.value = text;
        return;
      }
      const value = name === 'safe' ? numbers : name === 'max_bytes' ? numbers[0] || null : numbers[0];
      this.#slots = this.#slots.map((each) => each === slot ? { ...slot, [name]: value } : each);
      tell(this.element, 'table-change');
    });
    return h('td', {}, field);
  }
}
