/** Small pictures of files; of large ones without keeping their pixels. */

import { proof } from './proof.js';

/** One picture is decoded at a time: some have 64 MB of pixels. @type {Promise<unknown>} */
let last = Promise.resolve();

/** Pictures of up to so many pixels are left to the browser, which decodes them when they are seen. */
const SMALL_PX = 1.2e6;

/**
 * A picture of a file, if its kind can be shown.
 * @param {Blob} file
 * @param {number} pixels how many it has; 0 if it is no bitmap
 * @param {{ width: number, height: number }} box in CSS px
 * @returns {Promise<HTMLElement | null>}
 */
export function thumbnail(file, pixels, box) {
  if (pixels < SMALL_PX) return proof(file).then((picture) => picture && image(picture));
  const drawn = last.then(() => draw(file, box)).catch(() => null);
  last = drawn;
  return drawn;
}

/** @param {Blob} file */
export function image(file) {
  const picture = new Image();
  const url = URL.createObjectURL(file);
  Object.assign(picture, { alt: '', loading: 'lazy', decoding: 'async' });
  picture.onload = picture.onerror = () => URL.revokeObjectURL(url);
  picture.src = url;
  return picture;
}

/**
 * @param {Blob} file
 * @param {{ width: number, height: number }} box
 */
async function draw(file, { width, height }) {
  const ratio = Math.max(devicePixelRatio, 1);
  const [resizeWidth, resizeHeight] = [width, height].map((side) => Math.max(1, Math.round(side * ratio)));
  const bitmap = await createImageBitmap(file, { resizeWidth, resizeHeight, resizeQuality: 'high' });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [resizeWidth, resizeHeight];
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}
