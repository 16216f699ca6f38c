/** Where a trace is off its picture: the stronger, the further. */

import { h } from '../dom.js';
import { paint } from './strips.js';

/** A colour that logos rarely have, and that stands out from any. */
const [RED, GREEN, BLUE] = [255, 0, 170];
/** Below this, of 255, nobody sees that anything is off. */
const LEAST = 8;

export class HeatLayer {
  /** The element to place, of the picture's size. */
  element = h('canvas', { class: 'heat', hidden: true });
  /** @type {import('../../pkg/protocol.js').Fidelity | null} */
  #shown = null;

  /** @param {import('../../pkg/protocol.js').Fidelity | null} fidelity */
  show(fidelity) {
    this.element.hidden = !fidelity;
    if (fidelity === this.#shown) return;
    this.#shown = fidelity;
    if (!fidelity) return;
    const { widthPx: width, heightPx: height, data } = fidelity;
    void paint(this.element, { width, height }, (top, rows) => {
      const pixels = new Uint8ClampedArray(width * rows * 4);
      for (let i = 0; i < width * rows; i += 1) {
        const heat = data[top * width + i];
        if (heat >= LEAST) pixels.set([RED, GREEN, BLUE, Math.min(255, 80 + heat)], i * 4);
      }
      return new ImageData(pixels, width, rows);
    }, () => this.#shown === fidelity);
  }
}
