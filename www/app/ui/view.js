/**
 * Where the art lies in its window: art point `p` is seen at `x + scale * p.x`, `y + scale * p.y`,
 * in CSS pixels. Pure arithmetic.
 */

/** @typedef {{ scale: number, x: number, y: number }} View */
/** @typedef {{ width: number, height: number }} Size */

export const MAX_SCALE = 64;
/** At this scale pixels are shown as squares. */
export const CRISP_SCALE = 8;
const MARGIN_PX = 40;
/** So much of the art stays in the window, wherever it is dragged. */
const KEPT_PX = 48;

/**
 * The whole art, centred.
 * @param {Size} art
 * @param {Size} window
 * @returns {View}
 */
export function fit(art, window) {
  const margin = Math.min(MARGIN_PX, window.width / 10, window.height / 10);
  const scale = Math.min(
    MAX_SCALE,
    Math.max(1, window.width - 2 * margin) / art.width,
    Math.max(1, window.height - 2 * margin) / art.height,
  );
  return {
    scale,
    x: Math.round((window.width - art.width * scale) / 2),
    y: Math.round((window.height - art.height * scale) / 2),
  };
}

/**
 * Zooms by `factor`; the art under window point (`px`, `py`) stays there.
 * @param {View} view
 * @param {number} factor
 * @param {number} px
 * @param {number} py
 * @param {number} least smallest scale
 * @returns {View}
 */
export function zoom(view, factor, px, py, least) {
  const scale = Math.min(MAX_SCALE, Math.max(least, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: px - (px - view.x) * by, y: py - (py - view.y) * by };
}

/**
 * Moves the view by window pixels, keeping some of the art in sight.
 * @param {View} view
 * @param {number} dx
 * @param {number} dy
 * @param {Size} art
 * @param {Size} window
 * @returns {View}
 */
export function pan(view, dx, dy, art, window) {
  const keep = (/** @type {number} */ at, /** @type {number} */ length, /** @type {number} */ room) =>
    Math.min(room - KEPT_PX, Math.max(KEPT_PX - length * view.scale, at));
  return {
    scale: view.scale,
    x: keep(view.x + dx, art.width, window.width),
    y: keep(view.y + dy, art.height, window.height),
  };
}
