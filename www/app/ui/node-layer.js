/** Nodes and handles drawn over the outlines, at one size whatever the zoom. */

import { h } from '../dom.js';
import { anatomy } from './path-nodes.js';

const NODE_PX = 5;
const HANDLE_PX = 2;
/** With more nodes in sight than this, handles would only be a mesh. */
const MOST_WITH_HANDLES = 600;

export class NodeLayer {
  /** The element to place. */
  element = h('canvas', { class: 'nodes', hidden: true });
  /** @type {import('./path-nodes.js').Anatomy} */
  #shapes = { nodes: [], handles: [] };

  /**
   * Reads the nodes of these shapes.
   * @param {Iterable<Element>} shapes
   */
  read(shapes) {
    const all = [...shapes].map((shape) => anatomy(shape.getAttribute('d') ?? ''));
    this.#shapes = {
      nodes: all.flatMap(({ nodes }) => nodes),
      handles: all.flatMap(({ handles }) => handles),
    };
  }

  /**
   * Draws what is in sight.
   * @param {import('./view.js').View} view of the file's units
   * @param {import('./view.js').Size} window
   */
  draw(view, window) {
    if (this.element.hidden) return;
    const width = Math.round(window.width * devicePixelRatio);
    const height = Math.round(window.height * devicePixelRatio);
    if (this.element.width !== width || this.element.height !== height) {
      Object.assign(this.element, { width, height });
    }
    const pen = this.element.getContext('2d');
    if (!pen) return;
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    pen.clearRect(0, 0, window.width, window.height);

    const seen = (/** @type {import('./path-nodes.js').Point} */ p) => ({
      x: view.x + p.x * view.scale,
      y: view.y + p.y * view.scale,
    });
    const inside = (/** @type {import('./path-nodes.js').Point} */ p) =>
      p.x > -NODE_PX && p.y > -NODE_PX && p.x < window.width + NODE_PX && p.y < window.height + NODE_PX;

    const nodes = this.#shapes.nodes.map(seen).filter(inside);
    pen.strokeStyle = getComputedStyle(this.element).color;
    pen.fillStyle = '#fff';
    if (nodes.length <= MOST_WITH_HANDLES) {
      pen.beginPath();
      for (const [node, handle] of this.#shapes.handles) {
        const [a, b] = [seen(node), seen(handle)];
        if (!inside(a) && !inside(b)) continue;
        pen.moveTo(a.x, a.y);
        pen.lineTo(b.x, b.y);
        pen.moveTo(b.x + HANDLE_PX, b.y);
        pen.arc(b.x, b.y, HANDLE_PX, 0, 2 * Math.PI);
      }
      pen.stroke();
    }
    pen.beginPath();
    for (const { x, y } of nodes) {
      pen.rect(Math.round(x - NODE_PX / 2) + 0.5, Math.round(y - NODE_PX / 2) + 0.5, NODE_PX, NODE_PX);
    }
    pen.fill();
    pen.stroke();
  }
}
