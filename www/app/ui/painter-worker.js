/** Puts pixels on canvases, off the page's thread: `Painter` in `painter.js` is the other side. */

/**
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {Uint8ClampedArray<ArrayBuffer>} data RGBA, or with `tint` one byte a pixel
 * @property {[number, number, number]} [tint] the colour that bytes are amounts of
 */

/** Below this, of 255, an amount is not seen. */
const LEAST = 8;

/** @type {OffscreenCanvas} */
let canvas;

addEventListener('message', ({ data }) => {
  if (data instanceof OffscreenCanvas) canvas = data;
  else put(data);
});

/** @param {Picture} picture */
function put({ width, height, data, tint }) {
  Object.assign(canvas, { width, height });
  const pixels = tint ? tinted(data, tint) : data;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
}

/**
 * @param {Uint8ClampedArray} amounts
 * @param {[number, number, number]} tint
 */
function tinted(amounts, tint) {
  const pixels = new Uint8ClampedArray(amounts.length * 4);
  amounts.forEach((amount, i) => {
    if (amount >= LEAST) pixels.set([...tint, Math.min(255, 80 + amount)], i * 4);
  });
  return pixels;
}
