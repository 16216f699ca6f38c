/**
 * Quick looks at the open logo: a small copy of it, in an engine of its own, so that the page's
 * engine stays free. One request at a time; of those that wait, only the newest counts.
 */

import { spareEngine } from './engine.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('../pkg/protocol.js').Pixels} Pixels */
/** @typedef {import('../pkg/protocol.js').Options} Options */

const SIDE_PX = 384;
const COLORS_SAMPLED = 1 << 16;

/**
 * A small copy as a PNG. From the file itself it is decoded and scaled off the page's thread; where
 * the browser cannot read the file, or the page shows something else, from the pixels shown.
 * @param {Pixels} pixels
 * @param {Blob | null} file
 */
async function small({ data, widthPx, heightPx }, file) {
  const scale = Math.min(1, SIDE_PX / Math.max(widthPx, heightPx));
  const [width, height] = [widthPx, heightPx].map((side) => Math.max(1, Math.round(side * scale)));
  /** @type {ImageBitmapOptions} */
  const how = { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' };
  const shown = () => createImageBitmap(new ImageData(data, widthPx, heightPx), how);
  const bitmap = await (file ? createImageBitmap(file, how).catch(shown) : shown());
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { blob: await canvas.convertToBlob(), scale };
}

/**
 * How many colours a sample of the pixels has.
 * @param {Pixels} pixels
 */
export function shades({ data }) {
  const colors = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  const step = Math.max(1, Math.ceil(colors.length / COLORS_SAMPLED));
  const seen = new Set();
  for (let i = 0; i < colors.length; i += step) if (colors[i] >>> 24) seen.add(colors[i]);
  return seen.size;
}

export class Preview {
  /** @type {Promise<Engine> | null} */
  #engine = null;
  /** @type {Pixels | null} */
  #pixels = null;
  /** @type {Blob | null} */
  #file = null;
  #scale = 1;
  #opened = false;
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #newest = 0;

  /**
   * Another logo.
   * @param {Pixels} pixels
   * @param {Blob | null} file that these pixels are, unchanged, in
   */
  use(pixels, file) {
    this.#pixels = pixels;
    this.#file = file;
    this.#opened = false;
    this.#newest += 1;
  }

  /**
   * What these settings make of the logo, as an SVG; nothing if another request came meanwhile.
   * @param {Options} trace
   * @returns {Promise<string | undefined>}
   */
  quick(trace) {
    const ticket = ++this.#newest;
    return this.#next(() => ticket === this.#newest, trace);
  }

  /**
   * What each preset makes of the logo, told one by one.
   * @param {string[]} presets
   * @param {Options} trace
   * @param {(preset: string, svg: string) => void} found
   */
  async presets(presets, trace, found) {
    const pixels = this.#pixels;
    for (const preset of presets) {
      const svg = await this.#next(() => pixels === this.#pixels, { ...trace, preset });
      if (svg) found(preset, svg);
    }
  }

  /**
   * @param {() => boolean} wanted
   * @param {Options} trace
   * @returns {Promise<string | undefined>}
   */
  #next(wanted, trace) {
    const turn = this.#turn.then(async () => {
      if (!wanted() || !this.#pixels) return undefined;
      this.#engine ??= spareEngine();
      const engine = await this.#engine;
      if (!this.#opened) {
        this.#opened = true;
        const { blob, scale } = await small(this.#pixels, this.#file);
        await engine.open(blob);
        this.#scale = scale;
      }
      if (!wanted()) return undefined;
      return engine.svg({ ...trace, min_area_px2: Number(trace.min_area_px2 ?? 0) * this.#scale ** 2 });
    }).catch(() => undefined);
    this.#turn = turn;
    return turn;
  }
}
