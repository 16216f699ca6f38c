/**
 * Separations: the Plates tab. A `Part`: `desk.js` says what it is given and what is asked of it.
 * Its widgets are the `ui/plate-*.js` files, its look `style/plates.css`, its place
 * `<plate-panel>` in `index.html`. Options of the group `separate` are changed by any
 * `<option-list group="separate">` and read from `desk.state().settings.separate`.
 */

import { one } from './dom.js';
import { written } from './engine.js';
import { save, stem } from './save.js';
import { PlateList } from './ui/plate-list.js';
import { PlatePanel } from './ui/plate-panel.js';
import { PlateTable } from './ui/plate-table.js';
import { PlateWarnings } from './ui/plate-warnings.js';
import { described } from './work.js';
import { zip } from './zip.js';

export const widgets = {
  'plate-table': PlateTable,
  'plate-list': PlateList,
  'plate-warnings': PlateWarnings,
  'plate-panel': PlatePanel,
};

/** Settings rest so long before plates are made anew. */
const REST_MS = 200;

/** @param {import('./desk.js').Desk} desk @returns {import('./desk.js').Part} */
export function make(desk) {
  /** What the plates on the table, or those being made, were made of. */
  let madeOf = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @returns {PlatePanel} */
  const panel = () => one('plate-panel');
  const wanted = () => {
    const { settings, file, svg } = desk.state();
    return file && svg ? JSON.stringify([file.name, file.source.lastModified, settings.intake, settings.trace, settings.separate]) : '';
  };

  const separate = async () => {
    const key = wanted();
    if (!key || key === madeOf || !one('#plates').hasAttribute('data-shown')) return;
    madeOf = key;
    const { settings } = desk.state();
    panel().busy(true);
    const made = await desk.run(async (engine, watch) => {
      try {
        return { report: await engine.separate(settings.trace, settings.separate, watch) };
      } catch (error) {
        // What cannot be printed is said where the plates would have been.
        if (!watch.signal.aborted && typeof (/** @type {any} */ (error))?.advice === 'string') return { fault: described(error) };
        throw error;
      }
    }, { yields: true });
    if (madeOf !== key) return;
    // Stopped: to be made when it is asked for again.
    if (!made) madeOf = '';
    panel().busy(false);
    if (made) panel().show(made.report ?? null, made.fault ?? null, settings.separate);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(separate, REST_MS);
  };

  /** Everything as one archive. */
  const download = async () => {
    const { settings, file } = desk.state();
    if (!file) return;
    const files = await desk.run((engine, watch) => engine.separationFiles(settings.trace, settings.separate, watch));
    if (!files) return;
    const archive = await written(() => zip(files.map(({ name, bytes }) => ({ name, content: new Blob([bytes]) }))));
    save(archive, `${stem(file.name)}.plates.zip`);
  };

  /** @param {string} name */
  const downloadOne = async (name) => {
    const { settings, file } = desk.state();
    if (!file) return;
    const bytes = await desk.run((engine, watch) => engine.separationFile(name, settings.trace, settings.separate, watch));
    if (bytes) save(new Blob([bytes]), `${stem(file.name)}-${name.replace('/', '-')}`);
  };

  /**
   * The dots of plates, for the part of the sheet that is seen.
   * @param {import('./ui/plate-table.js').DotsWanted} wish
   */
  const dots = async ({ plates, partMm, dpi, show }) => {
    const { settings } = desk.state();
    const key = madeOf;
    await desk.run(async (engine, { signal }) => {
      for (const plate of plates) {
        if (signal.aborted || madeOf !== key) return;
        show(plate, await engine.plateDots(plate, partMm, dpi, settings.trace, settings.separate));
      }
    }, { yields: true });
  };

  document.addEventListener('tab-change', soon);
  document.addEventListener('plate-dots', (event) => void dots(/** @type {CustomEvent} */ (event).detail));
  document.addEventListener('plate-file', (event) => void downloadOne(/** @type {CustomEvent} */ (event).detail));
  return {
    actions: { downloadPlates: () => void download() },
    update() {
      if (wanted() !== madeOf) soon();
    },
  };
}
