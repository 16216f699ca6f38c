/**
 * The inks of the trace: how much each covers, and what can be done to it. One is chosen here or in
 * the art; dragging one on another merges them. Tells `ink-pick`, `ink-hover`, `ink-edit`
 * (`{ ink, becomes }`), `ink-name`, `ink-lock`, `ink-restore`, `color-wanted`. Gradients are listed beside them.
 */

import { h, icon, one, tell } from '../dom.js';
import { percent, t, translate } from '../i18n.js';
import { goneInks, isLocked, parseNames, SORTS } from '../ink-edits.js';
import { InkTools } from './ink-tools.js';

export class InkList extends HTMLElement {
  #why = h('p', { class: 'hint' });
  #list = h('ul', { class: 'inks' });
  #gradients = h('ul', { class: 'inks', 'data-t-label': 'gradients', hidden: true });
  #gone = h('ul', { class: 'inks gone', hidden: true });
  #sort = h('select', { class: 'quiet', 'data-t-label': 'sort' },
    ...Object.keys(SORTS).map((name) => h('option', { value: name, 'data-t': `sort.${name}` })));
  #tools = new InkTools(this);
  #shown = '';
  /** @type {import('../state.js').State | null} */
  #state = null;

  connectedCallback() {
    this.append(
      h('div', { class: 'head' }, h('h2', { 'data-t': 'inks' }), this.#sort),
      this.#why, this.#list, this.#gradients, this.#gone);
    this.#sort.addEventListener('change', () => this.#state && this.update(this.#state));
  }

  /** @param {import('../state.js').State} state */
  update(state) {
    this.#state = state;
    const { traced, ink, shares, gradients, settings } = state;
    const inks = traced?.inks ?? [];
    const given = parseNames(String(settings.document?.ink_names ?? ''));
    const names = inks.map((ink, at) => given.get(ink) || traced?.names[at] || '');
    const edits = String(settings.trace?.edits ?? '');
    const gone = goneInks(edits);
    const locked = inks.map((ink) => isLocked(settings.trace?.locked ?? [], edits, ink));
    this.#why.textContent = why(state);
    const order = inks.map((_, at) => at).sort((a, b) => {
      const key = SORTS[this.#sort.value];
      return key(inks[a], shares[a] ?? 0) - key(inks[b], shares[b] ?? 0) || a - b;
    });
    const shown = JSON.stringify([inks, order, shares, gradients, names, gone, locked, document.documentElement.lang]);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#list.replaceChildren(...order.map((at) => this.#row(at, inks[at], names[at], shares[at], locked[at])));
      this.#gradients.replaceChildren(...gradients.map(gradientRow));
      this.#gradients.hidden = gradients.length === 0;
      this.#gone.replaceChildren(...gone.map((color) => this.#goneRow(color)));
      this.#gone.hidden = gone.length === 0;
      translate(this);
    }
    for (const row of this.#list.children) {
      const chosen = Number(row.getAttribute('data-at')) === ink;
      one('button', row).setAttribute('aria-expanded', String(chosen));
      if (chosen && this.#tools.element.parentElement !== row) row.append(this.#tools.element);
    }
    if (ink === null) this.#tools.element.remove();
    else this.#tools.show(inks[ink], inks, names[ink], locked[ink]);
    translate(this.#tools.element);
  }

  /**
   * @param {number} at
   * @param {string} color
   * @param {string} name
   * @param {number | undefined} share
   * @param {boolean} locked
   */
  #row(at, color, name, share, locked) {
    const button = h('button', { type: 'button', class: 'bare ink', draggable: !locked },
      swatch(color),
      h('span', { class: 'title' }, name || h('code', {}, color)),
      locked ? icon('lock') : null,
      locked ? h('span', { class: 'spoken', 'data-t': 'ink.locked' }) : null,
      covered(share));
    const row = h('li', { 'data-at': at }, button);
    button.addEventListener('click', () => tell(this, 'ink-pick', at));
    button.addEventListener('pointerenter', () => tell(this, 'ink-hover', at));
    button.addEventListener('pointerleave', () => tell(this, 'ink-hover', null));
    button.addEventListener('dragstart', (event) => event.dataTransfer?.setData('text/x-ink', color));
    for (const type of ['dragenter', 'dragover']) {
      button.addEventListener(type, (event) => {
        if (!(event instanceof DragEvent) || !event.dataTransfer?.types.includes('text/x-ink')) return;
        event.preventDefault();
        button.classList.add('target');
      });
    }
    for (const type of ['dragleave', 'drop']) button.addEventListener(type, () => button.classList.remove('target'));
    button.addEventListener('drop', (event) => {
      const ink = event.dataTransfer?.getData('text/x-ink');
      if (!ink) return;
      event.preventDefault();
      event.stopPropagation();
      if (ink !== color) tell(this, 'ink-edit', { ink, becomes: color });
    });
    return row;
  }

  /** @param {string} color */
  #goneRow(color) {
    const button = h('button', { type: 'button', class: 'bare back', 'data-t': 'restore' });
    button.addEventListener('click', () => tell(this, 'ink-restore', color));
    return h('li', {}, h('span', { class: 'ink' }, swatch(color), h('span', { class: 'title quiet' }, t('ink.gone', { color })), button));
  }
}

/** How much something covers. @param {number | undefined} share */
const covered = (share) => h('span', { class: 'quiet share' },
  share === undefined ? '' : share < 0.01 ? `< ${percent(0.01)}` : percent(share));

/** @param {import('../shares.js').GradientShare} gradient */
function gradientRow({ kind, from, to, css, share }) {
  return h('li', {}, h('span', { class: 'ink' }, swatch(css), h('span', { class: 'title' }, t(`gradient.${kind}`, { from, to })), covered(share)));
}

/** @param {string} color */
function swatch(color) {
  const patch = h('span', { class: 'swatch' });
  patch.style.setProperty('--ink', color);
  return patch;
}

/** Why there are these inks. @param {import('../state.js').State} state */
function why({ traced, gradients, shades, settings, size }) {
  if (!traced) return '';
  const count = t('inkCount', { count: traced.inks.length });
  if (gradients.length > 0) return t('why.gradients', { inks: count, gradients: t('gradientCount', { count: gradients.length }) });
  if (size?.kind === 'vector') return t('why.vector', { inks: count });
  if (settings.trace?.palette?.length) return t('why.palette', { inks: count });
  if (settings.trace?.inks) return t('why.most', { inks: count });
  if (shades > traced.inks.length) return t('why.edges', { inks: count, shades });
  return t('why.exact', { inks: count });
}
