/**
 * Kinds of picture, each with what it makes of this very logo; of a drawing that is mostly lines, line
 * art is offered. Tells `option-change`.
 */

import { h, tell } from '../dom.js';
import { has, said, t } from '../i18n.js';

export class PresetPicker extends HTMLElement {
  /** @type {Map<string, { input: HTMLInputElement, picture: HTMLImageElement, svg: string }>} */
  #tiles = new Map();
  #row = h('div', { class: 'presets', role: 'radiogroup' });
  #offer = h('button', { class: 'offer', hidden: true });

  connectedCallback() {
    this.#offer.addEventListener('click', () => this.#choose('line-art'));
    this.append(this.#row, this.#offer);
  }

  /** @param {import('../state.js').State} state */
  update({ specs, settings, presets }) {
    const kind = specs.trace?.find(({ name }) => name === 'preset')?.kind;
    if (kind?.type !== 'choice') return;
    this.#row.setAttribute('aria-label', t('option.trace.preset'));
    if (this.#tiles.size === 0) this.#build(kind.choices);
    for (const [name, tile] of this.#tiles) {
      tile.input.checked = settings.trace.preset === name;
      this.#depict(tile, presets[name] ?? '');
    }
    this.#offer.textContent = t('preset.lines');
    this.#offer.hidden = settings.trace.preset === 'line-art' || !isLines(presets['line-art'] ?? '');
  }

  /** Makes all tiles anew, in another language. */
  rebuild() {
    for (const { picture } of this.#tiles.values()) URL.revokeObjectURL(picture.src);
    this.#tiles.clear();
    this.#row.replaceChildren();
  }

  /** @param {{ value: string, doc: string }[]} choices */
  #build(choices) {
    for (const { value, doc } of choices) {
      const input = h('input', { type: 'radio', name: 'trace-preset', value });
      input.addEventListener('change', () => this.#choose(value));
      const picture = h('img', { alt: '', hidden: true });
      const key = `option.trace.preset.${value}`;
      this.#row.append(h('label', { title: said(`${key}.hint`, doc) }, input, h('span', { class: 'proof' }, picture), h('span', { class: 'word' }, has(key) ? t(key) : value)));
      this.#tiles.set(value, { input, picture, svg: '' });
    }
  }

  /** @param {string} value */
  #choose(value) {
    tell(this, 'option-change', { group: 'trace', name: 'preset', value, final: true });
  }

  /**
   * @param {{ picture: HTMLImageElement, svg: string }} tile
   * @param {string} svg
   */
  #depict(tile, svg) {
    if (tile.svg === svg) return;
    URL.revokeObjectURL(tile.picture.src);
    tile.svg = svg;
    tile.picture.hidden = !svg;
    if (svg) tile.picture.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  }
}

/** Whether an SVG has more lines than filled outlines. @param {string} svg */
function isLines(svg) {
  let [lines, filled] = [0, 0];
  for (const [shape] of svg.matchAll(/<(?:path|rect|circle|ellipse)\b[^>]*>/g)) {
    const outlines = shape.match(/ d="[^"]*"/)?.[0].match(/[Mm]/g)?.length ?? 1;
    if (shape.includes(' stroke=')) lines += outlines;
    else filled += outlines;
  }
  return lines > filled;
}
