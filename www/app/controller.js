/**
 * What happens when: the one place that knows both the interface and the engine. Widgets tell what
 * people want by events; the controller changes the state and shows it to every widget.
 */

import { Batch } from './batch.js';
import { Choices } from './choices.js';
import { acknowledge, addStyle, one } from './dom.js';
import { EngineDoor, keepResults, slots, spareEngine, written } from './engine.js';
import { flag, setFlag } from './flags.js';
import { learn, t, translate, useLanguage, withLogo } from './i18n.js';
import { Keeping } from './keeping.js';
import { Looks } from './looks.js';
import { preferences, remember } from './preferences.js';
import { pick, save, stem } from './save.js';
import * as scene from './scene.js';
import { changes, complete, fromFragment } from './settings.js';
import * as site from './services/site.js';
import { actionFor } from './shortcuts.js';
import { initial } from './state.js';
import { Tracing } from './tracing.js';
import { described, Work } from './work.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./keeping.js').Kept} Kept */
/** @typedef {import('./desk.js').Part} Part */
/** @typedef {import('./desk.js').PartModule} PartModule */

const WIDGETS = 'drop-zone, logo-canvas, canvas-bar, error-note, status-line, file-facts, engine-note, slot-switch, language-choice, site-note';

/** @type {Promise<PartModule[]> | null} */
let parts = null;

/** What makes files, with its looks before it; none of it stands in the way of the first paint. */
function partModules() {
  parts ??= (async () => {
    const modules = Promise.all([import('./panel.js'), import('./outputs.js'), import('./kit.js'), import('./plates.js')]);
    await Promise.all([learn(withLogo), ...['panel', 'figures', 'files', 'kit', 'plates', 'batch'].map(addStyle)]);
    return modules;
  })().catch((error) => {
    parts = null;
    throw error;
  });
  return parts;
}

/** Does `work` when the page has nothing better to do. @param {() => void} work */
const whenIdle = (work) => void ('requestIdleCallback' in globalThis ? requestIdleCallback(work) : setTimeout(work));

export class Controller {
  /** @type {State} */
  #state = initial();
  #door = new EngineDoor((engine) => this.#started(engine));
  #work = new Work(() => this.#door.load(), (change) => this.#set(change));
  #tracing = new Tracing(() => this.#door.load(), this.#work, this.#state, (change) => this.#set(change));
  #batch = new Batch(
    () => spareEngine({ cached: true }), slots, () => this.#set({ batch: this.#batch.rows }),
    (id, stage, fraction) => Reflect.get(one('batch-list'), 'progress')?.call(one('batch-list'), id, stage, fraction),
  );
  #looks = new Looks((change) => this.#set(change), (work, how) => this.#work.run(work, how));
  #choices = new Choices(this.#state, {
    set: (change) => this.#set(change),
    looks: this.#looks,
    open: (file) => void this.#open(file),
    trace: () => void this.#tracing.again(),
  });
  #keeping = new Keeping((keeping) => this.#set({ keeping }));
  #widgets = WIDGETS;
  /** @type {Part[]} */
  #parts = [];
  /** @type {Promise<void> | null} */
  #partsComing = null;

  /** Wires the page. */
  async start() {
    this.#listen();
    scene.set();
    await this.#speak(preferences.language);
    void this.#restore();
    void site.start();
    this.#awaitIntent();
  }

  /** Loads the engine as soon as somebody is there, so that the first drop need not wait for it. */
  #awaitIntent() {
    const intent = new AbortController();
    for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin', 'dragenter']) {
      addEventListener(name, () => {
        intent.abort();
        void this.#door.load();
      }, { signal: intent.signal, passive: true });
    }
  }

  /** @type {Record<string, () => void>} */
  #actions = {
    ...scene.actions,
    open: () => this.#zone.pick(),
    paste: () => void this.#zone.paste(),
    dismiss: () => this.#dismiss(),
    undo: () => this.#choices.travel(-1),
    redo: () => this.#choices.travel(1),
    swap: () => this.#choices.swap(),
    heat: () => this.#set({ heated: !this.#state.heated }),
    batchZip: () => void this.#batchZip(),
    batchAgain: () => this.#batch.again(null, () => this.#state.settings),
    batchClear: () => this.#batch.clear(),
    copyLink: () => void this.#clip(location.href, 'copyLink'),
    saveSettings: () => this.#saveSettings(),
    loadSettings: () => void this.#loadSettings(),
    reset: () => this.#choices.adopt(structuredClone(this.#state.defaults)),
    togglePrivate: () => void this.#togglePrivate(),
    clearData: () => void this.#clearData(),
    saveJournal: () => void this.#saveMeasures('journal', 'logopress-log.jsonl'),
    saveSpans: () => void this.#saveMeasures('chromeTrace', 'logopress-trace.json'),
    saveFigures: () => void this.#saveMeasures('openMetrics', 'logopress-figures.txt'),
    updateSite: () => site.update(),
    installSite: () => void site.install(),
    help: () => /** @type {import('./ui/shortcut-sheet.js').ShortcutSheet} */ (one('shortcut-sheet')).open(preferences.letters),
  };

  /** Takes up what the last visit left, unless something has begun already. */
  async #restore() {
    const kept = await this.#keeping.begin();
    if (!kept) return;
    const taken = kept.logo || kept.batch.length > 0 ? await this.#dared(kept) : null;
    if (taken) this.#takeUp(taken);
    this.#keeping.go(taken !== null);
  }

  /** What of it is to be taken up; nothing if something has begun, or has gone wrong with it before. @param {Kept} kept */
  async #dared(kept) {
    const [{ dared }] = await Promise.all([import('./attempts.js'), this.#door.load().catch(() => {})]);
    return this.#state.phase === 'empty' ? dared(kept) : null;
  }

  /** @param {Kept} kept */
  #takeUp({ logo, batch }) {
    this.#bringParts();
    // Somebody's link says itself what it wants.
    if (logo && location.hash.length <= 1) {
      const { defaults, specs } = this.#state;
      this.#set({ settings: complete(logo.settings, defaults, specs), slot: logo.slot, other: logo.other });
      this.#choices.applied();
    }
    if (batch.length > 0) this.#batch.resume(batch, () => this.#state.settings);
    if (!logo) return;
    // The batch's list knows the open logo by its file.
    const { name, size, lastModified } = logo.file;
    const among = batch.find(({ file }) => file.name === name && file.size === size && file.lastModified === lastModified);
    void this.#open(among?.file ?? logo.file);
  }

  /** Keeps nothing from now on, and nothing of before; or keeps again. */
  async #togglePrivate() {
    const on = !flag('private');
    await keepResults(!on);
    if (on) await this.#keeping.clear();
    setFlag('private', on);
    if (!on) await this.#keeping.begin();
    this.#show();
  }

  /** Deletes what this browser has of somebody's work, and begins anew. */
  async #clearData() {
    await keepResults(false);
    await this.#keeping.clear();
    location.assign(location.pathname);
  }

  /**
   * Saves what the engine says of its work.
   * @param {'journal' | 'chromeTrace' | 'openMetrics'} what
   * @param {string} name
   */
  async #saveMeasures(what, name) {
    const { measures } = await this.#door.load();
    const text = what === 'journal' ? measures.journal.map((entry) => `${JSON.stringify(entry)}\n`).join('') : measures[what];
    save(new Blob([text], { type: 'text/plain' }), name);
  }

  /** @returns {import('./ui/drop-zone.js').DropZone} */
  get #zone() {
    return one('drop-zone');
  }

  /** @returns {import('./ui/logo-canvas.js').LogoCanvas} */
  get #canvas() {
    return one('logo-canvas');
  }

  #listen() {
    /** @type {(name: string, run: (detail: any) => void) => void} */
    const on = (name, run) => document.addEventListener(name, (event) => run(/** @type {CustomEvent} */ (event).detail));
    on('files', (files) => this.#take(files));
    on('batch-open', (id) => this.#batch.rows.filter((row) => row.id === id).forEach(({ file }) => void this.#open(file)));
    on('batch-own', (id) => this.#batch.own(id, () => this.#state.settings));
    on('batch-retry', (id) => this.#batch.again(id, () => this.#state.settings));
    on('fault', (name) => this.#fail({ message: t(`fault.${name}`), advice: t(`fault.${name}.advice`) }));
    on('page-change', (page) => void (this.#state.file && this.#tracing.open(this.#state.file.source, page)));
    on('option-change', (change) => this.#choices.change(change));
    on('ink-pick', (ink) => this.#set({ ink: ink === this.#state.ink ? null : ink }));
    on('ink-edit', ({ ink, becomes }) => this.#choices.editInk(ink, becomes));
    on('ink-name', ({ ink, name }) => this.#choices.nameInk(ink, name));
    on('ink-lock', (ink) => this.#choices.lockInk(ink));
    on('ink-restore', (ink) => this.#choices.restoreInk(ink));
    on('color-picked', (color) => this.#choices.addColor(color));
    on('history-wanted', (show) => {
      const { settings, at } = this.#choices.walk;
      show(settings, at);
    });
    on('history-go', (steps) => this.#choices.travel(steps));
    on('ink-hover', (ink) => this.#canvas.isolate(ink ?? this.#state.ink));
    for (const [name, run] of Object.entries(scene.events)) on(name, run);
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
      this.#choices.adopt(complete(fromFragment(location.hash, specs), defaults, specs));
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
  #started({ specs, defaults, variant, measures }) {
    const wished = location.hash.length > 1 ? fromFragment(location.hash, specs) : preferences.settings;
    document.documentElement.dataset.engine = variant.name;
    void site.keepEngine(variant.name);
    this.#set({ variant, measures, specs, defaults, settings: complete(wished, defaults, specs) });
    this.#choices.applied();
    // The first logo should not wait for what can be had before it; nobody misses what cannot.
    whenIdle(() => {
      void this.#door.load().then((engine) => engine.warmUp()).catch(() => {});
      void partModules().then(() => this.#bringParts()).catch(() => {});
    });
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
    this.#bringParts();
    if (this.#state.file && file !== this.#state.file.source) this.#choices.forgetLogo();
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

  async #batchZip() {
    // One that failed when it was made again may have a file, by settings that are no longer these.
    const done = this.#batch.rows.filter(({ phase }) => phase === 'done');
    const { unique, zip } = await import('./zip.js');
    const names = unique(done.map(({ file }) => `${stem(file.name)}.svg`));
    save(await written(() => zip(done.map(({ svg }, i) => ({ name: names[i], content: new Blob([svg]) })))), 'logos.zip');
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
      this.#choices.adopt(complete(changed, defaults, specs));
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
    state.canUndo = this.#choices.canUndo;
    state.canRedo = this.#choices.canRedo;
    const root = document.documentElement;
    root.dataset.state = state.phase;
    root.dataset.kind = state.size?.kind ?? '';
    root.toggleAttribute('data-open', state.file !== null);
    for (const widget of document.querySelectorAll(this.#widgets)) Reflect.get(widget, 'update')?.call(widget, state);
    for (const part of this.#parts) part.update?.(state);
    this.#looks.update(state);
    this.#keeping.update(state);
    for (const [action, can] of /** @type {const} */ ([['undo', state.canUndo], ['redo', state.canRedo]])) {
      /** @type {HTMLButtonElement} */ (one(`[data-action="${action}"]`)).disabled = !can;
    }
  }
}
