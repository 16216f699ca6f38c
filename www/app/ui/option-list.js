/** One control per option of a group, made from the list that the engine gives. */

import { tell } from '../dom.js';
import { control } from './option-control.js';

export class OptionList extends HTMLElement {
  /** @type {Map<string, ReturnType<typeof control>>} */
  #controls = new Map();

  /** @param {import('../state.js').State} state */
  update({ specs, settings, defaults }) {
    const group = this.getAttribute('group') ?? '';
    if (this.#controls.size === 0 && specs[group]) {
      for (const spec of specs[group]) {
        const made = control(group, spec, defaults[group][spec.name], (value, final) =>
          tell(this, 'option-change', { group, name: spec.name, value, final }));
        this.#controls.set(spec.name, made);
        this.append(made.element);
      }
    }
    for (const [name, made] of this.#controls) made.show(settings[group][name]);
  }
}
