/** The tools under the canvas: ground, outlines, compare, zoom. */

import { h, icon, tell } from '../dom.js';
import { number, percent, t } from '../i18n.js';

const GROUNDS = ['checker', 'light', 'dark', 'brand'];

export class CanvasBar extends HTMLElement {
  #grounds = GROUNDS.map((name) => {
    const input = h('input', { type: 'radio', name: 'ground', value: name, checked: name === 'checker' });
    input.addEventListener('change', () => tell(this, 'ground-change', name));
    const label = h('label', { class: name }, input, h('i'));
    return { name, input, label };
  });
  #brand = h('input', { type: 'color', class: 'brand-color', 'data-t-label': 'ground.choose' });
  #fieldset = h('div', { class: 'grounds', role: 'radiogroup' }, ...this.#grounds.map((g) => g.label));
  #outline = h('button', { type: 'button', class: 'bare', 'aria-pressed': 'false', 'data-action': 'outline' },
    icon('outline'), h('span', { class: 'word', 'data-t': 'outline' }));
  #heat = h('button', { type: 'button', class: 'bare', 'aria-pressed': 'false', 'data-action': 'heat' },
    icon('heat'), h('span', { class: 'word', 'data-t': 'heat' }));
  #off = h('output', { class: 'quiet off' });
  #hold = h('button', { type: 'button', class: 'bare', 'data-t-title': 'hold' },
    icon('hold'), h('span', { class: 'word', 'data-t': 'compare' }));
  #scale = h('output');

  connectedCallback() {
    const tool = (/** @type {string} */ action, /** @type {string} */ label, /** @type {string} */ glyph) =>
      h('button', { type: 'button', class: 'bare icon', 'data-action': action, 'data-t-label': label }, icon(glyph));
    this.append(
      h('div', { class: 'grounds-and-brand' }, this.#fieldset, this.#brand),
      this.#outline,
      this.#heat,
      this.#off,
      this.#hold,
      h('div', { class: 'zoom' },
        tool('zoomOut', 'zoomOut', 'minus'),
        this.#scale,
        tool('zoomIn', 'zoomIn', 'plus'),
        tool('fit', 'fit', 'fit')),
    );
    this.#brand.addEventListener('input', () => tell(this, 'brand-change', this.#brand.value));
    const hold = (/** @type {boolean} */ on) => tell(this, 'hold-change', on);
    this.#hold.addEventListener('pointerdown', () => {
      hold(true);
      addEventListener('pointerup', () => hold(false), { once: true });
      addEventListener('pointercancel', () => hold(false), { once: true });
    });
    this.#hold.addEventListener('keydown', (event) => {
      if (event.key === ' ' || event.key === 'Enter') hold(true);
    });
    this.#hold.addEventListener('keyup', () => hold(false));
    this.#hold.addEventListener('blur', () => hold(false));
  }

  /** @param {import('../state.js').State} state */
  update({ heated, fidelity, size }) {
    this.#heat.setAttribute('aria-pressed', String(heated));
    this.#heat.disabled = size?.kind === 'vector';
    const px = (/** @type {number} */ value) => number(value, { maximumSignificantDigits: 2 });
    this.#off.textContent = heated && fidelity ? t('heat.off', { mean: px(fidelity.meanPx), most: px(fidelity.maxPx) }) : '';
    this.#fieldset.setAttribute('aria-label', t('ground'));
    for (const { name, input, label } of this.#grounds) {
      input.setAttribute('aria-label', t(`ground.${name}`));
      label.title = t(`ground.${name}`);
    }
  }

  /** @param {boolean} on */
  outlined(on) {
    this.#outline.setAttribute('aria-pressed', String(on));
  }

  /**
   * @param {string} name
   * @param {string} brand
   */
  grounded(name, brand) {
    this.#brand.value = brand;
    this.#brand.hidden = name !== 'brand';
    this.style.setProperty('--ground-brand', brand);
    for (const ground of this.#grounds) ground.input.checked = ground.name === name;
  }

  /** @param {number} scale */
  scaled(scale) {
    this.#scale.textContent = percent(scale);
  }
}
