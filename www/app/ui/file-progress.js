/**
 * How many of the files that are being made are there: one total over all kinds, by the files
 * themselves. Hears of them by `files-progress` (`{ part, done, all }`); hidden when all are there.
 */

import { h } from '../dom.js';
import { t } from '../i18n.js';

/** Files that are done sooner than this are not announced. */
const PATIENCE_MS = 400;

export class FileProgress extends HTMLElement {
  #words = h('span', { class: 'quiet' });
  #bar = h('progress', { 'aria-hidden': 'true' });
  /** @type {Map<string, { done: number, all: number }>} */
  #parts = new Map();
  #since = 0;

  connectedCallback() {
    this.hidden = true;
    this.append(this.#bar, this.#words);
    document.addEventListener('files-progress', (event) => {
      const { part, done, all } = /** @type {CustomEvent} */ (event).detail;
      if (![...this.#parts.values()].some((each) => each.done < each.all)) {
        this.#parts.clear();
        this.#since = performance.now();
      }
      this.#parts.set(part, { done, all });
      this.#show();
    });
  }

  #show() {
    const counts = [...this.#parts.values()];
    const sum = (/** @type {'done' | 'all'} */ what) => counts.reduce((total, each) => total + each[what], 0);
    const [done, all] = [sum('done'), sum('all')];
    this.hidden = done === all || performance.now() - this.#since < PATIENCE_MS;
    this.#bar.max = Math.max(1, all);
    this.#bar.value = done;
    this.#words.textContent = t('kit.count', { done, all });
  }
}
