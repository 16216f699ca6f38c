/**
 * One control per option of a group, made from the list that the engine gives. The few named by the
 * attribute `first` come first; the rest are folded away. `only` lists all that are wanted, `without`
 * those that stand elsewhere.
 */

import { h, tell } from '../dom.js';
import { t } from '../i18n.js';
import { control } from './option-control.js';

export class OptionList extends HTMLElement {
  /** @type {Map<string, ReturnType<typeof control>>} */
  #controls = new Map();

  /** @type {import('../state.js').Options | undefined} */
  #shown;

  /** @type {import('../state.js').State | undefined} */
  #state;

  /** @param {import('../state.js').State} state */
  update(state) {
    const { specs, settings, defaults } = this.#state = state;
    const group = this.getAttribute('group') ?? '';
    if (this.#controls.size === 0 && specs[group]) this.#build(group, specs[group], defaults[group]);
    if (settings[group] === this.#shown) return;
    this.#shown = settings[group];
    for (const [name, made] of this.#controls) made.show(settings[group][name]);
  }

  /** Makes all controls anew, in another language or unit. */
  rebuild() {
    this.#controls.clear();
    this.#shown = undefined;
    this.replaceChildren();
    if (this.#state) this.update(this.#state);
  }

  /**
   * @param {string} group
   * @param {import('../../pkg/protocol.js').Spec[]} specs
   * @param {import('../../pkg/protocol.js').Options} defaults
   */
  #build(group, specs, defaults) {
    const words = (/** @type {string} */ name) => this.getAttribute(name)?.split(' ');
    const [only, without] = [words('only'), words('without')];
    const wanted = specs.filter(({ name }) => (only?.includes(name) ?? true) && !without?.includes(name));
    for (const spec of wanted) {
      this.#controls.set(spec.name, control(group, spec, defaults[spec.name], (value, final) =>
        tell(this, 'option-change', { group, name: spec.name, value, final })));
    }
    const first = words('first') ?? wanted.map(({ name }) => name);
    const rest = wanted.map(({ name }) => name).filter((name) => !first.includes(name));
    const elements = (/** @type {string[]} */ names) => names.flatMap((name) => this.#controls.get(name)?.element ?? []);
    this.append(...elements(first));
    if (rest.length > 0) this.append(h('details', {}, h('summary', {}, t('more')), ...elements(rest)));
  }
}
