/** What the site has to say of itself: that there is no network, a newer build, that it can be installed. */

import { h } from '../dom.js';
import { t } from '../i18n.js';

export class SiteNote extends HTMLElement {
  #offline = h('span', { class: 'quiet', role: 'status' });
  #install = h('button', { type: 'button', 'data-action': 'installSite', hidden: true });
  #words = h('span');
  #update = h('button', { type: 'button', class: 'main', 'data-action': 'updateSite' });
  #note = h('div', { class: 'note', role: 'status', hidden: true }, this.#words, this.#update);

  connectedCallback() {
    this.append(this.#offline, this.#install, this.#note);
  }

  /** @param {import('../state.js').State} state */
  update({ site, phase, batch }) {
    const busy = phase === 'working' || batch.some((row) => row.phase === 'waiting' || row.phase === 'working');
    this.#offline.textContent = site.offline ? t('offline') : '';
    this.#offline.title = t('offline.what');
    this.#install.hidden = !site.install;
    this.#install.textContent = t('site.install');
    this.#note.hidden = !site.update;
    this.#words.textContent = t('site.update');
    this.#update.textContent = t('site.updateNow');
    // Never in the middle of a job.
    this.#update.disabled = busy;
  }
}
