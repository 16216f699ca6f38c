/** How much of a drawing each ink covers, measured on a small rendering of the file itself. */

const SIDE_PX = 160;

/**
 * @param {string} svg
 * @param {string[]} inks `#rrggbb`
 * @param {{ widthPx: number, heightPx: number }} size
 * @returns {Promise<number[]>} for each ink, its share of all that is painted, 0 to 1
 */
export async function shares(svg, inks, { widthPx, heightPx }) {
  const scale = SIDE_PX / Math.max(widthPx, heightPx);
  const [width, height] = [widthPx, heightPx].map((side) => Math.max(1, Math.round(side * scale)));
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!pen) return inks.map(() => 0);
    pen.drawImage(image, 0, 0, width, height);
    return counted(pen.getImageData(0, 0, width, height).data, inks);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * @param {Uint8ClampedArray} data
 * @param {string[]} inks
 */
function counted(data, inks) {
  const colors = inks.map((ink) => [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16)));
  const counts = inks.map(() => 0);
  let painted = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 128) continue;
    painted += 1;
    let nearest = 0;
    let least = Infinity;
    colors.forEach(([r, g, b], at) => {
      const apart = (r - data[i]) ** 2 + (g - data[i + 1]) ** 2 + (b - data[i + 2]) ** 2;
      if (apart < least) [least, nearest] = [apart, at];
    });
    counts[nearest] += 1;
  }
  return counts.map((count) => count / Math.max(1, painted));
}
