/** The page's language. */

import { h, tell } from '../dom.js';
import { LANGUAGES, current, t } from '../i18n.js';

export class LanguageChoice extends HTMLElement {
  #select = h('select', {}, ...Object.entries(LANGUAGES).map(([tag, name]) => h('option', { value: tag, lang: tag }, name)));

  connectedCallback() {
    this.append(this.#select);
    this.#select.addEventListener('change', () => tell(this, 'language-change', this.#select.value));
  }

  update() {
    this.#select.value = current();
    this.#select.setAttribute('aria-label', t('language'));
  }
}
