/** Where a trace is off its picture: the stronger, the further. */

import { Painter } from './painter.js';

/** A colour that logos rarely have, and that stands out from any. @type {[number, number, number]} */
const TINT = [255, 0, 170];

export class HeatLayer {
  #painter = new Painter({ class: 'heat', hidden: true });
  /** The element to place, of the picture's size. */
  element = this.#painter.element;
  /** @type {import('../../pkg/protocol.js').Fidelity | null} */
  #shown = null;

  /** @param {import('../../pkg/protocol.js').Fidelity | null} fidelity */
  show(fidelity) {
    this.element.hidden = !fidelity;
    if (fidelity === this.#shown) return;
    this.#shown = fidelity;
    if (fidelity) this.#painter.show({ width: fidelity.widthPx, height: fidelity.heightPx, data: fidelity.data, tint: TINT });
  }
}
