/** How the page looks around the logo: theme, ground, outlines, how much room files get. */

import { one } from './dom.js';
import { preferences, remember } from './preferences.js';

const ZOOM_STEP = Math.SQRT2;

/** @returns {import('./ui/logo-canvas.js').LogoCanvas} */
const canvas = () => one('logo-canvas');

/** @returns {import('./ui/canvas-bar.js').CanvasBar} */
const bar = () => one('canvas-bar');

let outlines = false;

function applyTheme() {
  if (preferences.theme) document.documentElement.dataset.theme = preferences.theme;
}

function switchTheme() {
  const dark = (preferences.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : '')) === 'dark';
  remember({ theme: dark ? 'light' : 'dark' });
  applyTheme();
}

function applyGround() {
  const { ground, brand } = preferences;
  canvas().ground(ground, brand);
  bar().grounded(ground, brand);
}

/** @param {string} name */
function ground(name) {
  remember({ ground: name });
  applyGround();
}

function toggleOutlines() {
  outlines = !outlines;
  canvas().outline(outlines);
  bar().outlined(outlines);
}

/** Shows the original for as long as the key is down. */
function hold() {
  canvas().hold(true);
  addEventListener('keyup', () => canvas().hold(false), { once: true });
}

/** Gives the files the larger part of the page, or the canvas. */
function toggleTall() {
  const tall = document.documentElement.toggleAttribute('data-tall');
  one('[data-action="tall"]').setAttribute('aria-pressed', String(tall));
}

/** @type {Record<string, () => void>} */
export const actions = {
  theme: switchTheme,
  outline: toggleOutlines,
  hold,
  tall: toggleTall,
  zoomIn: () => canvas().zoom(ZOOM_STEP),
  zoomOut: () => canvas().zoom(1 / ZOOM_STEP),
  fit: () => canvas().fit(),
  groundChecker: () => ground('checker'),
  groundLight: () => ground('light'),
  groundDark: () => ground('dark'),
  groundBrand: () => ground('brand'),
  pickColor: () => canvas().pickColor(),
};

/** What widgets tell, by the names of their events. @type {Record<string, (detail: any) => void>} */
export const events = {
  'ground-change': ground,
  'brand-change': (brand) => {
    remember({ brand, ground: 'brand' });
    applyGround();
  },
  'view-change': (scale) => bar().scaled(scale),
  'hold-change': (held) => canvas().hold(held),
};

/** The scene as it was left. */
export function set() {
  applyTheme();
  applyGround();
}
