/**
 * Edits to inks as the engine's option `trace.edits` writes them: `#e4002b=#d0021b; #ffffff=none`,
 * each from the colour an ink has without edits. Pure: text in, text out.
 */

const GONE = 'none';

/**
 * @param {string} text
 * @returns {Map<string, string>} what becomes of each ink; `none` if it goes
 */
export function parseEdits(text) {
  const pairs = text.split(';').map((entry) => entry.split('=').map((part) => part.trim().toLowerCase()));
  return new Map(pairs.filter((pair) => pair.length === 2 && pair[0]).map(([ink, becomes]) => [ink, becomes]));
}

/** @param {Map<string, string>} edits */
const written = (edits) =>
  [...edits].filter(([ink, becomes]) => ink !== becomes).map(([ink, becomes]) => `${ink}=${becomes}`).join('; ');

/**
 * The inks, by the colours they have without edits, that are now seen as `seen`.
 * @param {string} text
 * @param {string} seen
 */
export function sources(text, seen) {
  const edits = parseEdits(text);
  const inks = [...edits].filter(([, now]) => now === seen).map(([ink]) => ink);
  // An ink of that very colour may be among what is seen, unless it was itself made another.
  if (!edits.has(seen)) inks.push(seen);
  return inks;
}

/**
 * The edits after the ink that is now seen as `seen` has become another colour, or `none`.
 * @param {string} text
 * @param {string} seen
 * @param {string} becomes
 */
export function edited(text, seen, becomes) {
  const edits = parseEdits(text);
  for (const ink of sources(text, seen)) edits.set(ink, becomes);
  return written(edits);
}

/**
 * The locked inks after the one that is now seen as `seen` has been locked, or let go.
 * @param {string[]} locked
 * @param {string} text the edits
 * @param {string} seen
 * @returns {string[]}
 */
export function lockedWith(locked, text, seen) {
  const inks = sources(text, seen);
  const others = locked.filter((ink) => !inks.includes(ink));
  return others.length < locked.length ? others : [...locked, ...inks];
}

/**
 * Whether the ink that is now seen as `seen` is locked.
 * @param {string[]} locked
 * @param {string} text the edits
 * @param {string} seen
 */
export const isLocked = (locked, text, seen) => locked.length > 0 && sources(text, seen).some((ink) => locked.includes(ink));

/**
 * The edits without the one of this ink.
 * @param {string} text
 * @param {string} ink
 */
export function restored(text, ink) {
  const edits = parseEdits(text);
  edits.delete(ink);
  return written(edits);
}

/** The inks that were taken out. @param {string} text */
export const goneInks = (text) => [...parseEdits(text)].filter(([, becomes]) => becomes === GONE).map(([ink]) => ink);

/**
 * Names of inks as the option `document.ink_names` writes them: `#e4002b=Brand Red 0/95/80/0; …`.
 * @param {string} text
 * @returns {Map<string, string>}
 */
export const parseNames = (text) => new Map(text.split(';').flatMap((entry) => {
  const at = entry.indexOf('=');
  return at < 0 ? [] : [[entry.slice(0, at).trim().toLowerCase(), entry.slice(at + 1).trim()]];
}));

/**
 * The names after an ink was given one; an empty name takes it away. Semicolons part names, so a name
 * has none.
 * @param {string} text
 * @param {string} ink
 * @param {string} name
 */
export function renamed(text, ink, name) {
  const names = parseNames(text);
  const clean = name.replaceAll(';', ',').trim();
  if (clean) names.set(ink, clean);
  else names.delete(ink);
  return [...names].map(([key, value]) => `${key}=${value}`).join('; ');
}

/**
 * Orders of inks, each by what it sorts: what covers most first, light before dark, round the wheel.
 * @type {Record<string, (color: string, share: number) => number>}
 */
export const SORTS = {
  area: (_, share) => -share,
  light: (color) => -lightness(color),
  hue: (color) => hue(color),
};

/** @param {string} color */
const channels = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);

/** @param {string} color */
export function lightness(color) {
  const [r, g, b] = channels(color).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} color */
function hue(color) {
  const [r, g, b] = channels(color);
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (most - least < 0.05) return 7 - most;
  const turn = most === r ? (g - b) / (most - least) : most === g ? 2 + (b - r) / (most - least) : 4 + (r - g) / (most - least);
  return (turn + 6) % 6;
}
