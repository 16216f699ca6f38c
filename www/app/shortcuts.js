/** The keys: one table, which the page obeys and the sheet of shortcuts shows. */

/** @typedef {{ action: string, keys: string[], shown?: string[], ctrl?: boolean, shift?: boolean }} Shortcut */

/** What each key does; `ctrl` means Ctrl or, on a Mac, Command. @type {Shortcut[]} */
export const SHORTCUTS = [
  { action: 'open', keys: ['o'] },
  { action: 'paste', keys: ['v'] },
  { action: 'hold', keys: [' '], shown: ['␣'] },
  { action: 'outline', keys: ['e'] },
  { action: 'heat', keys: ['h'] },
  { action: 'zoomIn', keys: ['+', '='], shown: ['+'] },
  { action: 'zoomOut', keys: ['-'], shown: ['−'] },
  { action: 'fit', keys: ['0'] },
  { action: 'groundChecker', keys: ['1'] },
  { action: 'groundLight', keys: ['2'] },
  { action: 'groundDark', keys: ['3'] },
  { action: 'groundBrand', keys: ['4'] },
  { action: 'swap', keys: ['b'] },
  { action: 'download', keys: ['s'] },
  { action: 'copy', keys: ['c'] },
  { action: 'redo', keys: ['z', 'Z'], shown: ['Z'], ctrl: true, shift: true },
  { action: 'redo', keys: ['y'], ctrl: true },
  { action: 'undo', keys: ['z'], ctrl: true },
  { action: 'undo', keys: ['z'] },
  { action: 'dismiss', keys: ['Escape'], shown: ['Esc'] },
  { action: 'help', keys: ['?'] },
];

export const MAC = /Mac|iP(ad|hone)/.test(navigator.platform);

/** Fields in which letters are text, and elements that Space presses. */
const WRITING = 'input:not([type="range"], [type="radio"], [type="checkbox"]), select, textarea';
const PRESSED_BY_SPACE = 'button, input, select, a[href], summary';

/**
 * The action that a key asks for, if any.
 * @param {KeyboardEvent} event
 * @param {boolean} letters whether keys without Ctrl count
 */
export function actionFor(event, letters) {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.altKey || target.closest('dialog')) return undefined;
  const ctrl = event.ctrlKey || event.metaKey;
  if (target.matches(WRITING) && !(event.key === 'Escape')) return undefined;
  if (event.key === ' ' && target.matches(PRESSED_BY_SPACE)) return undefined;
  // An arrow-driven field keeps the digits' and letters' meaning of the page, but not Ctrl's.
  return SHORTCUTS.find((shortcut) =>
    shortcut.keys.includes(event.key) &&
    (shortcut.ctrl ?? false) === ctrl &&
    (!ctrl || (shortcut.shift ?? false) === event.shiftKey) &&
    (ctrl || letters || event.key === 'Escape'))?.action;
}
