/**
 * What happens when: the one place that knows both the interface and the engine. Widgets tell what
 * people want by events; the controller changes the state and shows it to every widget.
 */

import { Batch } from './batch.js';
import { acknowledge, one } from './dom.js';
import { draw } from './draw.js';
import { PLATES } from './formats.js';
import { t, translate, useLanguage } from './i18n.js';
import { preferences, remember } from './preferences.js';
import { pick, save, stem } from './save.js';
import { changes, complete, fromFragment, toFragment } from './settings.js';
import { actionFor } from './shortcuts.js';
import { History, initial } from './state.js';
import { unique, zip } from './zip.js';

/** @typedef {Awaited<ReturnType<typeof import('../pkg/index.js').createEngine>>} Engine */
/** @typedef {import('./state.js').State} State */
/** @typedef {Pick<State, 'settings' | 'slot' | 'other'>} Choices what undo brings back */
/** @typedef {Pick<State, 'traced' | 'svg' | 'tookMs'>} Result */

/** Work that is done sooner than this is not announced. */
const PATIENCE_MS = 300;
/** A trace that has run this long when its settings change is stopped; a shorter one may finish. */
const STALE_MS = 1000;
/** So many results of the open logo are kept, for undo and for A and B. */
const KEPT_RESULTS = 8;
const ZOOM_STEP = Math.SQRT2;

const WIDGETS = 'drop-zone, logo-canvas, canvas-bar, ink-list, option-list, output-card, error-note, status-line, file-facts, engine-note, slot-switch, batch-list, format-tiles, language-choice';

/**
 * The groups of settings that files read.
 * @param {State['settings']} settings
 */
function exportOptions({ trace: _trace, intake: _intake, separate: _separate, ...groups }) {
  return groups;
}

/**
 * What to say about anything that was thrown.
 * @param {any} error
 * @returns {{ message: string, advice: string }}
 */
function described(error) {
  if (typeof error?.advice === 'string') return { message: error.message, advice: error.advice };
  return { message: t('fault.unknown', { detail: String(error?.message ?? error) }), advice: t('fault.unknown.advice') };
}

export class Controller {
  /** @type {State} */
  #state = initial();
  /** @type {Promise<Engine> | null} */
  #engine = null;
  #history = new History();
  /** What there was before the control that is moving was touched. @type {Choices | null} */
  #before = null;
  /** Stops the work under way. @type {AbortController | null} */
  #work = null;
  #workSince = 0;
  #retracing = false;
  #stale = false;
  /** Results of the open logo by settings, the newest last. @type {Map<string, Result>} */
  #results = new Map();
  #outlined = false;
  #batch = new Batch(
    async () => (await this.#package()).createEngine({ threads: 'never' }),
    () => this.#set({ batch: this.#batch.rows }),
  );

  /** Wires the page. */
  async start() {
    this.#listen();
    this.#applyTheme();
    this.#ground(preferences.ground);
    await this.#speak(preferences.language);
    // Nothing else is going on, so the first drop need not wait for the engine.
    const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ run) => setTimeout(run, 1500));
    idle(() => this.#load(), { timeout: 4000 });
  }

  /** @type {Record<string, () => void>} */
  #actions = {
    open: () => this.#zone.pick(),
    paste: () => void this.#zone.paste(),
    dismiss: () => this.#dismiss(),
    undo: () => this.#travel(this.#history.undo(this.#choices)),
    redo: () => this.#travel(this.#history.redo(this.#choices)),
    swap: () => this.#swap(),
    theme: () => this.#switchTheme(),
    outline: () => this.#toggleOutline(),
    hold: () => this.#hold(),
    zoomIn: () => this.#canvas.zoom(ZOOM_STEP),
    zoomOut: () => this.#canvas.zoom(1 / ZOOM_STEP),
    fit: () => this.#canvas.fit(),
    groundChecker: () => this.#ground('checker'),
    groundLight: () => this.#ground('light'),
    groundDark: () => this.#ground('dark'),
    download: () => this.#download(),
    copy: () => void this.#clip(this.#state.svg, 'copy'),
    batchZip: () => void this.#batchZip(),
    batchAgain: () => this.#batch.again(null, () => this.#state.settings),
    batchClear: () => this.#batch.clear(),
    copyLink: () => void this.#clip(location.href, 'copyLink'),
    saveSettings: () => this.#saveSettings(),
    loadSettings: () => void this.#loadSettings(),
    reset: () => this.#adopt(structuredClone(this.#state.defaults)),
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
    on('intent', () => void this.#load());
    on('files', (files) => this.#take(files));
    on('file-wanted', ({ file, tile }) => void this.#deliver(file, tile));
    on('batch-open', (id) => this.#batch.rows.filter((row) => row.id === id).forEach(({ file }) => void this.#open(file)));
    on('batch-retry', (id) => this.#batch.again(id, () => this.#state.settings));
    on('fault', (name) => this.#fail({ message: t(`fault.${name}`), advice: t(`fault.${name}.advice`) }));
    on('option-change', (change) => this.#change(change));
    on('ink-pick', (ink) => this.#set({ ink: ink === this.#state.ink ? null : ink }));
    on('ink-hover', (ink) => this.#canvas.isolate(ink ?? this.#state.ink));
    on('view-change', (scale) => this.#bar.scaled(scale));
    on('ground-change', (name) => this.#ground(name));
    on('hold-change', (held) => this.#canvas.hold(held));
    on('language-change', (language) => {
      remember({ language });
      void this.#speak(language);
    });
    on('letters-change', (letters) => remember({ letters }));
    document.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
      if (button instanceof HTMLElement) this.#actions[button.dataset.action ?? '']?.();
    });
    addEventListener('keydown', (event) => {
      const action = actionFor(event, preferences.letters);
      if (!action || event.repeat && action === 'hold') return;
      event.preventDefault();
      this.#actions[action]();
    });
    addEventListener('hashchange', () => void this.#load().then((engine) => {
      this.#adopt(complete(fromFragment(location.hash, engine.specs), engine.defaults, engine.specs));
    }));
  }

  /** Shows everything in a language; empty means the browser's. @param {string} language */
  async #speak(language) {
    await useLanguage(language);
    translate(document);
    for (const list of document.querySelectorAll('option-list')) {
      /** @type {import('./ui/option-list.js').OptionList} */ (list).rebuild();
    }
    this.#show();
  }

  /** Loads the engine once; a start that failed may be tried again. */
  #load() {
    this.#engine ??= this.#startEngine().catch((error) => {
      this.#engine = null;
      throw error;
    });
    // Whoever needs the engine sees the failure; loading ahead of need stays silent.
    this.#engine.catch(() => {});
    return this.#engine;
  }

  #package() {
    return import('../pkg/index.js').catch((error) => {
      throw Object.assign(new Error(t('fault.start'), { cause: error }), { advice: t('fault.start.advice') });
    });
  }

  async #startEngine() {
    const engine = await (await this.#package()).createEngine();
    const { specs, defaults, variant } = engine;
    const wished = location.hash.length > 1 ? fromFragment(location.hash, specs) : preferences.settings;
    document.documentElement.dataset.engine = variant.name;
    this.#set({ variant, specs, defaults, settings: complete(wished, defaults, specs) });
    return engine;
  }

  /** Opens the first of the files that came; several make a batch. @param {File[]} files */
  #take(files) {
    void this.#open(files[0]);
    if (files.length > 1 || this.#batch.rows.length > 0) this.#batch.add(files, () => this.#state.settings);
  }

  /** @param {File} file */
  async #open(file) {
    const signal = this.#begin();
    try {
      const engine = await this.#load();
      const { intake } = this.#state.settings;
      const size = await engine.open(file, { intake, signal, onProgress: this.#progress(signal) });
      this.#results.clear();
      const pixels = size.kind === 'vector'
        ? await draw((await this.#make(engine, this.#state.settings, signal)).svg, size)
        : await engine.pixels({ signal });
      if (signal.aborted) return;
      this.#set({ file: { name: file.name, source: file }, size, pixels, svg: '', traced: null, ink: null });
      await this.#trace(engine, signal);
    } catch (error) {
      this.#caught(error, signal);
    }
  }

  /**
   * @param {Engine} engine
   * @param {AbortSignal} signal
   */
  async #trace(engine, signal) {
    const { settings } = this.#state;
    const key = JSON.stringify(settings);
    const result = this.#results.get(key) ?? await this.#make(engine, settings, signal);
    if (signal.aborted) return;
    this.#results.delete(key);
    this.#results.set(key, result);
    for (const old of [...this.#results.keys()].slice(0, -KEPT_RESULTS)) this.#results.delete(old);
    const sameInks = result.traced?.inks.join() === this.#state.traced?.inks.join();
    const ink = sameInks ? this.#state.ink : null;
    this.#set({ ...result, ink, phase: 'ready', progress: null, variant: engine.variant });
  }

  /**
   * @param {Engine} engine
   * @param {State['settings']} settings
   * @param {AbortSignal} signal
   * @returns {Promise<Result>}
   */
  async #make(engine, settings, signal) {
    const watch = { signal, onProgress: this.#progress(signal) };
    const start = performance.now();
    const traced = await engine.trace(settings.trace, watch);
    const svg = new TextDecoder().decode(await engine.export('svg', settings.trace, exportOptions(settings), watch));
    return { traced, svg, tookMs: performance.now() - start };
  }

  /** Traces with the settings as they are now; while one trace runs, only the newest settings wait. */
  async #retrace() {
    if (!this.#state.file) return;
    this.#stale = true;
    if (this.#retracing) {
      if (performance.now() - this.#workSince > STALE_MS) this.#work?.abort();
      return;
    }
    this.#retracing = true;
    while (this.#stale) {
      this.#stale = false;
      const signal = this.#begin();
      try {
        await this.#trace(await this.#load(), signal);
      } catch (error) {
        this.#caught(error, signal);
      }
    }
    this.#retracing = false;
  }

  /** Stops what is under way and returns the signal of the next piece of work. */
  #begin() {
    this.#work?.abort();
    this.#work = new AbortController();
    this.#workSince = performance.now();
    this.#set({ phase: 'working', error: null, progress: null });
    return this.#work.signal;
  }

  /**
   * Reports progress, once the work has taken a while.
   * @param {AbortSignal} signal
   */
  #progress(signal) {
    const start = performance.now();
    return (/** @type {string} */ stage, /** @type {string} */ label, /** @type {number} */ fraction) => {
      if (signal.aborted || performance.now() - start < PATIENCE_MS) return;
      this.#set({ progress: { stage, label, fraction } });
    };
  }

  /**
   * @param {any} error
   * @param {AbortSignal} signal
   */
  #caught(error, signal) {
    if (!signal.aborted) this.#fail(described(error));
  }

  /** @param {{ message: string, advice: string }} error */
  #fail(error) {
    this.#set({ error, phase: 'error', progress: null });
  }

  /** Closes an error, or stops the work under way. */
  #dismiss() {
    this.#work?.abort();
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
    this.#use({ settings: next });
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

  /** @param {Choices | undefined} choices */
  #travel(choices) {
    if (choices) this.#use(choices);
  }

  /** @param {Partial<Choices>} choices */
  #use(choices) {
    const before = this.#state.settings;
    this.#set(choices);
    const { settings, defaults, file } = this.#state;
    if (JSON.stringify(settings) === JSON.stringify(before)) return;
    const changed = changes(settings, defaults);
    remember({ settings: changed });
    history.replaceState(null, '', `#${toFragment(changed)}`.replace(/#$/, '') || location.pathname + location.search);
    // What is read differently is another picture.
    if (file && JSON.stringify(settings.intake) !== JSON.stringify(before.intake)) void this.#open(file.source);
    else void this.#retrace();
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
    this.#canvas.ground(name);
    this.#bar.grounded(name);
  }

  /** Shows the original for as long as the key is down. */
  #hold() {
    this.#canvas.hold(true);
    addEventListener('keyup', () => this.#canvas.hold(false), { once: true });
  }

  #toggleOutline() {
    this.#outlined = !this.#outlined;
    this.#canvas.outline(this.#outlined);
    this.#bar.outlined(this.#outlined);
  }

  #download() {
    const { svg, file } = this.#state;
    if (svg && file) save(new Blob([svg], { type: 'image/svg+xml' }), `${stem(file.name)}.svg`);
  }

  /**
   * Makes another kind of file and saves it; a fault leaves the trace as it is.
   * @param {{ format: string, suffix: string, mime: string }} file
   * @param {HTMLButtonElement} tile
   */
  async #deliver({ format, suffix, mime }, tile) {
    const { settings, file } = this.#state;
    if (!file) return;
    tile.setAttribute('aria-busy', 'true');
    try {
      const engine = await this.#load();
      const content = format === PLATES
        ? await zip((await engine.separationFiles(settings.trace, settings.separate))
          .map(({ name, bytes }) => ({ name, content: new Blob([bytes]) })))
        : new Blob([await engine.export(format, settings.trace, exportOptions(settings))], { type: mime });
      save(content, `${stem(file.name)}.${suffix}`);
    } catch (error) {
      this.#fail(described(error));
    }
    tile.removeAttribute('aria-busy');
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
      const { defaults, specs } = await this.#load();
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
    root.toggleAttribute('data-open', state.file !== null);
    for (const widget of document.querySelectorAll(WIDGETS)) Reflect.get(widget, 'update')?.call(widget, state);
    for (const [action, can] of /** @type {const} */ ([['undo', state.canUndo], ['redo', state.canRedo]])) {
      /** @type {HTMLButtonElement} */ (one(`[data-action="${action}"]`)).disabled = !can;
    }
  }
}
