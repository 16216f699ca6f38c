/** How much of a drawing each ink and gradient covers, measured on a small rendering of the file itself. */

const SIDE_PX = 160;

/**
 * A gradient of the drawing: its first and last colour, itself as CSS, and its share of all that is
 * painted, 0 to 1.
 * @typedef {{ kind: 'linear' | 'radial', from: string, to: string, css: string, share: number }} GradientShare
 */

/**
 * @param {string} svg
 * @param {string[]} inks `#rrggbb`
 * @param {{ widthPx: number, heightPx: number }} size
 * @returns {Promise<{ shares: number[], gradients: GradientShare[] }>} `shares`: for each ink
 */
export async function shares(svg, inks, size) {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const found = [...root.querySelectorAll('linearGradient, radialGradient')];
  // In place of each gradient a colour that nothing else has, so that it can be counted.
  const standIns = found.map((_, i) => unlike(inks, i));
  found.forEach(({ id }, i) => {
    for (const shape of root.querySelectorAll(`[fill="url(#${CSS.escape(id)})"]`)) shape.setAttribute('fill', standIns[i]);
  });
  const counts = await counted(found.length > 0 ? new XMLSerializer().serializeToString(root) : svg, [...inks, ...standIns], size);
  const gradients = found.map((gradient, i) => ({ ...described(gradient), share: counts[inks.length + i] }));
  return { shares: counts.slice(0, inks.length), gradients: gradients.filter(({ share }) => share > 0) };
}

/**
 * A colour that is none of these, another for every number.
 * @param {string[]} inks
 * @param {number} n
 */
function unlike(inks, n) {
  for (let code = 0xff00fe - n * 0x1007; ; code -= 0x10101) {
    const color = `#${(code & 0xffffff).toString(16).padStart(6, '0')}`;
    if (!inks.includes(color)) return color;
  }
}

/** @param {Element} gradient */
function described(gradient) {
  const stops = [...gradient.querySelectorAll('stop')].map((stop) => ({
    color: stop.getAttribute('stop-color') ?? '#000',
    opacity: Number(stop.getAttribute('stop-opacity') ?? 1),
    at: Number.parseFloat(stop.getAttribute('offset') ?? '0') * (stop.getAttribute('offset')?.endsWith('%') ? 1 : 100),
  }));
  const kind = /** @type {'linear' | 'radial'} */ (gradient.localName.replace('Gradient', ''));
  const list = stops.map(({ color, opacity, at }) => `color-mix(in srgb, ${color} ${opacity * 100}%, transparent) ${at}%`);
  const css = kind === 'linear' ? `linear-gradient(to right, ${list})` : `radial-gradient(circle farthest-side, ${list})`;
  return { kind, from: stops[0]?.color ?? '', to: stops.at(-1)?.color ?? '', css };
}

/**
 * @param {string} svg
 * @param {string[]} paints `#rrggbb`
 * @param {{ widthPx: number, heightPx: number }} size
 * @returns {Promise<number[]>} each one's share
 */
async function counted(svg, paints, { widthPx, heightPx }) {
  const scale = SIDE_PX / Math.max(widthPx, heightPx);
  const [width, height] = [widthPx, heightPx].map((side) => Math.max(1, Math.round(side * scale)));
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!pen) return paints.map(() => 0);
    pen.drawImage(image, 0, 0, width, height);
    return nearest(pen.getImageData(0, 0, width, height).data, paints);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * @param {Uint8ClampedArray} data
 * @param {string[]} paints
 */
function nearest(data, paints) {
  const colors = paints.map((paint) => [1, 3, 5].map((at) => parseInt(paint.slice(at, at + 2), 16)));
  const counts = paints.map(() => 0);
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
