/** An SVG as the page draws it, which has fonts. A worker has none to draw it with. */

/** Longest side of the drawing: enough for a tracer to place edges finely. */
const SIDE_PX = 2048;

/**
 * The drawing's pixels. Nothing in it runs, and nothing is fetched: it is drawn as an image is.
 * @param {Blob} svg
 */
export async function drawn(svg) {
  const image = new Image();
  // Where an SVG has no size of its own, browsers give it one.
  image.src = await address(svg);
  await image.decode();
  const scale = SIDE_PX / Math.max(image.naturalWidth, image.naturalHeight);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/**
 * As data: a blob's address would make the canvas unreadable where there is `foreignObject`.
 * @param {Blob} svg
 * @returns {Promise<string>}
 */
function address(svg) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([svg], { type: 'image/svg+xml' }));
  });
}
