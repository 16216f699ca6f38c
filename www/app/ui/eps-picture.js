/**
 * The picture that an EPS file of ours paints, as SVG: the file's own operators (those that Illustrator 7
 * files are made of, and level 3 shadings) are run as a printer would run them. Mixtures of process
 * colours show as on a screen without colour management. Other EPS files may use more than is read here.
 */

import { s } from '../dom.js';

const TOKEN = /%[^\n]*|\((?:\\.|[^\\)])*\)|<<|>>|\[|\]|[^\s()<>[\]%]+/g;

/** @typedef {{ name: string }} Word a name that begins with a slash in the file */
/** @typedef {Record<string, any>} Dictionary */

/** @param {number[]} color as many numbers as the colour space has channels */
function css(color) {
  const [r, g, b] = color.length === 4 ? color.slice(0, 3).map((ink) => (1 - ink) * (1 - color[3])) : color;
  return `rgb(${[r, g, b].map((channel) => Math.round(channel * 255)).join()})`;
}

/**
 * The stops of a shading's function.
 * @param {Dictionary} shading
 */
function stops({ Function: made }) {
  const pieces = made.FunctionType === 3 ? made.Functions : [made];
  const ends = [0, ...made.Bounds ?? [], 1];
  return pieces.flatMap((/** @type {Dictionary} */ { C0, C1 }, /** @type {number} */ at) =>
    [[ends[at], C0], [ends[at + 1], C1]].map(([offset, color]) => s('stop', { offset: String(offset), 'stop-color': css(color) })));
}

class Press {
  /** @type {any[]} */
  #stack = [];
  /** Lengths of the stack where arrays and dictionaries began. @type {number[]} */
  #marks = [];
  #path = '';
  #clip = '';
  #nested = 0;
  /** @type {number[]} */
  #fill = [0, 0, 0];
  /** @type {number[]} */
  #stroke = [0, 0, 0];
  #width = 1;
  /** @type {number[]} */
  #matrix = [1, 0, 0, 1, 0, 0];
  /** @type {SVGElement[]} */
  shapes = [];

  /** @param {string} token */
  take(token) {
    if (token[0] === '%') return;
    if (token === '[' || token === '<<') this.#marks.push(this.#stack.length);
    else if (token === ']') this.#stack.push(this.#since());
    else if (token === '>>') this.#stack.push(this.#dictionary());
    else if (token[0] === '(') this.#stack.push(token);
    else if (token[0] === '/') this.#stack.push({ name: token.slice(1) });
    else if (!Number.isNaN(Number(token))) this.#stack.push(Number(token));
    else if (token === 'true' || token === 'false') this.#stack.push(token === 'true');
    else this.#run(token);
  }

  #since() {
    return this.#stack.splice(this.#marks.pop() ?? 0);
  }

  #dictionary() {
    const parts = this.#since();
    return Object.fromEntries(parts.flatMap((part, at) => at % 2 === 0 ? [[part.name, parts[at + 1]]] : []));
  }

  /** @param {string} operator */
  #run(operator) {
    // Each takes what it needs; what others leave behind is of no use.
    const given = this.#stack.splice(0);
    switch (operator) {
      case 'm': this.#path += `M${given}`; break;
      case 'L': this.#path += `L${given}`; break;
      case 'C': this.#path += `C${given}`; break;
      case 'closepath': this.#path += 'Z'; break;
      case 'f': this.#path += 'Z'; if (!this.#nested) this.#paint({ fill: css(this.#fill) }); break;
      case 's': this.#path += 'Z'; this.#paint({ fill: 'none', stroke: css(this.#stroke), 'stroke-width': String(this.#width) }); break;
      case '*u': this.#nested += 1; break;
      case '*U': this.#nested -= 1; if (!this.#nested) this.#paint({ fill: css(this.#fill) }); break;
      case 'Xa': case 'k': this.#fill = given; break;
      case 'x': this.#fill = tinted(given); break;
      case 'X': this.#stroke = tinted(given); break;
      case 'w': [this.#width] = given; break;
      case 'clip': [this.#clip, this.#path] = [this.#path, '']; break;
      case 'concat': [this.#matrix] = given; break;
      case 'shfill': this.#shade(given[0]); break;
      case 'grestore': [this.#clip, this.#matrix] = ['', [1, 0, 0, 1, 0, 0]]; break;
      default:
    }
  }

  /** @param {Record<string, string>} how */
  #paint(how) {
    this.shapes.push(s('path', { d: this.#path, ...how }));
    this.#path = '';
  }

  /** Fills what is clipped to. @param {Dictionary} shading */
  #shade(shading) {
    const id = `g${this.shapes.length}`;
    const [kind, names] = shading.ShadingType === 2
      ? /** @type {const} */ (['linearGradient', ['x1', 'y1', 'x2', 'y2']])
      : /** @type {const} */ (['radialGradient', ['fx', 'fy', 'fr', 'cx', 'cy', 'r']]);
    const places = Object.fromEntries(names.map((name, at) => [name, String(shading.Coords[at])]));
    this.shapes.push(
      s(kind, { id, gradientUnits: 'userSpaceOnUse', gradientTransform: `matrix(${this.#matrix})`, ...places }, ...stops(shading)),
      s('path', { d: this.#clip, fill: `url(#${id})` }));
  }
}

/** A spot colour: mixture, name, and what is missing to all of it. @param {any[]} given */
const tinted = ([c, m, y, k, , missing]) => [c, m, y, k].map((ink) => ink * (1 - missing));

/**
 * @param {string} text the file
 * @returns {string} an SVG document; empty if it is no file of ours
 */
export function epsPicture(text) {
  const [, width, height] = /^%%HiResBoundingBox: 0 0 ([\d.]+) ([\d.]+)$/m.exec(text) ?? [];
  const start = text.indexOf('%%EndSetup');
  if (!width || start < 0) return '';
  const press = new Press();
  for (const [token] of text.slice(start).matchAll(TOKEN)) press.take(token);
  // PostScript's y points up.
  const art = s('g', { transform: `matrix(1 0 0 -1 0 ${height})` }, ...press.shapes);
  return new XMLSerializer().serializeToString(s('svg', { width, height, viewBox: `0 0 ${width} ${height}` }, art));
}
