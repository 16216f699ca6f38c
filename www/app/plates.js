/**
 * Separations: the Plates tab. A `Part`: `desk.js` says what it is given and what is asked of it.
 * Its widgets are the `ui/plate-*.js` files, its look `style/plates.css`, its place
 * `<plate-panel>` in `index.html`. Options of the group `separate` are changed by any
 * `<option-list group="separate">` and read from `desk.state().settings.separate`.
 */

import { save, stem } from './save.js';
import { PlatePanel } from './ui/plate-panel.js';
import { zip } from './zip.js';

export const widgets = { 'plate-panel': PlatePanel };

/** @param {import('./desk.js').Desk} desk @returns {import('./desk.js').Part} */
export function make(desk) {
  const download = async () => {
    const { settings, file } = desk.state();
    if (!file) return;
    const files = await desk.run((engine, watch) => engine.separationFiles(settings.trace, settings.separate, watch));
    if (!files) return;
    const archive = await zip(files.map(({ name, bytes }) => ({ name, content: new Blob([bytes]) })));
    save(archive, `${stem(file.name)}.plates.zip`);
  };
  return { actions: { downloadPlates: () => void download() } };
}
