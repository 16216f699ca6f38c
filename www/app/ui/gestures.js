/** Pointer, wheel and keys on the canvas become pans, zooms and clicks. */

const WHEEL_STEP = 0.0022;
const LINE_PX = 24;
const CLICK_SLOP_PX = 4;
const KEY_PAN_PX = 48;

/**
 * @typedef {object} Moves
 * @property {(dx: number, dy: number) => void} pan
 * @property {(factor: number, x: number, y: number) => void} zoom about a point of the element
 * @property {(x: number, y: number) => void} click
 */

/**
 * Listens on `element`; its children that take the pointer themselves are left alone.
 * @param {HTMLElement} element
 * @param {Moves} moves
 */
export function gestures(element, moves) {
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  let travelled = 0;

  const place = (/** @type {MouseEvent} */ event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) };
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.target !== element || event.button > 1) return;
    element.setPointerCapture(event.pointerId);
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, place(event));
    element.classList.add('panning');
  });

  element.addEventListener('pointermove', (event) => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    const to = place(event);
    if (fingers.size === 2) {
      const before = spread();
      fingers.set(event.pointerId, to);
      const after = spread();
      moves.pan(after.x - before.x, after.y - before.y);
      if (before.apart > 0) moves.zoom(after.apart / before.apart, after.x, after.y);
      travelled = Infinity;
      return;
    }
    fingers.set(event.pointerId, to);
    travelled += Math.hypot(to.x - from.x, to.y - from.y);
    if (travelled > CLICK_SLOP_PX) moves.pan(to.x - from.x, to.y - from.y);
  });

  const lift = (/** @type {PointerEvent} */ event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size > 0) return;
    element.classList.remove('panning');
    const at = place(event);
    if (event.type === 'pointerup' && travelled <= CLICK_SLOP_PX) moves.click(at.x, at.y);
  };
  element.addEventListener('pointerup', lift);
  element.addEventListener('pointercancel', lift);

  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PX;
    if (event.shiftKey) {
      moves.pan(-(event.deltaX || event.deltaY) * unit, 0);
      return;
    }
    // A pinch on a trackpad arrives as a wheel with Ctrl and small steps.
    const pinch = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 4 : 1;
    const at = place(event);
    moves.zoom(Math.exp(-event.deltaY * unit * WHEEL_STEP * pinch), at.x, at.y);
  }, { passive: false });

  element.addEventListener('keydown', (event) => {
    if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? KEY_PAN_PX * 4 : KEY_PAN_PX;
    const by = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (!by) return;
    event.preventDefault();
    moves.pan(by[0], by[1]);
  });
}
