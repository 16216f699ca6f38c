/** What a file looks like, from the file itself: as browsers show it, or as it is read here. */

import { s } from '../dom.js';
import { dxfLines } from './dxf-lines.js';

/** Kinds of file that browsers show. */
const SHOWN = /^image\/(svg|vnd\.microsoft\.icon|png|jpeg|webp)/;

/** `ic08` (Apple, `IconStorage.h`). */
const ICON_256 = 0x69633038;

/** Larger texts would keep the page from answering while they are read. */
const MOST_BYTES = 250_000;

/**
 * The file as a picture for browsers; `null` if nothing here reads it.
 * @param {Blob} file
 * @returns {Promise<Blob | null>}
 */
export async function proof(file) {
  if (SHOWN.test(file.type)) return file;
  if (file.type === 'image/icns') return icon(file);
  const svg = await drawn(file);
  return svg ? new Blob([svg], { type: 'image/svg+xml' }) : null;
}

/** @param {Blob} file */
async function drawn(file) {
  const start = await file.slice(0, 5).text();
  // Each comes with the first file of its kind.
  if (start === '%PDF-') return (await import('./pdf-picture.js')).pdfPicture(file);
  if (file.size > MOST_BYTES) return '';
  if (start === '%!PS-') return (await import('./eps-picture.js')).epsPicture(await file.text());
  return file.type === 'image/vnd.dxf' ? lines(await file.text()) : '';
}

/**
 * The lines of a DXF file.
 * @param {string} text
 */
function lines(text) {
  const { box, paths } = dxfLines(text);
  const width = Math.max(box.right - box.left, box.top - box.bottom) / 120;
  const path = s('path', { d: paths, fill: 'none', stroke: '#000', 'stroke-width': String(width), transform: 'scale(1 -1)' });
  const { left, right, top, bottom } = box;
  const view = [left - width, -top - width, right - left + 2 * width, top - bottom + 2 * width].join(' ');
  return new XMLSerializer().serializeToString(s('svg', { viewBox: view }, path));
}

/**
 * The picture of 256 px in an icon of macOS, which is a PNG.
 * @param {Blob} file
 */
async function icon(file) {
  const view = new DataView(await file.arrayBuffer());
  for (let at = 8; at + 8 <= view.byteLength;) {
    const [name, length] = [view.getUint32(at), view.getUint32(at + 4)];
    if (name === ICON_256) return file.slice(at + 8, at + length, 'image/png');
    at += Math.max(8, length);
  }
  return null;
}
