/** The traced logo as live vector shapes, each marked with the ink that fills it. */

import { s } from '../dom.js';
import { NodeLayer } from './node-layer.js';

const SHAPES = 'path, circle, ellipse, rect, polygon, line, polyline';

/**
 * Six-digit form of an SVG file's `#rgb` or `#rrggbb`.
 * @param {string} color
 */
const sixDigits = (color) => color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color;

export class TraceLayer {
  /** The element to place. */
  element = s('svg', { 'aria-hidden': 'true' });
  #nodes = new NodeLayer();
  /** The element to place over it: nodes and handles. */
  overlay = this.#nodes.element;
  /** @type {SVGGElement | null} */
  #group = null;
  /** Art pixels per unit of the file. */
  #unit = 1;

  /**
   * Shows an SVG document in place of the last one, which leaves when the new one has arrived.
   * @param {string} text
   * @param {string[]} inks
   * @param {number} widthPx of the original
   */
  show(text, inks, widthPx) {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const width = Number(root.getAttribute('viewBox')?.split(/[\s,]+/)[2]) || widthPx;
    this.#unit = widthPx / width;
    for (const shape of root.querySelectorAll(SHAPES)) {
      const ink = inks.indexOf(sixDigits(shape.getAttribute('fill') ?? ''));
      if (ink >= 0) shape.setAttribute('data-ink', String(ink));
    }
    const old = this.#group;
    const group = s('g', { class: old ? 'arriving' : '' });
    group.append(...root.children);
    group.setAttribute('transform', old?.getAttribute('transform') ?? '');
    this.element.append(group);
    this.#group = group;
    if (!this.overlay.hidden) this.#nodes.read(group.children);
    if (!old) return;
    const leave = () => old.remove();
    const [fade] = group.getAnimations?.() ?? [];
    if (fade) fade.finished.then(leave, leave);
    else leave();
  }

  clear() {
    this.element.replaceChildren();
    this.#group = null;
  }

  /**
   * @param {import('./view.js').View} view
   * @param {import('./view.js').Size} window
   */
  place({ scale, x, y }, window) {
    const unit = scale * this.#unit;
    for (const group of this.element.children) {
      group.setAttribute('transform', `translate(${x} ${y}) scale(${unit})`);
    }
    this.#nodes.draw({ scale: unit, x, y }, window);
  }

  /**
   * Shows outlines with nodes and handles; `place` draws them.
   * @param {boolean} on
   */
  outline(on) {
    this.element.classList.toggle('outlined', on);
    this.overlay.hidden = !on;
    if (on) this.#nodes.read(this.#group?.children ?? []);
  }

  /**
   * Greys every ink but this one.
   * @param {number | null} ink
   */
  isolate(ink) {
    this.element.classList.toggle('isolating', ink !== null);
    for (const shape of this.element.querySelectorAll('[data-ink]')) {
      shape.classList.toggle('lit', shape.getAttribute('data-ink') === String(ink));
    }
  }

  /**
   * The ink seen at a point of the window, from the top down.
   * @param {number} x
   * @param {number} y
   * @returns {number | null}
   */
  inkAt(x, y) {
    const shapes = [...(this.#group?.querySelectorAll('[data-ink]') ?? [])].reverse();
    for (const shape of shapes) {
      if (!(shape instanceof SVGGeometryElement)) continue;
      const matrix = shape.getCTM()?.inverse();
      if (matrix && shape.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix))) {
        return Number(shape.getAttribute('data-ink'));
      }
    }
    return null;
  }
}
