/**
 * What is found out about the open logo beside its trace: how much each ink covers, how many colours
 * the original has, where the trace is off, what each preset would make of it, and quick traces while a
 * control moves.
 */

import { flag } from './flags.js';
import { Preview, shades } from './preview.js';

/** @typedef {import('./state.js').State} State */

/** A trace that takes less than this follows a moving control by itself. */
const FAST_MS = 120;

export class Looks {
  #set;
  #run;
  #preview = new Preview();
  /** @type {State['pixels']} */
  #pixels = null;
  #svg = '';
  #presetsOf = '';
  #heatOf = '';

  /**
   * @param {(change: Partial<State>) => void} set
   * @param {import('./desk.js').Run} run
   */
  constructor(set, run) {
    this.#set = set;
    this.#run = run;
  }

  /** @param {State} state */
  update(state) {
    const { pixels, svg, traced, size, phase } = state;
    if (pixels && pixels !== this.#pixels) {
      this.#pixels = pixels;
      this.#presetsOf = '';
      if (state.file) this.#preview.use(state.file.source, { ...state.settings.intake, page: state.page });
      this.#set({ shades: shades(pixels), presets: {}, shares: [], gradients: [] });
    }
    if (svg && traced && size && svg !== this.#svg) {
      this.#svg = svg;
      void this.#measure(svg, traced.inks, size);
    }
    if (state.heated && phase === 'ready' && size?.kind === 'raster' && svg !== this.#heatOf) this.#heat(state);
    if (phase === 'ready' && pixels && size?.kind === 'raster') this.#presets(state);
  }

  /** Whether a quick trace is worth it. @param {State} state */
  isWanted({ tookMs, size }) {
    return flag('glance') && size?.kind === 'raster' && tookMs > FAST_MS;
  }

  /** @param {import('../pkg/protocol.js').Options} trace */
  quick(trace) {
    return this.#preview.quick(trace);
  }

  /**
   * @param {string} svg
   * @param {string[]} inks
   * @param {NonNullable<State['size']>} size
   */
  async #measure(svg, inks, size) {
    const { shares } = await import('./shares.js');
    // A drawing that the browser cannot show has no shares.
    const found = await shares(svg, inks, size).catch(() => null);
    if (found && svg === this.#svg) this.#set(found);
  }

  /** @param {State} state */
  #heat({ svg, settings }) {
    this.#heatOf = svg;
    this.#set({ fidelity: null });
    void this.#run(async (engine, { onProgress }) => {
      const fidelity = await engine.fidelity(settings.trace, { onProgress });
      if (svg === this.#heatOf) this.#set({ fidelity });
    }, { yields: true });
  }

  /** @param {State} state */
  #presets({ specs, settings, pixels }) {
    const { preset: _preset, edits: _edits, ...rest } = settings.trace;
    const key = JSON.stringify(rest);
    const kind = specs.trace.find(({ name }) => name === 'preset')?.kind;
    if (key === this.#presetsOf || kind?.type !== 'choice') return;
    this.#presetsOf = key;
    /** @type {Record<string, string>} */
    const found = {};
    void this.#preview.presets(kind.choices.map(({ value }) => value), rest, (preset, svg) => {
      if (pixels !== this.#pixels || key !== this.#presetsOf) return;
      found[preset] = svg;
      this.#set({ presets: { ...found } });
    });
  }
}
