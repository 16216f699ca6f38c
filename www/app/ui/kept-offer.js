/** Asks on the first screen whether to open again what the page ended by. */

import { h, icon, one } from '../dom.js';
import { t } from '../i18n.js';

/**
 * @param {string} name of the file
 * @returns {Promise<boolean>} no as well once other files have come
 */
export async function asks(name) {
  const ways = /** @type {const} */ ([['kept.offer.open', true], ['kept.offer.forget', false]]);
  const done = new AbortController();
  /** @type {boolean} */
  const answer = await new Promise((resolve) => {
    const buttons = ways.map(([key, yes]) => h('button', { type: 'button', 'data-t': key, onclick: () => resolve(yes) }, t(key)));
    document.addEventListener('files', () => resolve(false), { signal: done.signal });
    const offer = h('section', { class: 'kept-offer', role: 'alert' }, icon('fault'), h('p', {}, t('kept.offer', { name })), h('div', { class: 'ways' }, ...buttons));
    done.signal.addEventListener('abort', () => offer.remove());
    one('drop-zone').append(offer);
  });
  done.abort();
  return answer;
}
