/**
 * What happens when: the one place that knows both the interface and the engine. Widgets tell what
 * people want by events; the controller changes the state and shows it to every widget.
 */

import { one } from './dom.js';
import { t } from './i18n.js';
import { History, initial } from './state.js';

/** @typedef {Awaited<ReturnType<typeof import('../pkg/index.js').createEngine>>} Engine */
/** @typedef {import('./state.js').State} State */

/** Work that is done sooner than this is not announced. */
const PATIENCE_MS = 300;
/** A trace that has run this long when its settings change is stopped; a shorter one is let finish. */
const STALE_MS = 1000;
const ZOOM_STEP = Math.SQRT2;

const WIDGETS = 'drop-zone, logo-canvas, canvas-bar, ink-list, option-list, output-card, error-note, status-line, file-facts, engine-note';

export class Controller {
  /** @type {State} */
  #state = initial();
  /** @type {Promise<Engine> | null} */
  #engine = null;
  #history = new History();
  /** The settings before the control that is moving was touched. @type {State['settings'] | null} */
  #before = null;
  /** Stops the work under way. @type {AbortController | null} */
  #work = null;
  #retracing = false;
  #stale = false;

  /** Wires the page. */
  start() {
    this.#listen();
    this.#show();
    // Nothing else is going on, so the first drop need not wait for the engine.
    const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ run) => setTimeout(run, 1500));
    idle(() => this.#load(), { timeout: 4000 });
  }

  /** @type {Record<string, () => void>} */
  #actions = {
    open: () => this.#zone.pick(),
    paste: () => void this.#zone.paste(),
    dismiss: () => this.#set({ error: null, phase: this.#state.file ? 'ready' : 'empty' }),
    undo: () => this.#travel(this.#history.undo(this.#state.settings)),
    redo: () => this.#travel(this.#history.redo(this.#state.settings)),
    theme: () => this.#switchTheme(),
    outline: () => this.#toggleOutline(),
    zoomIn: () => this.#canvas.zoom(ZOOM_STEP),
    zoomOut: () => this.#canvas.zoom(1 / ZOOM_STEP),
    fit: () => this.#canvas.fit(),
    download: () => this.#download(),
    copy: () => void this.#copy(),
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

  #listen() {
    /** @type {(name: string, run: (detail: any) => void) => void} */
    const on = (name, run) => document.addEventListener(name, (event) => run(/** @type {CustomEvent} */ (event).detail));
    on('intent', () => void this.#load());
    on('files', ([file]) => void this.#open(file));
    on('fault', (name) => this.#fail({ message: t(`fault.${name}`), advice: t(`fault.${name}.advice`) }));
    on('option-change', (change) => this.#change(change));
    on('ink-pick', (ink) => this.#set({ ink: ink === this.#state.ink ? null : ink }));
    on('view-change', (scale) => this.#bar.scaled(scale));
    on('ground-change', (name) => this.#canvas.ground(name));
    on('hold-change', (held) => this.#canvas.hold(held));
    document.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
      if (button instanceof HTMLElement) this.#actions[button.dataset.action ?? '']?.();
    });
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

  async #startEngine() {
    const { createEngine } = await import('../pkg/index.js').catch((error) => {
      throw Object.assign(new Error(t('fault.start'), { cause: error }), { advice: t('fault.start.advice') });
    });
    const engine = await createEngine();
    document.documentElement.dataset.engine = engine.variant.name;
    this.#set({
      variant: engine.variant,
      specs: engine.specs,
      defaults: engine.defaults,
      settings: structuredClone(engine.defaults),
    });
    return engine;
  }

  /** @param {File} file */
  async #open(file) {
    const signal = this.#begin();
    try {
      const engine = await this.#load();
      const size = await engine.open(file, { signal, onProgress: this.#progress(signal) });
      const pixels = await engine.pixels({ signal });
      if (signal.aborted) return;
      this.#set({ file: { name: file.name, bytes: file.size }, size, pixels, svg: '', traced: null, ink: null });
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
    const watch = { signal, onProgress: this.#progress(signal) };
    const start = performance.now();
    const traced = await engine.trace(settings.trace, watch);
    const svg = await engine.svg(settings.trace, settings.svg, watch);
    if (signal.aborted) return;
    const tookMs = performance.now() - start;
    const sameInks = traced.inks.join() === this.#state.traced?.inks.join();
    this.#set({ traced, svg, tookMs, phase: 'ready', progress: null, variant: engine.variant, ...(sameInks ? {} : { ink: null }) });
  }

  /** Traces with the settings as they are now; while one trace runs, only the newest settings wait. */
  async #retrace() {
    if (!this.#state.file) return;
    this.#stale = true;
    if (this.#retracing) {
      this.#work?.signal.dispatchEvent(new Event('stale'));
      return;
    }
    this.#retracing = true;
    while (this.#stale) {
      this.#stale = false;
      const signal = this.#begin();
      const work = this.#work;
      const started = performance.now();
      signal.addEventListener('stale', () => {
        if (performance.now() - started > STALE_MS) work?.abort();
      });
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
    if (signal.aborted) return;
    const known = typeof error?.advice === 'string';
    this.#fail(known
      ? { message: error.message, advice: error.advice }
      : { message: t('fault.unknown', { detail: String(error?.message ?? error) }), advice: t('fault.unknown.advice') });
  }

  /** @param {{ message: string, advice: string }} error */
  #fail(error) {
    this.#set({ error, phase: 'error', progress: null });
  }

  /** @param {{ group: string, name: string, value: any, final: boolean }} change */
  #change({ group, name, value, final }) {
    const { settings } = this.#state;
    this.#before ??= settings;
    const next = { ...settings, [group]: { ...settings[group], [name]: value } };
    if (final) {
      if (JSON.stringify(this.#before) !== JSON.stringify(next)) this.#history.push(this.#before);
      this.#before = null;
    }
    const same = JSON.stringify(settings) === JSON.stringify(next);
    this.#set({ settings: next });
    if (!same) void this.#retrace();
  }

  /** @param {State['settings'] | undefined} settings */
  #travel(settings) {
    if (!settings) return;
    this.#set({ settings });
    void this.#retrace();
  }

  #switchTheme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  }

  #toggleOutline() {
    const on = !this.#outlined;
    this.#outlined = on;
    this.#canvas.outline(on);
    this.#bar.outlined(on);
  }

  #outlined = false;

  #download() {
    const { svg, file } = this.#state;
    if (!svg) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    link.download = `${file?.name.replace(/\.[^.]+$/, '') || 'logo'}.svg`;
    link.click();
    // The browser has taken the address by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#state.svg);
      /** @type {import('./ui/output-card.js').OutputCard} */ (one('output-card')).copied();
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
    for (const [action, can] of [['undo', state.canUndo], ['redo', state.canRedo]]) {
      /** @type {HTMLButtonElement} */ (one(`[data-action="${action}"]`)).disabled = !can;
    }
  }
}
