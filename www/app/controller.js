/**
 * What happens when: the one place that knows both the interface and the engine. Widgets tell what
 * people want by events; the controller changes the state and shows it to every widget.
 */

import { Batch } from './batch.js';
import { acknowledge, one } from './dom.js';
import { EngineDoor, spareEngine } from './engine.js';
import { History } from './history.js';
import { t, translate, useLanguage } from './i18n.js';
import { edited, parseNames, renamed, restored } from './ink-edits.js';
import { Looks } from './looks.js';
import { preferences, remember } from './preferences.js';
import { pick, save, stem } from './save.js';
import { changes, complete, fromFragment, toFragment } from './settings.js';
import * as site from './services/site.js';
import { actionFor } from './shortcuts.js';
import { initial } from './state.js';
import { Tracing } from './tracing.js';
import { described, Work } from './work.js';
import { unique, zip } from './zip.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./state.js').State} State */
/** @typedef {Pick<State, 'settings' | 'slot' | 'other'>} Choices what undo brings back */
/** @typedef {import('./desk.js').Part} Part */
/** @typedef {import('./desk.js').PartModule} PartModule */

const ZOOM_STEP = Math.SQRT2;

const WIDGETS = 'drop-zone, logo-canvas, canvas-bar, error-note, status-line, file-facts, engine-note, slot-switch, language-choice, site-note';

/** What makes files comes when the first logo does. @returns {Promise<PartModule[]>} */
const partModules = () => Promise.all([import('./panel.js'), import('./outputs.js'), import('./kit.js'), import('./plates.js')]);

export class Controller {
  /** @type {State} */
  #state = initial();
  /** @type {History<Choices>} */
  #history = new History();
  /** What there was before the control that is moving was touched. @type {Choices | null} */
  #before = null;
  /** The settings that the trace shown, or under way, was asked for with. @type {State['settings']} */
  #applied = {};
  #outlined = false;
  #door = new EngineDoor((engine) => this.#started(engine));
  #work = new Work(() => this.#door.load(), (change) => this.#set(change));
  #tracing = new Tracing(() => this.#door.load(), this.#work, this.#state, (change) => this.#set(change));
  #batch = new Batch(spareEngine, () => this.#set({ batch: this.#batch.rows }));
  #looks = new Looks((change) => this.#set(change), (work, how) => this.#work.run(work, how));
  #widgets = WIDGETS;
  /** @type {Part[]} */
  #parts = [];
  /** @type {Promise<void> | null} */
  #partsComing = null;

  /** Wires the page. */
  async start() {
    this.#listen();
    this.#applyTheme();
    this.#ground(preferences.ground);
    await this.#speak(preferences.language);
    void site.start();
    // Nothing else is going on, so the first drop need not wait for the engine.
    const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ run) => setTimeout(run, 1500));
    idle(() => this.#door.load(), { timeout: 4000 });
  }

  /** @type {Record<string, () => void>} */
  #actions = {
    open: () => this.#zone.pick(),
    paste: () => void this.#zone.paste(),
    dismiss: () => this.#dismiss(),
    undo: () => this.#travel(-1),
    redo: () => this.#travel(1),
    swap: () => this.#swap(),
    theme: () => this.#switchTheme(),
    outline: () => this.#toggleOutline(),
    heat: () => this.#set({ heated: !this.#state.heated }),
    hold: () => this.#hold(),
    zoomIn: () => this.#canvas.zoom(ZOOM_STEP),
    zoomOut: () => this.#canvas.zoom(1 / ZOOM_STEP),
    fit: () => this.#canvas.fit(),
    groundChecker: () => this.#ground('checker'),
    groundLight: () => this.#ground('light'),
    groundDark: () => this.#ground('dark'),
    groundBrand: () => this.#ground('brand'),
    pickColor: () => this.#canvas.pickColor(),
    tall: () => this.#toggleTall(),
    batchZip: () => void this.#batchZip(),
    batchAgain: () => this.#batch.again(null, () => this.#state.settings),
    batchClear: () => this.#batch.clear(),
    copyLink: () => void this.#clip(location.href, 'copyLink'),
    saveSettings: () => this.#saveSettings(),
    loadSettings: () => void this.#loadSettings(),
    reset: () => this.#adopt(structuredClone(this.#state.defaults)),
    updateSite: () => site.update(),
    installSite: () => void site.install(),
    help: () => /** @type {import('./ui/shortcut-sheet.js').ShortcutSheet} */ (one('shortcut-sheet')).open(preferences.letters),
  };

  /** @returns {import('./ui/drop-zone.js').DropZone} */
  get #zone() {
    return one('drop-zone');
  }

  /** @returns {import('./ui/logo-canvas.js').LogoCanvas} */
  get #canvas() {
    return one('logo-canvas');
  }

  /** @returns {import('./ui/canvas-bar.js').CanvasBar} */
  get #bar() {
    return one('canvas-bar');
  }

  /** @returns {Choices} */
  get #choices() {
    const { settings, slot, other } = this.#state;
    return { settings, slot, other };
  }

  #listen() {
    /** @type {(name: string, run: (detail: any) => void) => void} */
    const on = (name, run) => document.addEventListener(name, (event) => run(/** @type {CustomEvent} */ (event).detail));
    on('intent', () => void this.#door.load());
    on('files', (files) => this.#take(files));
    on('batch-open', (id) => this.#batch.rows.filter((row) => row.id === id).forEach(({ file }) => void this.#open(file)));
    on('batch-own', (id) => this.#batch.own(id, () => this.#state.settings));
    on('batch-retry', (id) => this.#batch.again(id, () => this.#state.settings));
    on('fault', (name) => this.#fail({ message: t(`fault.${name}`), advice: t(`fault.${name}.advice`) }));
    on('page-change', (page) => void (this.#state.file && this.#tracing.open(this.#state.file.source, page)));
    on('option-change', (change) => this.#change(change));
    on('ink-pick', (ink) => this.#set({ ink: ink === this.#state.ink ? null : ink }));
    on('ink-edit', ({ ink, becomes }) => this.#editInk(ink, becomes));
    on('ink-name', ({ ink, name }) => this.#option('document', 'inks', renamed(this.#text('document', 'inks'), ink, name)));
    on('ink-restore', (ink) => this.#option('trace', 'edits', restored(this.#text('trace', 'edits'), ink)));
    on('color-picked', (color) => this.#addColor(color));
    on('history-wanted', (show) => {
      const { values, at } = this.#history.all(this.#choices);
      show(values.map(({ settings }) => settings), at);
    });
    on('history-go', (steps) => this.#travel(steps));
    on('brand-change', (brand) => {
      remember({ brand });
      this.#ground('brand');
    });
    on('ink-hover', (ink) => this.#canvas.isolate(ink ?? this.#state.ink));
    on('view-change', (scale) => this.#bar.scaled(scale));
    on('ground-change', (name) => this.#ground(name));
    on('hold-change', (held) => this.#canvas.hold(held));
    on('language-change', (language) => {
      remember({ language });
      void this.#speak(language);
    });
    on('site-change', (site) => this.#set({ site }));
    on('letters-change', (letters) => remember({ letters }));
    document.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
      if (button instanceof HTMLElement) this.#actions[button.dataset.action ?? '']?.();
    });
    addEventListener('keydown', (event) => {
      const action = actionFor(event, preferences.letters);
      if (!action || event.repeat && action === 'hold') return;
      event.preventDefault();
      this.#actions[action]?.();
    });
    addEventListener('hashchange', () => void this.#door.load().then(({ specs, defaults }) => {
      this.#adopt(complete(fromFragment(location.hash, specs), defaults, specs));
    }));
  }

  /** Shows everything in a language; empty means the browser's. @param {string} language */
  async #speak(language) {
    await useLanguage(language);
    translate(document);
    for (const widget of document.querySelectorAll('option-list, preset-picker')) Reflect.get(widget, 'rebuild')?.call(widget);
    this.#show();
  }

  /** @param {Engine} engine */
  #started({ specs, defaults, variant }) {
    const wished = location.hash.length > 1 ? fromFragment(location.hash, specs) : preferences.settings;
    document.documentElement.dataset.engine = variant.name;
    void site.keepEngine(variant.name);
    this.#set({ variant, specs, defaults, settings: complete(wished, defaults, specs) });
    this.#applied = this.#state.settings;
  }

  /** Brings the parts that make files, once. */
  #bringParts() {
    this.#partsComing ??= (async () => {
      const desk = {
        state: () => this.#state,
        run: this.#work.run.bind(this.#work),
        fail: (/** @type {unknown} */ error) => this.#set({ error: described(error) }),
      };
      for (const { widgets, make } of await partModules()) {
        for (const [name, widget] of Object.entries(widgets)) customElements.define(name, widget);
        // One part at a time: a key pressed meanwhile is answered.
        await new Promise((resolve) => setTimeout(resolve));
        const part = make(desk);
        this.#parts.push(part);
        Object.assign(this.#actions, part.actions);
        this.#widgets += Object.keys(widgets).map((name) => `, ${name}`).join('');
      }
      translate(document);
      this.#show();
    })().catch((error) => {
      this.#partsComing = null;
      this.#set({ error: described(error) });
    });
  }

  /** Opens the first of the files that came; several make a batch. @param {File[]} files */
  #take(files) {
    void this.#open(files[0]);
    if (files.length > 1 || this.#batch.rows.length > 0) this.#batch.add(files, () => this.#state.settings);
  }

  /** @param {File} file */
  #open(file) {
    void this.#bringParts();
    // What was done to one logo's inks says nothing of the next one's.
    if (this.#state.file && file !== this.#state.file.source) {
      const { settings, defaults } = this.#state;
      const { edits, palette } = defaults.trace;
      const plain = { ...settings, trace: { ...settings.trace, edits, palette }, document: { ...settings.document, inks: defaults.document.inks } };
      this.#set({ settings: plain });
      this.#applied = plain;
      this.#history.clear();
    }
    return this.#tracing.open(file);
  }

  /** @param {{ message: string, advice: string }} error */
  #fail(error) {
    this.#set({ error, phase: 'error', progress: null });
  }

  /** Closes an error, or stops the work under way. */
  #dismiss() {
    this.#work.stop();
    this.#set({ error: null, progress: null, ink: null, phase: this.#state.file ? 'ready' : 'empty' });
  }

  /** @param {{ group: string, name: string, value: any, final: boolean }} change */
  #change({ group, name, value, final }) {
    const { settings } = this.#state;
    this.#before ??= this.#choices;
    const next = { ...settings, [group]: { ...settings[group], [name]: value } };
    if (final) {
      if (JSON.stringify(this.#before.settings) !== JSON.stringify(next)) this.#history.push(this.#before);
      this.#before = null;
    }
    if (final || !this.#looks.isWanted(this.#state)) this.#use({ settings: next });
    else void this.#glance(next);
  }

  /** Shows at once what settings that are still moving make of the logo. @param {State['settings']} settings */
  async #glance(settings) {
    this.#set({ settings });
    const svg = await this.#looks.quick(settings.trace);
    if (svg && settings === this.#state.settings && this.#before) this.#set({ glance: svg });
  }

  /** Takes whole settings from elsewhere, as one step that can be undone. @param {State['settings']} settings */
  #adopt(settings) {
    if (JSON.stringify(settings) === JSON.stringify(this.#state.settings)) return;
    this.#history.push(this.#choices);
    this.#use({ settings });
  }

  /** Goes to the other of two settings; the second starts as a copy of the first. */
  #swap() {
    const { settings, slot, other } = this.#state;
    this.#history.push(this.#choices);
    this.#use({ settings: other ?? settings, other: settings, slot: slot === 'a' ? 'b' : 'a' });
  }

  /** @param {number} steps ahead, or back if below 0 */
  #travel(steps) {
    const choices = this.#history.go(this.#choices, steps);
    if (choices) this.#use(choices);
  }

  /**
   * Changes one option for good.
   * @param {string} group
   * @param {string} name
   * @param {unknown} value
   */
  #option(group, name, value) {
    this.#change({ group, name, value, final: true });
  }

  /**
   * @param {string} group
   * @param {string} name
   */
  #text(group, name) {
    return String(this.#state.settings[group]?.[name] ?? '');
  }

  /**
   * Recolours an ink, merges it into another, or takes it out; its name goes with it.
   * @param {string} ink
   * @param {string} becomes
   */
  #editInk(ink, becomes) {
    const { settings, traced } = this.#state;
    const names = this.#text('document', 'inks');
    const name = parseNames(names).get(ink);
    const moves = name && becomes !== 'none' && !traced?.inks.includes(becomes);
    const inks = moves ? renamed(renamed(names, ink, ''), becomes, name) : names;
    const trace = { ...settings.trace, edits: edited(this.#text('trace', 'edits'), ink, becomes) };
    this.#adopt({ ...settings, trace, document: { ...settings.document, inks } });
  }

  /** Adds a colour to those that are used, or shows which ink it is already. @param {string} color */
  #addColor(color) {
    const { settings, traced } = this.#state;
    const inks = traced?.inks ?? [];
    const palette = settings.trace.palette.length > 0 ? settings.trace.palette : inks;
    if (!palette.includes(color)) this.#option('trace', 'palette', [...palette, color]);
    else if (inks.includes(color)) this.#set({ ink: inks.indexOf(color) });
  }

  /** @param {Partial<Choices>} choices */
  #use(choices) {
    const before = this.#applied;
    this.#set(choices);
    const { settings, defaults, file } = this.#state;
    if (JSON.stringify(settings) === JSON.stringify(before)) {
      this.#set({ glance: '' });
      return;
    }
    this.#applied = settings;
    const changed = changes(settings, defaults);
    remember({ settings: changed });
    history.replaceState(null, '', `#${toFragment(changed)}`.replace(/#$/, '') || location.pathname + location.search);
    // What is read differently is another picture.
    if (file && JSON.stringify(settings.intake) !== JSON.stringify(before.intake)) void this.#open(file.source);
    else void this.#tracing.again();
  }

  #applyTheme() {
    if (preferences.theme) document.documentElement.dataset.theme = preferences.theme;
  }

  #switchTheme() {
    const dark = (preferences.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : '')) === 'dark';
    remember({ theme: dark ? 'light' : 'dark' });
    this.#applyTheme();
  }

  /** @param {string} name */
  #ground(name) {
    remember({ ground: name });
    this.#canvas.ground(name, preferences.brand);
    this.#bar.grounded(name, preferences.brand);
  }

  /** Shows the original for as long as the key is down. */
  #hold() {
    this.#canvas.hold(true);
    addEventListener('keyup', () => this.#canvas.hold(false), { once: true });
  }

  /** Gives the files the larger part of the page, or the canvas. */
  #toggleTall() {
    const tall = document.documentElement.toggleAttribute('data-tall');
    one('[data-action="tall"]').setAttribute('aria-pressed', String(tall));
  }

  #toggleOutline() {
    this.#outlined = !this.#outlined;
    this.#canvas.outline(this.#outlined);
    this.#bar.outlined(this.#outlined);
  }

  async #batchZip() {
    const done = this.#batch.rows.filter(({ svg }) => svg);
    const names = unique(done.map(({ file }) => `${stem(file.name)}.svg`));
    save(await zip(done.map(({ svg }, i) => ({ name: names[i], content: new Blob([svg]) }))), 'logos.zip');
  }

  #saveSettings() {
    const { settings, defaults } = this.#state;
    const text = JSON.stringify(changes(settings, defaults), null, 2);
    save(new Blob([text], { type: 'application/json' }), 'logopress.json');
  }

  async #loadSettings() {
    const file = await pick('application/json,.json');
    if (!file) return;
    try {
      const changed = JSON.parse(await file.text());
      const { defaults, specs } = await this.#door.load();
      this.#adopt(complete(changed, defaults, specs));
    } catch {
      this.#fail({ message: t('fault.settings'), advice: t('fault.settings.advice') });
    }
  }

  /**
   * Copies text and says so on the button that asked for it.
   * @param {string} text
   * @param {string} action
   */
  async #clip(text, action) {
    if (!text) return;
    try {
      await navigator.clipboard.writeText(text);
      acknowledge(one(`[data-action="${action}"]`), t('copied'));
    } catch {
      this.#fail({ message: t('fault.copy'), advice: t('fault.copy.advice') });
    }
  }

  /** @param {Partial<State>} change */
  #set(change) {
    Object.assign(this.#state, change);
    this.#show();
  }

  #show() {
    const state = this.#state;
    state.canUndo = this.#history.canUndo;
    state.canRedo = this.#history.canRedo;
    const root = document.documentElement;
    root.dataset.state = state.phase;
    root.dataset.kind = state.size?.kind ?? '';
    root.toggleAttribute('data-open', state.file !== null);
    for (const widget of document.querySelectorAll(this.#widgets)) Reflect.get(widget, 'update')?.call(widget, state);
    for (const part of this.#parts) part.update?.(state);
    this.#looks.update(state);
    for (const [action, can] of /** @type {const} */ ([['undo', state.canUndo], ['redo', state.canRedo]])) {
      /** @type {HTMLButtonElement} */ (one(`[data-action="${action}"]`)).disabled = !can;
    }
  }
}
