/** What may go wrong on press; each place is a button that shows it on the light table. */

import { h, icon, tell } from '../dom.js';
import { has, t } from '../i18n.js';
import { lengths } from './lengths.js';

/** Places shown before the rest are folded away. */
const FIRST = 6;

export class PlateWarnings extends HTMLElement {
  /** @param {import('../../pkg/protocol.js').Separated} report */
  show({ warnings, trimMm: [left, top] }) {
    const head = h('h3', {}, t(warnings.length > 0 ? 'plates.warnings' : 'plates.fine'));
    this.replaceChildren(head, ...warnings.map(({ code, ink, message, advice, places }) => {
      const key = `plates.warn.${code}`;
      const said = has(key) ? t(key, { count: places.length, ink: ink ?? '' }) : `${message} ${advice}`;
      const buttons = places.map((place, i) => {
        const at = lengths([place.xMm - left, place.yMm - top], ', ');
        const button = h('button', { type: 'button', class: 'bare place', 'aria-label': t('plates.place', { n: i + 1, at }) }, at);
        button.addEventListener('click', () => tell(this, 'plate-place', place));
        return button;
      });
      const rest = buttons.slice(FIRST);
      return h('div', { class: 'plate-warning' },
        h('p', {}, icon('fault'), h('span', { dir: 'auto' }, said)),
        h('div', { class: 'plate-places' }, ...buttons.slice(0, FIRST)),
        rest.length > 0 ? h('details', {}, h('summary', {}, t('more')), h('div', { class: 'plate-places' }, ...rest)) : null);
    }));
  }
}
