/**
 * Tabs over panels elsewhere in the page: buttons with `role=tab` and `aria-controls`. Arrow keys,
 * Home and End go from tab to tab and show what they come to. Tells `tab-change` with the panel's id.
 */

import { one, tell } from '../dom.js';

export class TabList extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'tablist');
    this.addEventListener('click', (event) => {
      const tab = event.target instanceof Element ? event.target.closest('[role=tab]') : null;
      if (tab) this.choose(tab.getAttribute('aria-controls') ?? '');
    });
    this.addEventListener('keydown', (event) => this.#key(event));
    this.choose(this.#tabs[0].getAttribute('aria-controls') ?? '');
  }

  /** @returns {HTMLElement[]} */
  get #tabs() {
    return [...this.querySelectorAll('[role=tab]')].filter((tab) => tab instanceof HTMLElement);
  }

  /** The id of the panel that is shown. */
  get chosen() {
    return one('[aria-selected=true]', this).getAttribute('aria-controls') ?? '';
  }

  /** @param {string} id of the panel to show */
  choose(id) {
    for (const tab of this.#tabs) {
      const panel = tab.getAttribute('aria-controls') ?? '';
      tab.setAttribute('aria-selected', String(panel === id));
      tab.tabIndex = panel === id ? 0 : -1;
      one(`#${panel}`).toggleAttribute('data-shown', panel === id);
    }
    tell(this, 'tab-change', id);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const tabs = this.#tabs;
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const forward = this.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    /** @type {Record<string, number>} */
    const to = { [forward]: at + 1, [back]: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 };
    if (at < 0 || !(event.key in to)) return;
    event.preventDefault();
    const tab = tabs[to[event.key] % tabs.length];
    this.choose(tab.getAttribute('aria-controls') ?? '');
    tab.focus();
  }
}
