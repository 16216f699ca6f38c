/**
 * The brand kit: the Kit tab. A `Part`: `desk.js` says what it is given and what is asked of it. Its
 * widgets are the `ui/kit-*.js` files, its look `style/kit.css`, its place `<kit-panel>` in
 * `index.html`.
 */

import { KitPanel } from './ui/kit-panel.js';

export const widgets = { 'kit-panel': KitPanel };

/** @param {import('./desk.js').Desk} _desk @returns {import('./desk.js').Part} */
export function make(_desk) {
  return {};
}
