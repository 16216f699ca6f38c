/**
 * Large pictures put on a canvas a strip at a time, with a breath between strips, so that the page
 * answers meanwhile.
 */

/** So many pixels take a few milliseconds. */
const STRIP_PX = 1 << 21;

/** Lets whatever waits have its turn. */
const breath = () => new Promise((resolve) => setTimeout(resolve));

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ width: number, height: number }} size
 * @param {(top: number, rows: number) => ImageData} strip the pixels of some rows
 * @param {() => boolean} wanted asked between strips
 */
export async function paint(canvas, { width, height }, strip, wanted) {
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  const most = Math.max(1, Math.floor(STRIP_PX / width));
  for (let top = 0; top < height && pen && wanted(); top += most) {
    if (top > 0) await breath();
    pen.putImageData(strip(top, Math.min(most, height - top)), 0, top);
  }
}
