/**
 * What the parts of the page that make files (`outputs.js`, `kit.js`, `plates.js`) are given of the
 * rest, and what is asked of them. A part keeps what it knows to itself and shows it in its own
 * widgets; of the page's state it reads, and changes nothing.
 */

/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('../pkg/index.js').Watch} Watch */
/** @typedef {Watch & { signal: AbortSignal }} Stoppable */

/**
 * @typedef {object} Desk
 * @property {() => Readonly<State>} state the open file, the settings in use (`settings.separate`
 *   and so on, changed by `option-change` events of `<option-list group="…">`), the selected ink …
 * @property {Run} run
 * @property {(error: unknown) => void} fail shows an error of the engine, or anything thrown, where
 *   the page shows errors; `run` does it by itself
 */

/**
 * Does work with the engine. Progress appears once it is slow; a fault is shown, and the answer is
 * then `undefined`, as it is when the work was stopped (Esc, another logo).
 * Give `watch` to requests that take seconds; stopping one of those restarts the engine's worker.
 * Between short ones rather ask `watch.signal.aborted`.
 * With `yields`, the next trace stops the work: for previews that will be asked for again.
 * @typedef {<T>(work: (engine: Engine, watch: Stoppable) => Promise<T>, how?: { yields?: boolean }) => Promise<T | undefined>} Run
 */

/**
 * A part: made once, when the first logo opens. Its widgets are defined then, and stand in
 * `index.html` already; those with an `update(state)` are shown the state whenever it changes.
 * @typedef {object} Part
 * @property {Record<string, () => void>} [actions] what buttons with `data-action` do, by name
 * @property {(state: Readonly<State>) => void} [update] told whenever the state has changed
 */

/** @typedef {{ widgets: Record<string, CustomElementConstructor>, make(desk: Desk): Part }} PartModule */

/**
 * The groups of settings that files read.
 * @param {State['settings']} settings
 */
export function exportOptions({ trace: _trace, intake: _intake, separate: _separate, kit: _kit, ...groups }) {
  return groups;
}

export {};
