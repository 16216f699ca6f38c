/**
 * What people have chosen: settings, which of two sets of them, and the way back. Every change goes
 * through here, so that each can be undone, is remembered, and is in the address.
 */

import { History } from './history.js';
import { edited, isLocked, lockedWith, parseNames, renamed, restored } from './ink-edits.js';
import { remember } from './preferences.js';
import { changes, toFragment } from './settings.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {Pick<State, 'settings' | 'slot' | 'other'>} Chosen what undo brings back */

/**
 * What follows from a choice.
 * @typedef {object} Effects
 * @property {(change: Partial<State>) => void} set changes the state
 * @property {import('./looks.js').Looks} looks
 * @property {(file: File) => void} open reads the open file anew
 * @property {() => void} trace traces anew
 */

export class Choices {
  #state;
  #effects;
  /** @type {History<Chosen>} */
  #history = new History();
  /** What there was before the control that is moving was touched. @type {Chosen | null} */
  #before = null;
  /** The settings that the trace shown, or under way, was asked for with. @type {State['settings']} */
  #applied = {};

  /**
   * @param {State} state
   * @param {Effects} effects
   */
  constructor(state, effects) {
    this.#state = state;
    this.#effects = effects;
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  /** All settings that there have been, and where among them those in use are. */
  get walk() {
    const { values, at } = this.#history.all(this.#chosen);
    return { settings: values.map(({ settings }) => settings), at };
  }

  /** @returns {Chosen} */
  get #chosen() {
    const { settings, slot, other } = this.#state;
    return { settings, slot, other };
  }

  /** Says that a trace with the settings in use is there, or on its way. */
  applied() {
    this.#applied = this.#state.settings;
  }

  /** What was done to one logo's inks says nothing of the next one's. */
  forgetLogo() {
    const { settings, defaults } = this.#state;
    const { edits, palette, locked } = defaults.trace;
    const plain = { ...settings, trace: { ...settings.trace, edits, palette, locked }, document: { ...settings.document, ink_names: defaults.document.ink_names } };
    this.#effects.set({ settings: plain });
    this.applied();
    this.#history.clear();
  }

  /** @param {{ group: string, name: string, value: any, final: boolean }} change */
  change({ group, name, value, final }) {
    const { settings } = this.#state;
    this.#before ??= this.#chosen;
    const next = { ...settings, [group]: { ...settings[group], [name]: value } };
    if (final) {
      if (JSON.stringify(this.#before.settings) !== JSON.stringify(next)) this.#history.push(this.#before);
      this.#before = null;
    }
    if (final || !this.#effects.looks.isWanted(this.#state)) this.#use({ settings: next });
    else void this.#glance(next);
  }

  /** Takes whole settings from elsewhere, as one step that can be undone. @param {State['settings']} settings */
  adopt(settings) {
    if (JSON.stringify(settings) === JSON.stringify(this.#state.settings)) return;
    this.#history.push(this.#chosen);
    this.#use({ settings });
  }

  /** Goes to the other of two settings; the second starts as a copy of the first. */
  swap() {
    const { settings, slot, other } = this.#state;
    this.#history.push(this.#chosen);
    this.#use({ settings: other ?? settings, other: settings, slot: slot === 'a' ? 'b' : 'a' });
  }

  /** @param {number} steps ahead, or back if below 0 */
  travel(steps) {
    const chosen = this.#history.go(this.#chosen, steps);
    if (chosen) this.#use(chosen);
  }

  /**
   * Names an ink.
   * @param {string} ink
   * @param {string} name
   */
  nameInk(ink, name) {
    this.#option('document', 'ink_names', renamed(this.#text('document', 'ink_names'), ink, name));
  }

  /** Takes back what was done to an ink. @param {string} ink */
  restoreInk(ink) {
    this.#option('trace', 'edits', restored(this.#text('trace', 'edits'), ink));
  }

  /** Locks an ink, or lets it go. @param {string} ink */
  lockInk(ink) {
    this.#option('trace', 'locked', lockedWith(this.#state.settings.trace.locked, this.#text('trace', 'edits'), ink));
  }

  /**
   * Recolours an ink, merges it into another, or takes it out, unless it is locked; its name goes with it.
   * @param {string} ink
   * @param {string} becomes
   */
  editInk(ink, becomes) {
    const { settings, traced } = this.#state;
    if (isLocked(settings.trace.locked, this.#text('trace', 'edits'), ink)) return;
    const names = this.#text('document', 'ink_names');
    const name = parseNames(names).get(ink);
    const moves = name && becomes !== 'none' && !traced?.inks.includes(becomes);
    const inks = moves ? renamed(renamed(names, ink, ''), becomes, name) : names;
    const trace = { ...settings.trace, edits: edited(this.#text('trace', 'edits'), ink, becomes) };
    this.adopt({ ...settings, trace, document: { ...settings.document, ink_names: inks } });
  }

  /** Adds a colour to those that are used, or shows which ink it is already. @param {string} color */
  addColor(color) {
    const { settings, traced } = this.#state;
    const inks = traced?.inks ?? [];
    const palette = settings.trace.palette.length > 0 ? settings.trace.palette : inks;
    if (!palette.includes(color)) this.#option('trace', 'palette', [...palette, color]);
    else if (inks.includes(color)) this.#effects.set({ ink: inks.indexOf(color) });
  }

  /**
   * Changes one option for good.
   * @param {string} group
   * @param {string} name
   * @param {unknown} value
   */
  #option(group, name, value) {
    this.change({ group, name, value, final: true });
  }

  /**
   * @param {string} group
   * @param {string} name
   */
  #text(group, name) {
    return String(this.#state.settings[group]?.[name] ?? '');
  }

  /** Shows at once what settings that are still moving make of the logo. @param {State['settings']} settings */
  async #glance(settings) {
    this.#effects.set({ settings });
    const svg = await this.#effects.looks.quick(settings.trace);
    if (svg && settings === this.#state.settings && this.#before) this.#effects.set({ glance: svg });
  }

  /** @param {Partial<Chosen>} chosen */
  #use(chosen) {
    const before = this.#applied;
    this.#effects.set(chosen);
    const { settings, defaults, file } = this.#state;
    if (JSON.stringify(settings) === JSON.stringify(before)) {
      this.#effects.set({ glance: '' });
      return;
    }
    this.applied();
    const changed = changes(settings, defaults);
    remember({ settings: changed });
    history.replaceState(null, '', `#${toFragment(changed)}`.replace(/#$/, '') || location.pathname + location.search);
    // What is read differently is another picture.
    if (file && JSON.stringify(settings.intake) !== JSON.stringify(before.intake)) this.#effects.open(file.source);
    else this.#effects.trace();
  }
}
