/**
 * A canvas that is painted in a worker: 16 million pixels take a tenth of a second to put, in which
 * the page would not answer.
 */

import { h } from '../dom.js';

/** @typedef {import('./painter-worker.js').Picture} Picture */

export class Painter {
  element;
  /** @type {Worker | null} */
  #worker = null;

  /** @param {Record<string, unknown>} props of the canvas */
  constructor(props) {
    this.element = h('canvas', props);
  }

  /** Shows a picture, soon; its pixels are copied. @param {Picture} picture */
  show(picture) {
    // Copying takes a while too, so whatever waits has its turn before.
    setTimeout(() => this.#send(picture));
  }

  /** @param {Picture} picture */
  #send(picture) {
    if (!this.#worker) {
      this.#worker = new Worker(new URL('./painter-worker.js', import.meta.url), { type: 'module' });
      const canvas = this.element.transferControlToOffscreen();
      this.#worker.postMessage(canvas, [canvas]);
    }
    const data = picture.data.slice();
    this.#worker.postMessage({ ...picture, data }, [data.buffer]);
  }
}
