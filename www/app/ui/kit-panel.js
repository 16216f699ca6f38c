/** The Kit tab: what a brand kit holds. */

import { h } from '../dom.js';

const PIECES = ['icons', 'social', 'versions', 'colors'];

export class KitPanel extends HTMLElement {
  connectedCallback() {
    this.append(h('ul', { class: 'pieces' }, ...PIECES.map((piece) =>
      h('li', {}, h('h3', { 'data-t': `kit.${piece}` }), h('p', { class: 'quiet', 'data-t': `kit.${piece}.what` })))));
  }
}
