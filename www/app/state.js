/** What the page knows: plain data, changed only by the controller, read by every widget. */

/** @typedef {Record<string, any>} Options one group's options by name */
/** @typedef {Record<string, Options>} Settings options by group: `trace`, `svg`, … */

/**
 * One logo of many.
 * @typedef {object} BatchRow
 * @property {number} id
 * @property {File} file
 * @property {'waiting' | 'working' | 'done' | 'failed'} phase
 * @property {string} svg
 * @property {number} inks how many there are
 * @property {string | null} fault
 * @property {Settings | null} own settings of its own; without, those of the page
 */

/**
 * @typedef {object} State
 * @property {'empty' | 'working' | 'ready' | 'error'} phase
 * @property {{ name: string, source: File } | null} file the open logo
 * @property {import('../pkg/protocol.js').Opened | null} size
 * @property {number} page which page of a document, from 1
 * @property {import('../pkg/protocol.js').Pixels | null} pixels the original as it was decoded
 * @property {import('../pkg/protocol.js').Traced | null} traced
 * @property {string} svg the traced logo as it is shown, without the options of SVG files; empty before the first trace
 * @property {string} glance a quick trace that stands for `svg` while a control moves
 * @property {number} tookMs how long the last trace took
 * @property {Settings} settings those in use
 * @property {'a' | 'b'} slot which of two sets of settings is in use
 * @property {Settings | null} other the set that is not in use, once there are two
 * @property {Settings} defaults
 * @property {Record<string, import('../pkg/protocol.js').Spec[]>} specs
 * @property {{ stage: string, label: string, fraction: number } | null} progress shown only once work is slow
 * @property {{ message: string, advice: string } | null} error
 * @property {import('../pkg/protocol.js').Variant | null} variant
 * @property {number | null} ink the selected ink
 * @property {number[]} shares how much of the art each ink covers, 0 to 1, once it is known
 * @property {import('./shares.js').GradientShare[]} gradients those of the trace shown, once they are known
 * @property {number} shades how many colours a sample of the original's pixels has
 * @property {boolean} heated whether it is shown where the trace is off
 * @property {import('../pkg/protocol.js').Fidelity | null} fidelity of the trace shown, once it is asked for
 * @property {Record<string, string>} presets what each preset makes of this logo: an SVG by name
 * @property {BatchRow[]} batch
 * @property {import('./services/site.js').SiteState} site what the site offers of itself
 * @property {import('./keeping.js').Condition} keeping whether the work outlives the page
 * @property {Record<string, number>} cache how often results were looked for, by what came of it
 * @property {import('./engine.js').Engine['measures'] | null} measures what the page's engine has done
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 */

/** @returns {State} */
export const initial = () => ({
  phase: 'empty',
  file: null,
  size: null,
  page: 1,
  pixels: null,
  traced: null,
  svg: '',
  glance: '',
  tookMs: 0,
  settings: {},
  slot: 'a',
  other: null,
  defaults: {},
  specs: {},
  progress: null,
  error: null,
  variant: null,
  ink: null,
  shares: [],
  gradients: [],
  shades: 0,
  heated: false,
  fidelity: null,
  presets: {},
  batch: [],
  site: { offline: false, update: false, install: false },
  keeping: 'off',
  cache: { hit: 0, miss: 0, expired: 0, corrupt: 0 },
  measures: null,
  canUndo: false,
  canRedo: false,
});
