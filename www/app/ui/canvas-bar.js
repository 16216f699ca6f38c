/** The tools under the canvas: ground, outlines, compare, zoom. */

import { h, icon, tell } from '../dom.js';
import { percent, t } from '../i18n.js';

const GROUNDS = ['checker', 'light', 'dark'];

export class CanvasBar extends HTMLElement {
  #grounds = GROUNDS.map((name) => {
    const input = h('input', { type: 'radio', name: 'ground', value: name, checked: name === 'checker' });
    input.addEventListener('change', () => tell(this, 'ground-change', name));
    const label = h('label', { class: name }, input, h('i'));
    return { name, input, label };
  });
  #fieldset = h('div', { class: 'grounds', role: 'radiogroup' }, ...this.#grounds.map((g) => g.label));
  #outline = h('button', { type: 'button', class: 'bare', 'aria-pressed': 'false', 'data-action': 'outline' },
    icon('outline'), h('span', { class: 'word', 'data-t': 'outline' }));
  #hold = h('button', { type: 'button', class: 'bare', 'data-t-title': 'hold' },
    icon('hold'), h('span', { class: 'word', 'data-t': 'compare' }));
  #scale = h('output');

  connectedCallback() {
    const tool = (/** @type {string} */ action, /** @type {string} */ label, /** @type {string} */ glyph) =>
      h('button', { type: 'button', class: 'bare icon', 'data-action': action, 'data-t-label': label }, icon(glyph));
    this.append(
      this.#fieldset,
      this.#outline,
      this.#hold,
      h('div', { class: 'zoom' },
        tool('zoomOut', 'zoomOut', 'minus'),
        this.#scale,
        tool('zoomIn', 'zoomIn', 'plus'),
        tool('fit', 'fit', 'fit')),
    );
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

  update() {
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

  /** @param {string} name */
  grounded(name) {
    for (const ground of this.#grounds) ground.input.checked = ground.name === name;
  }

  /** @param {number} scale */
  scaled(scale) {
    this.#scale.textContent = percent(scale);
  }
}
