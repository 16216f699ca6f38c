/** What this browser remembers of a person's ways; never anything of a logo, and nothing in private mode. */

import { flag } from './flags.js';

const KEY = 'logopress';

/**
 * @typedef {object} Preferences
 * @property {'light' | 'dark' | ''} theme empty: as the system
 * @property {string} language empty: as the browser
 * @property {boolean} letters whether keys without Ctrl are shortcuts
 * @property {string} ground
 * @property {string} brand the colour of the fourth ground
 * @property {string[]} favourites the kinds of file shown first
 * @property {'mm' | 'in' | ''} unit of lengths; empty: as people measure where the browser says it is
 * @property {import('./state.js').Settings} settings only what differs from the defaults
 */

/** @type {Preferences} */
const STANDARD = { theme: '', language: '', letters: true, ground: 'checker', brand: '#808080', favourites: [], unit: '', settings: {} };

/** @returns {Preferences} */
function load() {
  try {
    return { ...STANDARD, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    // Storage is refused or broken: then nothing is remembered.
    return { ...STANDARD };
  }
}

export const preferences = load();

/** @param {Partial<Preferences>} change */
export function remember(change) {
  Object.assign(preferences, change);
  if (flag('private')) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Refused; it holds until the page is closed.
  }
}
