/** Vector files of the open logo: shown, copied, downloaded. A `Part`: see `desk.js`. */

import { acknowledge, one } from './dom.js';
import { exportOptions } from './desk.js';
import { t } from './i18n.js';
import { save, stem } from './save.js';
import { FormatTiles } from './ui/format-tiles.js';
import { OutputCard } from './ui/output-card.js';

export const widgets = { 'output-card': OutputCard, 'format-tiles': FormatTiles };

/** @param {import('./desk.js').Desk} desk @returns {import('./desk.js').Part} */
export function make(desk) {
  const download = () => {
    const { svg, file } = desk.state();
    if (svg && file) save(new Blob([svg], { type: 'image/svg+xml' }), `${stem(file.name)}.svg`);
  };

  const copy = async () => {
    const { svg } = desk.state();
    if (!svg) return;
    try {
      await navigator.clipboard.writeText(svg);
      acknowledge(one('[data-action="copy"]'), t('copied'));
    } catch {
      desk.fail({ message: t('fault.copy'), advice: t('fault.copy.advice') });
    }
  };

  /** @param {{ file: import('./formats.js').FileKind, tile: HTMLButtonElement }} wanted */
  const deliver = async ({ file: { format, suffix, mime }, tile }) => {
    const { settings, file } = desk.state();
    if (!file) return;
    tile.setAttribute('aria-busy', 'true');
    const bytes = await desk.run((engine, watch) => engine.export(format, settings.trace, exportOptions(settings), watch));
    if (bytes) save(new Blob([bytes], { type: mime }), `${stem(file.name)}.${suffix}`);
    tile.removeAttribute('aria-busy');
  };
  document.addEventListener('file-wanted', (event) => void deliver(/** @type {CustomEvent} */ (event).detail));

  return { actions: { download, copy: () => void copy() } };
}
