/** Vector files of the open logo: shown, copied, downloaded. A `Part`: see `desk.js`. */

import { acknowledge, one, tell } from './dom.js';
import { written } from './engine.js';
import { exportOptions } from './desk.js';
import { FORMATS } from './formats.js';
import { t } from './i18n.js';
import { preferences, remember } from './preferences.js';
import { rasterized } from './draw.js';
import { save, saveAs, stem } from './save.js';
import { VectorCards } from './ui/vector-cards.js';
import { described } from './work.js';
import { zip } from './zip.js';

/** @typedef {import('./formats.js').FileKind} FileKind */
/** @typedef {{ name: string, content: Blob }} Made */

export const widgets = { 'vector-cards': VectorCards };

/** @param {import('./desk.js').Desk} desk @returns {import('./desk.js').Part} */
export function make(desk) {
  /** Files made from the state as it is now. @type {Map<string, Made>} */
  const files = new Map();
  let svg = '';
  let wanted = '';
  /** Counts what was wanted: going back to what was wanted before is a change, too. */
  let round = 0;
  let running = false;
  const cards = () => /** @type {VectorCards} */ (one('vector-cards'));
  const base = () => {
    const { file, settings } = desk.state();
    return String(settings.document?.title ?? '').trim().replace(/[\\/:*?"<>|]+/g, ' ') || stem(file?.name ?? '');
  };

  /**
   * @param {FileKind} kind
   * @param {import('./engine.js').Engine} engine
   */
  const madeBy = async ({ format, suffix, mime }, engine) => {
    const { settings } = desk.state();
    const known = files.get(format);
    if (known) return known;
    const bytes = await engine.export(format, settings.trace, exportOptions(settings));
    return { name: `${base()}.${suffix}`, content: new Blob([bytes], { type: mime }) };
  };

  /** @param {number} done how many files are there */
  const progress = (done) => tell(cards(), 'files-progress', { part: 'vector', done, all: FORMATS.length });

  /** Makes what the cards show, one file after the other, until the next trace begins. */
  const refresh = async () => {
    if (running) return;
    running = true;
    for (let done = -1; done !== round;) {
      done = round;
      await desk.run(async (engine, { signal }) => {
        for (const [at, kind] of FORMATS.entries()) {
          if (signal.aborted || done !== round) return;
          progress(at);
          cards().make(kind.format);
          try {
            const file = await madeBy(kind, engine);
            if (done !== round) return;
            files.set(kind.format, file);
            cards().show(kind.format, file.content, file.name, new Blob([desk.state().svg], { type: 'image/svg+xml' }));
          } catch (error) {
            if (!signal.aborted) cards().fail(kind.format, described(error).message);
          }
        }
      }, { yields: true });
      cards().make('');
      progress(FORMATS.length);
    }
    running = false;
  };

  /** @param {string[]} formats @returns {Promise<Made[]>} */
  const all = async (formats) => await desk.run(async (engine) => {
    const made = [];
    for (const kind of FORMATS.filter(({ format }) => formats.includes(format))) made.push(await madeBy(kind, engine));
    return made;
  }) ?? [];

  /** @param {string[]} formats */
  const download = async (formats) => {
    const made = await all(formats);
    if (made.length === 1) save(made[0].content, made[0].name);
    else if (made.length > 1) save(await written(() => zip(made)), `${base()}.zip`);
  };

  /**
   * Puts the SVG on the clipboard in a form.
   * @param {string} form
   * @param {HTMLElement} button
   */
  const copy = async (form, button) => {
    const { size } = desk.state();
    if (!svg || !size) return;
    const [made] = await all(['svg']);
    if (!made) return;
    const text = await made.content.text();
    const uri = () => `data:image/svg+xml,${encodeURIComponent(text).replaceAll('%20', ' ').replaceAll("'", '%27')}`;
    try {
      if (form === 'png') {
        // The picture is promised, or some browsers would take the press as over.
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': rasterized(svg, size) })]);
      } else {
        const said = { uri, html: () => `<img src="${uri()}" width="${size.widthPx}" height="${size.heightPx}" alt="">`, svg: () => text }[form];
        await navigator.clipboard.writeText(said?.() ?? text);
      }
      acknowledge(button, t('copied'));
    } catch {
      desk.fail({ message: t('fault.copy'), advice: t('fault.copy.advice') });
    }
  };

  document.addEventListener('file-wanted', (event) => {
    const { formats, as } = /** @type {CustomEvent} */ (event).detail;
    if (as) void all(formats).then(([file]) => file && saveAs(file.content, file.name));
    else void download(formats);
  });
  document.addEventListener('copy-wanted', (event) => {
    const { form, button } = /** @type {CustomEvent} */ (event).detail;
    void copy(form, button);
  });
  document.addEventListener('favourites-change', (event) => remember({ favourites: /** @type {CustomEvent} */ (event).detail }));
  cards().favour(preferences.favourites);

  return {
    actions: {
      download: () => void download(cards().chosen),
      downloadAll: () => void download(cards().possible),
      copy: () => void copy('svg', one('[data-copy=svg]')),
    },
    update(state) {
      const key = state.phase === 'ready' && state.svg ? JSON.stringify([state.settings, state.svg.length, state.file?.name]) : '';
      if (!state.svg) cards().clear();
      if (!key || key === wanted && svg === state.svg) return;
      wanted = key;
      round += 1;
      svg = state.svg;
      files.clear();
      void refresh();
    },
  };
}
