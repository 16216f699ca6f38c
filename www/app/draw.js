/** Pixels of a drawing, for showing it where pixels are shown. */

/** More than this on the longer side would only take memory. */
const MOST_PX = 2048;

/**
 * A canvas with the drawing on it.
 * @param {string} svg
 * @param {import('../pkg/protocol.js').Opened} size of the drawing
 */
async function drawnOn(svg, { widthPx, heightPx }) {
  const scale = Math.min(1, MOST_PX / Math.max(widthPx, heightPx));
  const width = Math.max(1, Math.round(widthPx * scale));
  const height = Math.max(1, Math.round(heightPx * scale));
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.drawImage(image, 0, 0, width, height);
    return { canvas, pen, width, height };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * @param {string} svg
 * @param {import('../pkg/protocol.js').Opened} size of the drawing
 * @returns {Promise<import('../pkg/protocol.js').Pixels>}
 */
export async function draw(svg, size) {
  const { pen, width, height } = await drawnOn(svg, size);
  return { widthPx: width, heightPx: height, data: pen.getImageData(0, 0, width, height).data };
}

/**
 * The drawing as a PNG.
 * @param {string} svg
 * @param {import('../pkg/protocol.js').Opened} size
 */
export const rasterized = async (svg, size) => (await drawnOn(svg, size)).canvas.convertToBlob();
