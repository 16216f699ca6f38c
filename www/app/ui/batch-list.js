/** Many logos: each with its picture, its state and ways to take or retry it; one zip of all. */

import { h, icon, tell } from '../dom.js';
import { percent, t } from '../i18n.js';

/** @typedef {import('../state.js').BatchRow} BatchRow */

/** The stages that a logo goes through, in order. */
const STAGES = ['decode', 'inks', 'edges', 'curves', 'export'];

export class BatchList extends HTMLElement {
  #count = h('span', { class: 'quiet' });
  #bar = h('progress', { 'aria-hidden': 'true' });
  #list = h('ol', { class: 'rows' });
  #zip = h('button', { type: 'button', class: 'main', 'data-action': 'batchZip', 'data-t': 'batch.zip' });
  /** @type {Map<number, Row>} */
  #rows = new Map();

  connectedCallback() {
    const act = (/** @type {string} */ action, /** @type {string} */ key) =>
      h('button', { type: 'button', 'data-action': action, 'data-t': key });
    this.append(
      h('div', { class: 'head' },
        h('h2', { 'data-t': 'batch' }), this.#count,
        h('button', { type: 'button', class: 'bare icon', 'data-action': 'batchClear', 'data-t-label': 'batch.clear' }, icon('close'))),
      this.#bar,
      this.#list,
      h('div', { class: 'ways' }, this.#zip, act('batchAgain', 'batch.again')));
  }

  /** @param {import('../state.js').State} state */
  update({ batch, file }) {
    this.hidden = batch.length === 0;
    for (const [id, row] of this.#rows) {
      if (batch.some((each) => each.id === id)) continue;
      row.element.remove();
      row.forget();
      this.#rows.delete(id);
    }
    for (const each of batch) {
      let row = this.#rows.get(each.id);
      if (!row) {
        row = new Row(each.id);
        this.#rows.set(each.id, row);
        this.#list.append(row.element);
      }
      row.show(each, each.file === file?.source);
    }
    const done = batch.filter(({ phase }) => phase === 'done').length;
    const over = batch.filter(({ phase }) => phase === 'done' || phase === 'failed').length;
    this.#count.textContent = t('batch.done', { done, all: batch.length });
    this.#bar.max = Math.max(1, batch.length);
    this.#bar.value = over;
    this.#bar.hidden = over === batch.length;
    this.#zip.disabled = done === 0;
  }

  /**
   * Says how far a logo is.
   * @param {number} id
   * @param {string} stage
   * @param {number} fraction of the stage that is done
   */
  progress(id, stage, fraction) {
    this.#rows.get(id)?.progress(stage, fraction);
  }
}

/** One logo's row; it changes only when its data do. */
class Row {
  #picture = h('img', { alt: '', loading: 'lazy', decoding: 'async', width: 40, height: 40 });
  #name = h('span', { class: 'name' });
  #state = h('span', { class: 'quiet' });
  #bar = h('progress', { 'aria-hidden': 'true', max: 1, value: 0 });
  #open = h('button', { type: 'button', class: 'bare row' }, this.#picture, h('span', { class: 'about' }, this.#name, this.#state, this.#bar));
  #retry = h('button', { type: 'button', 'data-t': 'batch.retry' });
  #own = h('button', { type: 'button', class: 'bare icon own' }, icon('options'));
  element = h('li', {}, this.#open, this.#own, this.#retry);
  /** @type {BatchRow | null} */
  #shown = null;

  /** @param {number} id */
  constructor(id) {
    // A file that the browser cannot show has an empty frame, not a broken one.
    this.#picture.addEventListener('error', () => this.#picture.classList.add('none'));
    this.#open.addEventListener('click', () => tell(this.element, 'batch-open', id));
    this.#own.addEventListener('click', () => tell(this.element, 'batch-own', id));
    this.#retry.addEventListener('click', () => tell(this.element, 'batch-retry', id));
  }

  /**
   * @param {BatchRow} row
   * @param {boolean} current
   */
  show(row, current) {
    if (current) this.#open.setAttribute('aria-current', 'true');
    else this.#open.removeAttribute('aria-current');
    if (row.phase !== 'working' || this.#shown?.phase !== 'working') {
      this.#state.textContent = row.phase === 'failed' ? row.fault
        : row.phase === 'done' ? t('inkCount', { count: row.inks })
        : t(`batch.${row.phase}`);
    }
    if (row === this.#shown) return;
    this.#bar.value = 0;
    if (row.svg !== this.#shown?.svg || !this.#shown) {
      this.forget();
      this.#picture.classList.remove('none');
      this.#picture.src = URL.createObjectURL(row.svg ? new Blob([row.svg], { type: 'image/svg+xml' }) : row.file);
    }
    this.#shown = row;
    const about = t('batch.own', { name: row.file.name });
    this.#own.title = about;
    this.#own.setAttribute('aria-label', about);
    this.#own.setAttribute('aria-pressed', String(row.own !== null));
    this.element.className = row.phase;
    this.#name.textContent = row.file.name;
    this.#retry.textContent = t('batch.retry');
    this.#retry.hidden = row.phase !== 'failed';
  }

  /**
   * @param {string} stage
   * @param {number} fraction
   */
  progress(stage, fraction) {
    if (this.#shown?.phase !== 'working') return;
    this.#bar.value = Math.max(0, STAGES.indexOf(stage) + fraction) / STAGES.length;
    this.#state.textContent = t('working', { stage: t(`stage.${stage}`), percent: percent(this.#bar.value) });
  }

  forget() {
    URL.revokeObjectURL(this.#picture.src);
  }
}
