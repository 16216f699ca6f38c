/**
 * The plates in printing order: seen or not, name, place in the order (drag, or the arrows), what ink
 * it is printed with. Edits are told as changes of the engine's options.
 */

import { h, tell } from '../dom.js';
import { number, t } from '../i18n.js';
import { dropped, merged, merges, moved, named, names, ownName, printed } from '../plate-edits.js';

/** @typedef {import('../../pkg/protocol.js').PlateReport} PlateReport */
/** @typedef {import('../../pkg/protocol.js').Separated} Separated */
/** @typedef {import('../state.js').Options} Options */

export class PlateList extends HTMLElement {
  /** @type {Options} */
  #options = {};
  /** Plates that are switched off, by name. @type {Set<string>} */
  #hidden = new Set();
  /** The inks that are printed, in order, by the names they have before any edit. @type {string[]} */
  #order = [];

  /**
   * @param {Separated} report
   * @param {Options} options
   */
  show(report, options) {
    this.#options = options;
    const movable = report.plates.filter(({ role }) => role !== 'underbase');
    this.#order = movable.map(({ name }) => ownName(options, name));
    const focus = this.contains(document.activeElement) ? document.activeElement?.id : null;
    const rows = report.plates.map((plate, index) => this.#row(plate, index, report));
    const gone = this.#gone(report);
    this.replaceChildren(
      h('h3', {}, t('plates.order')),
      h('ol', {}, ...rows),
      ...(gone.length > 0 ? [h('ul', { class: 'plate-gone' }, ...gone)] : []),
    );
    if (focus) document.getElementById(focus)?.focus();
  }

  /**
   * @param {PlateReport} plate
   * @param {number} index
   * @param {Separated} report
   */
  #row(plate, index, report) {
    const { name, rgb, role, coverageMm2, coveragePercent } = plate;
    const own = ownName(this.#options, name);
    const seen = h('input', { type: 'checkbox', checked: !this.#hidden.has(name), id: `plate-seen-${index}`, 'aria-label': t('plates.see', { name }) });
    seen.addEventListener('change', () => {
      if (seen.checked) this.#hidden.delete(name);
      else this.#hidden.add(name);
      tell(this, 'plate-seen', { name, isSeen: seen.checked });
    });
    const chip = h('span', { class: 'chip' });
    chip.style.background = rgb;
    const covers = h('bdi', { class: 'quiet', dir: 'ltr' }, [
      `${number(coverageMm2 / 100, { maximumFractionDigits: 1 })} cm²`,
      number(coveragePercent / 100, { style: 'percent', maximumFractionDigits: 1 }),
      `${plate.lpi} lpi ${plate.angleDeg}°`,
    ].join(' · '));
    if (role === 'underbase') {
      return h('li', {}, h('div', { class: 'plate-line' }, seen, chip, h('span', {}, t('plates.underbase'))), covers);
    }
    const field = h('input', { type: 'text', dir: 'auto', value: name, id: `plate-name-${own}`, 'aria-label': t('plates.name', { name }), spellcheck: false });
    field.addEventListener('change', () => this.#change(named(this.#options, own, field.value)));
    const place = this.#order.indexOf(own);
    const arrow = (/** @type {string} */ glyph, /** @type {number} */ by, /** @type {string} */ key) => {
      const button = h('button', { type: 'button', class: 'bare', id: `${key}-${own}`, 'aria-label': t(key, { name }), title: t(key, { name }) }, glyph);
      button.disabled = place + by < 0 || place + by >= this.#order.length;
      button.addEventListener('click', () => this.#change(moved(this.#order, own, place + by)));
      return button;
    };
    const row = h('li', { draggable: true },
      h('div', { class: 'plate-line' }, seen, chip, field,
        arrow('↑', -1, 'plates.earlier'), arrow('↓', 1, 'plates.later'), this.#fate(own, name, report)),
      covers);
    this.#drag(row, own, place);
    return row;
  }

  /**
   * What an ink is printed with: itself, another, or not at all.
   * @param {string} own
   * @param {string} name
   * @param {Separated} report
   */
  #fate(own, name, report) {
    const select = h('select', { id: `plate-fate-${own}`, 'aria-label': t('plates.with', { name }), title: t('plates.with', { name }) },
      h('option', { value: '' }, t('plates.alone')),
      ...report.plates.filter((other) => other.role !== 'underbase' && other.name !== name)
        .map((other) => h('option', { value: ownName(this.#options, other.name) }, t('plates.into', { name: other.name }))),
      h('option', { value: ' ' }, t('plates.drop')));
    select.addEventListener('change', () => {
      const { value } = select;
      if (value === ' ') this.#change(printed(this.#options, own, true));
      else if (value) this.#change(merged(this.#options, own, { into: value, percent: 100 }));
    });
    return select;
  }

  /**
   * Inks without a plate of their own, each with the way back.
   * @param {Separated} report
   */
  #gone({ inks }) {
    const into = merges(this.#options);
    const out = new Set(dropped(this.#options));
    const called = names(this.#options);
    return inks.filter(({ name }) => into.has(name) || out.has(name)).map(({ name, rgb }) => {
      const chip = h('span', { class: 'chip' });
      chip.style.background = rgb;
      const shown = called.get(name) ?? name;
      const merge = out.has(name) ? undefined : into.get(name);
      const back = h('button', { type: 'button' }, t('restore'));
      back.setAttribute('aria-label', `${t('restore')}: ${shown}`);
      back.addEventListener('click', () =>
        this.#change({ ...merged(this.#options, name, null), ...printed(this.#options, name, false) }));
      if (!merge) return h('li', { class: 'plate-line' }, chip, h('span', {}, t('plates.gone', { name: shown })), back);
      const tint = h('input', { type: 'number', min: '1', max: '100', value: String(merge.percent), id: `plate-tint-${name}`, 'aria-label': t('plates.tint', { name: shown }) });
      tint.addEventListener('change', () => {
        if (tint.validity.valid) this.#change(merged(this.#options, name, { into: merge.into, percent: tint.valueAsNumber }));
      });
      const target = called.get(merge.into) ?? merge.into;
      return h('li', { class: 'plate-line' }, chip, h('span', {}, t('plates.merged', { name: shown, into: target })), tint, '%', back);
    });
  }

  /**
   * @param {HTMLLIElement} row
   * @param {string} own
   * @param {number} place
   */
  #drag(row, own, place) {
    row.addEventListener('dragstart', (event) => {
      event.dataTransfer?.setData('application/x-plate', own);
    });
    row.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('application/x-plate')) return;
      event.preventDefault();
      event.stopPropagation();
    });
    row.addEventListener('drop', (event) => {
      const dragged = event.dataTransfer?.getData('application/x-plate');
      if (!dragged) return;
      event.preventDefault();
      event.stopPropagation();
      this.#change(moved(this.#order, dragged, place));
    });
  }

  /** @param {Record<string, string>} changed options by name */
  #change(changed) {
    for (const [name, value] of Object.entries(changed)) {
      if (value !== this.#options[name]) tell(this, 'option-change', { group: 'separate', name, value, final: true });
    }
  }
}
