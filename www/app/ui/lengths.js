/** Lengths as people measure them: mm, or inches. The engine knows mm alone. */

import { h } from '../dom.js';
import { number } from '../i18n.js';
import { preferences, remember } from '../preferences.js';

/** @typedef {'mm' | 'in'} Unit */

/** @type {Unit[]} */
const UNITS = ['mm', 'in'];
const MM_PER = { mm: 1, in: 25.4 };
/** A thousandth of an inch is a fortieth of a mm. */
const DECIMALS = { mm: 2, in: 3 };

/** Where inches are what one measures in. */
const INCHES = new Set(['en-US', 'en-LR', 'my-MM']);

/** The unit in use. @returns {Unit} */
export const unit = () => preferences.unit || (INCHES.has(navigator.language) ? 'in' : 'mm');

/** @param {number} mm */
export const fromMm = (mm) => Number((mm / MM_PER[unit()]).toFixed(DECIMALS[unit()]));

/** To the hundredth of a mm; what was shown comes back as it was. @param {number} length */
export const toMm = (length) => Number((length * MM_PER[unit()]).toFixed(2));

/**
 * Lengths as words, such as `20 × 30 mm`.
 * @param {number[]} mm
 * @param {string} [between]
 */
export function lengths(mm, between = ' × ') {
  const maximumFractionDigits = DECIMALS[unit()] - 1;
  return `${mm.map((each) => number(each / MM_PER[unit()], { maximumFractionDigits })).join(between)} ${unit()}`;
}

/**
 * A choice of the unit, for all lengths everywhere.
 * @param {() => void} changed
 */
export function unitChoice(changed) {
  const inputs = UNITS.map((value) => {
    const input = h('input', { type: 'radio', name: 'unit', value, checked: value === unit() });
    input.addEventListener('change', () => {
      remember({ unit: value });
      for (const list of document.querySelectorAll('option-list')) Reflect.get(list, 'rebuild')?.call(list);
      changed();
    });
    return h('label', {}, input, value);
  });
  return h('div', { class: 'words', role: 'radiogroup', 'data-t-label': 'plates.unit' }, ...inputs);
}
