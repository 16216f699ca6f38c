/** The nodes and handles of path data (SVG 1.1, 8.3), for showing them. */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ nodes: Point[], handles: [Point, Point][] }} Anatomy */

/** How many numbers each command takes. @type {Record<string, number>} */
const ARITY = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 };

/**
 * Splits path data into commands with their numbers. Arc flags may stand without separators.
 * @param {string} data
 * @returns {[string, number[]][]}
 */
function commands(data) {
  /** @type {[string, number[]][]} */
  const list = [];
  for (const [, letter, rest] of data.matchAll(/([mlhvcsqtaz])([^mlhvcsqtaz]*)/gi)) {
    const arc = letter.toLowerCase() === 'a';
    const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
    const flag = /[01]/y;
    const numbers = [];
    let at = 0;
    for (;;) {
      while (/[\s,]/.test(rest[at] ?? '')) at += 1;
      /** @type {RegExp} */
      const pattern = arc && [3, 4].includes(numbers.length % 7) ? flag : number;
      pattern.lastIndex = at;
      const found = pattern.exec(rest);
      if (!found) break;
      numbers.push(Number(found[0]));
      at = pattern.lastIndex;
    }
    const arity = ARITY[letter.toLowerCase()];
    if (arity === 0) list.push([letter, []]);
    for (let i = 0; arity > 0 && i + arity <= numbers.length; i += arity) {
      // Further pairs after a move are lines.
      const implied = i > 0 && letter === 'm' ? 'l' : i > 0 && letter === 'M' ? 'L' : letter;
      list.push([implied, numbers.slice(i, i + arity)]);
    }
  }
  return list;
}

/**
 * Where a path's nodes are, and which handles each curve has.
 * @param {string} data
 * @returns {Anatomy}
 */
export function anatomy(data) {
  /** @type {Anatomy} */
  const found = { nodes: [], handles: [] };
  let at = { x: 0, y: 0 };
  let start = at;
  for (const [letter, n] of commands(data)) {
    const kind = letter.toLowerCase();
    const from = letter === kind ? at : { x: 0, y: 0 };
    const point = (/** @type {number} */ i) => ({ x: from.x + n[i], y: from.y + n[i + 1] });
    if (kind === 'z') {
      at = start;
      continue;
    }
    const to = kind === 'h' ? { x: from.x + n[0], y: at.y }
      : kind === 'v' ? { x: at.x, y: from.y + n[0] }
      : point(n.length - 2);
    if (kind === 'c') found.handles.push([at, point(0)], [to, point(2)]);
    if (kind === 's') found.handles.push([to, point(0)]);
    if (kind === 'q') found.handles.push([at, point(0)], [to, point(0)]);
    found.nodes.push(to);
    at = to;
    if (kind === 'm') start = to;
  }
  return found;
}
