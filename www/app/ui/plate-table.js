/**
 * A light table: the plates as films of their inks' colours on the material, in printing order.
 * Arrow keys, dragging and scrolling move it; plus, minus and 0 zoom. Near enough, halftones are
 * shown as the dots that the film will have.
 */

import { h, icon, tell } from '../dom.js';
import { number } from '../i18n.js';

/** @typedef {import('../../pkg/protocol.js').Mask} Mask */
/** @typedef {import('../../pkg/protocol.js').Place} Place */
/** @typedef {import('../../pkg/protocol.js').Separated} Separated */

/**
 * @typedef {object} DotsWanted
 * @property {number[]} plates those that are switched on, by index
 * @property {[number, number, number, number]} partMm
 * @property {number} dpi
 * @property {(plate: number, mask: Mask) => void} show
 */

const STEP = Math.SQRT2;
/** As near as 1 mm on so many pixels. */
const NEAREST = 160;
/** Dots are drawn once a cell of the screen has this many pixels. */
const CELL_PX = 4;
/** The view rests so long before its dots are asked for. */
const REST_MS = 200;
/** A place of a warning takes up this share of the view. */
const PLACE_SHARE = 0.25;

export class PlateTable extends HTMLElement {
  #sheet = h('div', { class: 'plate-sheet' });
  #frame = h('div', { class: 'plate-place', hidden: true });
  #view = h('div', { class: 'plate-view', tabIndex: 0, role: 'group', 'data-t-label': 'plates.table' }, this.#sheet);
  #films = h('input', { type: 'checkbox' });
  #dots = h('input', { type: 'checkbox' });
  #scale = h('span', { class: 'quiet' });
  /** @type {Separated | null} */
  #report = null;
  /** Plates that are switched off, by name. @type {Set<string>} */
  #hidden = new Set();
  /** @type {HTMLImageElement[]} */
  #plates = [];
  /** @type {HTMLCanvasElement[]} */
  #canvases = [];
  /** Pixels per mm; 0 until the sheet has been fitted. */
  #zoom = 0;
  /** Whether the sheet follows the size of the view. */
  #fits = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  connectedCallback() {
    const button = (/** @type {string} */ key, /** @type {string} */ glyph, /** @type {() => void} */ run) =>
      h('button', { type: 'button', class: 'bare icon', 'data-t-label': key, onclick: run }, icon(glyph));
    this.append(
      h('div', { class: 'plate-bar' },
        h('label', {}, this.#films, h('span', { 'data-t': 'plates.translucent' })),
        h('label', {}, this.#dots, h('span', { 'data-t': 'plates.dots' })),
        h('span', { class: 'plate-zoom' },
          button('zoomOut', 'minus', () => this.#zoomBy(1 / STEP)), this.#scale,
          button('zoomIn', 'plus', () => this.#zoomBy(STEP)), button('fit', 'fit', () => this.#fit()))),
      this.#view,
    );
    this.#films.addEventListener('change', () => this.#sheet.toggleAttribute('data-films', this.#films.checked));
    this.#dots.addEventListener('change', () => this.#ask());
    this.#view.addEventListener('scroll', () => this.#ask());
    this.#view.addEventListener('keydown', (event) => this.#key(event));
    this.#view.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#view.addEventListener('pointerdown', (event) => this.#pan(event));
    new ResizeObserver(() => this.#fits && this.#fit()).observe(this.#view);
  }

  /** @param {Separated} report */
  show(report) {
    const before = this.#report;
    this.#report = report;
    for (const plate of this.#plates) URL.revokeObjectURL(plate.src);
    this.#plates = report.plates.map(({ svg, rgb, name }) => {
      const colored = svg.replace('<svg ', `<svg fill="${rgb}" `);
      const src = URL.createObjectURL(new Blob([colored], { type: 'image/svg+xml' }));
      return h('img', { alt: '', src, draggable: false, hidden: this.#hidden.has(name) });
    });
    this.#canvases = report.plates.map(() => h('canvas', { hidden: true }));
    const layers = this.#plates.flatMap((plate, i) => [plate, this.#canvases[i]]);
    this.#sheet.style.background = report.substrate;
    this.#frame.hidden = true;
    this.#sheet.replaceChildren(...layers, this.#frame);
    const sameSize = before?.widthMm === report.widthMm && before?.heightMm === report.heightMm;
    if (sameSize && !this.#fits) this.#ask();
    else this.#fit();
  }

  /** @param {{ name: string, isSeen: boolean }} plate */
  toggle({ name, isSeen }) {
    if (isSeen) this.#hidden.delete(name);
    else this.#hidden.add(name);
    this.#report?.plates.forEach((plate, i) => {
      this.#plates[i].hidden = this.#canvases[i].hidden = this.#hidden.has(plate.name);
    });
    this.#ask();
  }

  /** Goes to a place and frames it. @param {Place} place */
  go({ xMm, yMm, widthMm, heightMm }) {
    const { clientWidth, clientHeight } = this.#view;
    const near = Math.min(clientWidth / widthMm, clientHeight / heightMm) * PLACE_SHARE;
    this.#fits = false;
    this.#to(Math.max(near, this.#zoom), xMm + widthMm / 2, yMm + heightMm / 2);
    const share = (/** @type {number} */ mm, /** @type {number} */ of) => `${(mm / of) * 100}%`;
    const sheet = this.#report ?? { widthMm: 1, heightMm: 1 };
    Object.assign(this.#frame.style, {
      left: share(xMm, sheet.widthMm), top: share(yMm, sheet.heightMm),
      width: share(widthMm, sheet.widthMm), height: share(heightMm, sheet.heightMm),
    });
    this.#frame.hidden = false;
    this.#view.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'nearest' });
  }

  #fit() {
    if (!this.#report || this.#view.clientWidth === 0) return;
    this.#fits = true;
    const { widthMm, heightMm } = this.#report;
    const zoom = Math.min(this.#view.clientWidth / widthMm, this.#view.clientHeight / heightMm);
    this.#to(zoom, widthMm / 2, heightMm / 2);
  }

  /** @param {number} by @param {{ x: number, y: number }} [about] a point of the view that stays, else its middle */
  #zoomBy(by, about) {
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.#view;
    const { x, y } = about ?? { x: clientWidth / 2, y: clientHeight / 2 };
    const zoom = Math.min(this.#zoom * by, NEAREST);
    const middle = (/** @type {number} */ scrolled, /** @type {number} */ at, /** @type {number} */ size) =>
      (scrolled + at) / this.#zoom + (size / 2 - at) / zoom;
    this.#fits = false;
    this.#to(zoom, middle(scrollLeft, x, clientWidth), middle(scrollTop, y, clientHeight));
  }

  /**
   * @param {number} zoom pixels per mm
   * @param {number} xMm what comes to the middle of the view
   * @param {number} yMm
   */
  #to(zoom, xMm, yMm) {
    if (!this.#report) return;
    this.#zoom = Math.min(zoom, NEAREST);
    this.#sheet.style.width = `${this.#report.widthMm * this.#zoom}px`;
    this.#sheet.style.height = `${this.#report.heightMm * this.#zoom}px`;
    this.#view.scrollTo(xMm * this.#zoom - this.#view.clientWidth / 2, yMm * this.#zoom - this.#view.clientHeight / 2);
    // 96 px to the inch are the size on paper.
    this.#scale.textContent = number(this.#zoom * 25.4 / 96, { style: 'percent', maximumFractionDigits: 0 });
    this.#ask();
  }

  /** Asks for the dots of what is seen, if they are wanted and would be seen. */
  #ask() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const report = this.#report;
      for (const canvas of this.#canvases) canvas.hidden = true;
      this.#sheet.removeAttribute('data-dots');
      if (!report || !this.#dots.checked) return;
      const dpi = Math.round(this.#zoom * devicePixelRatio * 25.4);
      const coarsest = Math.min(...report.plates.map(({ lpi }) => lpi));
      if (dpi < coarsest * CELL_PX) return;
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.#view;
      const [left, top] = [scrollLeft / this.#zoom, scrollTop / this.#zoom];
      const width = Math.min(clientWidth / this.#zoom, report.widthMm - left);
      const height = Math.min(clientHeight / this.#zoom, report.heightMm - top);
      const plates = report.plates.flatMap(({ name }, i) => (this.#hidden.has(name) ? [] : [i]));
      /** @type {DotsWanted} */
      const wish = {
        plates, dpi, partMm: [left, top, width, height],
        show: (plate, mask) => {
          if (this.#report === report) this.#paint(plate, mask, [left, top, width, height]);
        },
      };
      tell(this, 'plate-dots', wish);
    }, REST_MS);
  }

  /**
   * @param {number} plate
   * @param {Mask} mask
   * @param {[number, number, number, number]} partMm
   */
  #paint(plate, { widthPx, heightPx, data }, [left, top, width, height]) {
    if (!this.#report || widthPx * heightPx === 0) return;
    const canvas = this.#canvases[plate];
    canvas.width = widthPx;
    canvas.height = heightPx;
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(this.#report?.plates[plate].rgb.slice(at, at + 2) ?? '0', 16));
    const pixels = new ImageData(widthPx, heightPx);
    data.forEach((alpha, i) => pixels.data.set([r, g, b, alpha], i * 4));
    canvas.getContext('2d')?.putImageData(pixels, 0, 0);
    const place = { left: left * this.#zoom, top: top * this.#zoom, width: width * this.#zoom, height: height * this.#zoom };
    for (const [name, px] of Object.entries(place)) canvas.style.setProperty(name, `${px}px`);
    canvas.hidden = false;
    this.#sheet.toggleAttribute('data-dots', true);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, () => void>} */
    const keys = { '+': () => this.#zoomBy(STEP), '=': () => this.#zoomBy(STEP), '-': () => this.#zoomBy(1 / STEP), 0: () => this.#fit() };
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.#view.getBoundingClientRect();
    this.#zoomBy(Math.exp(-event.deltaY / 300), { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  /** @param {PointerEvent} event */
  #pan(event) {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const { scrollLeft, scrollTop } = this.#view;
    const move = (/** @type {PointerEvent} */ now) =>
      this.#view.scrollTo(scrollLeft - now.clientX + event.clientX, scrollTop - now.clientY + event.clientY);
    this.#view.setPointerCapture(event.pointerId);
    this.#view.addEventListener('pointermove', move);
    this.#view.addEventListener('lostpointercapture', () => this.#view.removeEventListener('pointermove', move), { once: true });
  }
}
