/**
 * The light table: the original to the left of a seam, the trace to the right of it, in register
 * at any zoom. The view stays as it is until another logo comes.
 */

import { h, tell } from '../dom.js';
import { t } from '../i18n.js';
import { gestures } from './gestures.js';
import { HeatLayer } from './heat-layer.js';
import { Painter } from './painter.js';
import { TraceLayer } from './trace-layer.js';
import { CRISP_SCALE, fit, pan, zoom } from './view.js';

const LEAST_OF_FIT = 0.25;

export class LogoCanvas extends HTMLElement {
  #painter = new Painter({});
  #original = this.#painter.element;
  #ground = h('div', { class: 'ground' });
  #before = h('div', { class: 'before' }, this.#original);
  #trace = new TraceLayer();
  #heat = new HeatLayer();
  #range = h('input', { type: 'range', min: '0', max: '100', step: '0.1', value: '50' });
  #left = h('span', { class: 'side left', 'data-t': 'original' });
  #right = h('span', { class: 'side right', 'data-t': 'traced' });
  #art = { width: 1, height: 1 };
  #window = { width: 1, height: 1 };
  /** @type {import('./view.js').View} */
  #view = { scale: 1, x: 0, y: 0 };
  #fitted = true;
  /** @type {import('../../pkg/protocol.js').Pixels | null} */
  #pixels = null;
  #svg = '';

  connectedCallback() {
    this.tabIndex = 0;
    this.setAttribute('role', 'group');
    this.dataset.ground = 'checker';
    this.append(
      this.#ground,
      this.#before,
      h('div', { class: 'after' }, this.#trace.element, this.#heat.element, this.#trace.overlay),
      this.#left,
      this.#right,
      h('div', { class: 'seam' }),
      this.#range,
    );
    this.#range.addEventListener('input', () => this.#placeSeam());
    gestures(this, {
      pan: (dx, dy) => this.#move(pan(this.#view, dx, dy, this.#art, this.#window)),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      click: (x, y) => this.#click(x, y),
    });
    this.addEventListener('dblclick', () => this.fit());
    this.addEventListener('keydown', ({ key }) => key === 'Escape' && this.classList.remove('picking'));
    new ResizeObserver(() => this.#measure()).observe(this);
  }

  /** @param {import('../state.js').State} state */
  update(state) {
    this.setAttribute('aria-label', t('table'));
    this.#range.setAttribute('aria-label', t('seam'));
    if (state.pixels && state.pixels !== this.#pixels) {
      this.#pixels = state.pixels;
      this.#showOriginal(state.pixels);
    }
    const svg = state.glance || state.svg;
    if (svg !== this.#svg) {
      this.#svg = svg;
      if (svg && state.traced) this.#trace.show(svg, state.traced.inks, this.#art.width);
      else this.#trace.clear();
      this.#trace.place(this.#view, this.#window);
    }
    this.#trace.isolate(state.ink);
    this.#heat.show(state.heated ? state.fidelity : null);
  }

  /**
   * @param {string} name
   * @param {string} brand the colour of the ground of that name
   */
  ground(name, brand) {
    this.dataset.ground = name;
    this.style.setProperty('--ground-brand', brand);
  }

  /** The next press on the art takes a colour from the original; Escape or another press ends it. */
  pickColor() {
    this.classList.add('picking');
    this.focus();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #click(x, y) {
    if (!this.classList.contains('picking')) {
      tell(this, 'ink-pick', this.#trace.inkAt(x, y));
      return;
    }
    this.classList.remove('picking');
    const { scale, x: left, y: top } = this.#view;
    const [px, py] = [Math.floor((x - left) / scale), Math.floor((y - top) / scale)];
    const data = this.#pixels?.data;
    if (!data || px < 0 || py < 0 || px >= this.#art.width || py >= this.#art.height) return;
    const at = (py * this.#art.width + px) * 4;
    if (data[at + 3] === 0) return;
    tell(this, 'color-picked', `#${[...data.subarray(at, at + 3)].map((c) => c.toString(16).padStart(2, '0')).join('')}`);
  }

  /** @param {boolean} on */
  outline(on) {
    this.#trace.outline(on);
    this.#trace.place(this.#view, this.#window);
  }

  /**
   * Shows where an ink is, by greying the others.
   * @param {number | null} ink
   */
  isolate(ink) {
    this.#trace.isolate(ink);
  }

  /**
   * Shows the original alone.
   * @param {boolean} on
   */
  hold(on) {
    this.classList.toggle('held', on);
  }

  /** The whole logo, centred. */
  fit() {
    this.#fitted = true;
    this.#show(fit(this.#art, this.#window));
  }

  /**
   * Zooms about a point, or about the middle.
   * @param {number} factor
   * @param {number} [x]
   * @param {number} [y]
   */
  zoom(factor, x = this.#window.width / 2, y = this.#window.height / 2) {
    const least = Math.min(1, fit(this.#art, this.#window).scale * LEAST_OF_FIT);
    const zoomed = zoom(this.#view, factor, x, y, least);
    this.#move(pan(zoomed, 0, 0, this.#art, this.#window));
  }

  /** @param {import('../../pkg/protocol.js').Pixels} pixels */
  #showOriginal({ widthPx: width, heightPx: height, data }) {
    this.#art = { width, height };
    this.#painter.show({ width, height, data });
    this.#trace.clear();
    this.#svg = '';
    this.fit();
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this;
    const last = this.#window;
    this.#window = { width, height };
    this.style.setProperty('--hair', `${1 / devicePixelRatio}px`);
    if (this.#fitted) this.fit();
    else this.#move({ ...this.#view, x: this.#view.x + (width - last.width) / 2, y: this.#view.y + (height - last.height) / 2 });
    this.#placeSeam();
  }

  /** @param {import('./view.js').View} view */
  #move(view) {
    this.#fitted = false;
    this.#show(view);
  }

  /** @param {import('./view.js').View} view */
  #show(view) {
    this.#view = view;
    const { scale, x, y } = view;
    for (const layer of [this.#original, this.#heat.element]) {
      layer.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
      layer.classList.toggle('crisp', scale >= CRISP_SCALE);
    }
    // On whole pixels within the art, or the ground would fringe opaque art.
    const [left, top] = [Math.ceil(x), Math.ceil(y)];
    this.#ground.style.transform = `translate(${left}px, ${top}px)`;
    this.#ground.style.width = `${Math.floor(x + this.#art.width * scale) - left}px`;
    this.#ground.style.height = `${Math.floor(y + this.#art.height * scale) - top}px`;
    this.#trace.place(view, this.#window);
    tell(this, 'view-change', scale);
  }

  /** The seam stands on a whole device pixel. */
  #placeSeam() {
    const share = Number(this.#range.value) / 100;
    const at = Math.round(share * this.#window.width * devicePixelRatio) / devicePixelRatio;
    this.style.setProperty('--split', `${at}px`);
    this.#left.hidden = share < 0.12;
    this.#right.hidden = share > 0.88;
  }
}
