/**
 * Quick looks at the open logo: traces at reduced resolution, in an engine of its own, so that the
 * page's engine stays free. One request at a time; of those that wait, only the newest counts.
 */

import { spareEngine } from './engine.js';

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('../pkg/protocol.js').Pixels} Pixels */
/** @typedef {import('../pkg/protocol.js').Options} Options */

const COLORS_SAMPLED = 1 << 16;

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
  /** The file and how it is read. @type {{ file: Blob, intake: Options } | null} */
  #logo = null;
  #opened = false;
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #newest = 0;

  /**
   * Another logo.
   * @param {Blob} file
   * @param {Options} intake
   */
  use(file, intake) {
    this.#logo = { file, intake };
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
    return this.#next(() => ticket === this.#newest, trace, 'preview');
  }

  /**
   * What each preset makes of the logo, told one by one.
   * @param {string[]} presets
   * @param {Options} trace
   * @param {(preset: string, svg: string) => void} found
   */
  async presets(presets, trace, found) {
    const logo = this.#logo;
    for (const preset of presets) {
      const svg = await this.#next(() => logo === this.#logo, { ...trace, preset }, 'hidden');
      if (svg) found(preset, svg);
    }
  }

  /**
   * @param {() => boolean} wanted
   * @param {Options} trace
   * @param {'preview' | 'hidden'} priority
   * @returns {Promise<string | undefined>}
   */
  #next(wanted, trace, priority) {
    const turn = this.#turn.then(async () => {
      if (!wanted() || !this.#logo) return undefined;
      const engine = await (this.#engine ??= spareEngine());
      if (!this.#opened) {
        this.#opened = true;
        const { file, intake } = this.#logo;
        await engine.open(file, { intake, priority });
      }
      if (!wanted()) return undefined;
      return engine.preview(trace, undefined, { priority });
    }).catch(() => undefined);
    this.#turn = turn;
    return turn;
  }
}
