/** What the engine has done, in figures that people can read; they are taken while the part is open. */

import { h } from '../dom.js';
import { number, t } from '../i18n.js';

/** @param {number} s */
const seconds = (s) => Number.isFinite(s) ? number(s, { style: 'unit', unit: 'second', maximumSignificantDigits: 2 }) : '–';

export class FigureTable extends HTMLElement {
  #facts = h('dl');
  #stages = h('table');
  /** @type {import('../state.js').State | null} */
  #state = null;

  connectedCallback() {
    this.append(this.#facts, this.#stages);
    this.closest('details')?.addEventListener('toggle', () => this.#show());
  }

  /** @param {import('../state.js').State} state */
  update(state) {
    this.#state = state;
    this.#show();
  }

  #show() {
    const { measures, variant, batch } = this.#state ?? {};
    if (!measures || !this.closest('details')?.open) return;
    const { jobs, stages, waits, workers, cache, memoryBytes } = measures.figures;
    const found = { found: cache.hit, all: cache.hit + cache.miss + cache.expired + cache.corrupt };
    /** @type {[string, string][]} */
    const facts = [
      ['figures.jobs', t('figures.outcomes', jobs)],
      ['figures.cache', t('batch.done', { done: found.found, all: found.all })],
      ['figures.memory', number(memoryBytes / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 })],
      ['figures.workers', t('figures.threads', { workers, threads: variant?.threads ?? 1 })],
      ...batch?.length ? [/** @type {[string, string]} */ (['batch', t('batch.done', { done: batch.filter(({ phase }) => phase === 'done').length, all: batch.length })])] : [],
    ];
    this.#facts.replaceChildren(...facts.flatMap(([key, value]) => [h('dt', {}, t(key)), h('dd', {}, value)]));
    const head = ['figures.stage', 'figures.times', 'figures.mean', 'figures.most'].map((key) => h('th', { scope: 'col' }, t(key)));
    const rows = [
      ...stages.map((each) => ({ ...each, title: t(`stage.${each.name}`) })),
      ...waits.map((each) => ({ ...each, title: t(`figures.wait.${each.name}`) })),
    ].map(({ title, count, meanS, mostS }) => h('tr', {},
      h('th', { scope: 'row' }, title), h('td', {}, number(count)), h('td', {}, seconds(meanS)), h('td', {}, seconds(mostS))));
    this.#stages.replaceChildren(h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...rows));
  }
}
