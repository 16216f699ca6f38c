/** The Plates tab: a light table, the inks, what to watch out for, options, and the files. */

import { h, tell } from '../dom.js';
import { t } from '../i18n.js';
import { lengths, unitChoice } from './lengths.js';

/** @typedef {import('../../pkg/protocol.js').Separated} Separated */

export class PlatePanel extends HTMLElement {
  #table = /** @type {import('./plate-table.js').PlateTable} */ (document.createElement('plate-table'));
  #list = /** @type {import('./plate-list.js').PlateList} */ (document.createElement('plate-list'));
  #warnings = /** @type {import('./plate-warnings.js').PlateWarnings} */ (document.createElement('plate-warnings'));
  #fault = h('p', { class: 'plate-fault', role: 'alert', dir: 'auto', hidden: true });
  #facts = h('p', { class: 'quiet' });
  #download = h('button', { type: 'button', class: 'main', 'data-action': 'downloadPlates', 'data-t': 'plates.download' });
  #files = h('ul', { class: 'plate-singles' });
  /** @type {Separated | null} */
  #report = null;

  connectedCallback() {
    const options = document.createElement('option-list');
    options.setAttribute('group', 'separate');
    options.setAttribute('first', 'method substrate underbase width_mm paper press trapping marks');
    options.setAttribute('without', 'rename merge drop order');
    const side = h('div', { class: 'plate-side' },
      this.#fault, this.#list, this.#warnings,
      h('div', { class: 'plate-files' },
        h('div', { class: 'plate-facts' }, this.#facts, unitChoice(() => this.#measure())), this.#download,
        h('details', {}, h('summary', { 'data-t': 'plates.files' }), this.#files)));
    this.append(h('div', { class: 'plate-desk' }, this.#table, side), options);
    this.addEventListener('plate-seen', (event) => this.#table.toggle(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener('plate-place', (event) => this.#table.go(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {import('../state.js').State} state */
  update({ svg }) {
    this.#download.disabled = !svg;
  }

  /** @param {boolean} isBusy */
  busy(isBusy) {
    this.#table.setAttribute('aria-busy', String(isBusy));
  }

  /**
   * What was made, or why nothing could be; the last plates stay on the table meanwhile.
   * @param {Separated | null} report
   * @param {{ message: string, advice: string } | null} fault
   * @param {import('../state.js').Options} options that it was made with
   */
  show(report, fault, options) {
    this.#fault.hidden = !fault;
    this.#fault.textContent = fault ? `${fault.message} ${fault.advice}` : '';
    if (!report) return;
    this.#report = report;
    this.#table.show(report);
    this.#list.show(report, options);
    this.#measure();
    this.#files.replaceChildren(...report.files.map((name) => {
      const button = h('button', { type: 'button', class: 'bare' }, name);
      button.addEventListener('click', () => tell(this, 'plate-file', name));
      return h('li', {}, button);
    }));
  }

  /** Says lengths in the unit in use. */
  #measure() {
    if (!this.#report) return;
    const { trimMm: [, , ...art], widthMm, heightMm } = this.#report;
    this.#warnings.show(this.#report);
    this.#facts.textContent = t('plates.facts', { art: lengths(art), sheet: lengths([widthMm, heightMm]) });
  }
}
