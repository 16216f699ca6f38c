/**
 * The steps taken so far, in words; choosing one goes there. Tells `history-wanted` with a function that
 * takes them, and `history-go` with how many steps to go.
 */

import { h, icon, tell } from '../dom.js';
import { has, t } from '../i18n.js';
import { floats } from './float.js';

/** @typedef {import('../state.js').Settings} Settings */

/**
 * Of a list in text (`a=b; c=d`), what is new.
 * @param {string} now
 * @param {string} before
 */
const news = (now, before) => {
  const known = before.split('; ');
  return now.split('; ').filter((entry) => !known.includes(entry)).join(', ').replaceAll('=', ' → ');
};

/**
 * What the step from one state of the settings to another did.
 * @param {Settings} from
 * @param {Settings} to
 */
function words(from, to) {
  const changed = Object.entries(to).flatMap(([group, options]) => Object.entries(options)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(from[group]?.[name]))
    .map(([name, value]) => {
      const key = `option.${group}.${name}`;
      const label = has(key) ? t(key) : name.replaceAll('_', ' ');
      const said = typeof value === 'string' && has(`${key}.${value}`) ? t(`${key}.${value}`)
        : value === null ? t('auto')
        : typeof value === 'boolean' ? t(value ? 'on' : 'off')
        : typeof value === 'string' ? news(value, String(from[group]?.[name] ?? '')) : String(value);
      return [label, said].join(' ').trim();
    }));
  if (changed.length === 0) return t('history.swap');
  return changed.length > 2 ? t('history.many', { count: changed.length }) : changed.join(', ');
}

export class HistoryList extends HTMLElement {
  #list = h('ol', { class: 'steps' });
  #sheet = h('div', { class: 'float', id: 'history-steps', popover: 'auto' }, h('h2', { 'data-t': 'history' }), this.#list);
  #button = h('button', { type: 'button', class: 'bare icon', popovertarget: 'history-steps', 'data-t-label': 'history' }, icon('history'));

  connectedCallback() {
    this.append(this.#button, this.#sheet);
    floats(this.#button, this.#sheet);
    this.#sheet.addEventListener('beforetoggle', () => {
      tell(this, 'history-wanted', (/** @type {Settings[]} */ steps, /** @type {number} */ at) => this.#fill(steps, at));
    });
  }

  /** @param {import('../state.js').State} state */
  update({ canUndo, canRedo }) {
    this.#button.disabled = !canUndo && !canRedo;
  }

  /**
   * @param {Settings[]} steps
   * @param {number} at which of them is in use
   */
  #fill(steps, at) {
    this.#list.replaceChildren(...steps.map((step, index) => {
      const text = index === 0 ? t('history.start') : words(steps[index - 1], step);
      const button = h('button', { type: 'button', class: 'bare', onclick: () => this.#go(index - at) }, text);
      if (index === at) button.setAttribute('aria-current', 'step');
      if (index > at) button.classList.add('undone');
      return h('li', {}, button);
    }));
  }

  /** @param {number} steps */
  #go(steps) {
    this.#sheet.hidePopover();
    tell(this, 'history-go', steps);
  }
}
