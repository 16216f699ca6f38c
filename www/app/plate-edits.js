/**
 * What people do to inks, as the engine's options say it: `rename` (`old=new; …`), `merge`
 * (`from>into@tint; …`), `drop` and `order` (`name; …`). Inks are meant by the names they have before
 * any edit. Every function takes the options and returns those that it changes.
 */

/** @typedef {import('./state.js').Options} Options */
/** @typedef {{ into: string, percent: number }} Merge */

/** @param {unknown} text */
const items = (text) => String(text ?? '').split(';').map((item) => item.trim()).filter(Boolean);

/** @param {Map<string, string>} pairs @param {string} between */
const joined = (pairs, between) => [...pairs].map(([name, value]) => `${name}${between}${value}`).join('; ');

/**
 * @param {unknown} text
 * @param {string} between
 * @returns {Map<string, string>}
 */
const pairs = (text, between) => new Map(items(text).flatMap((item) => {
  const at = item.indexOf(between);
  return at < 0 ? [] : [/** @type {[string, string]} */ ([item.slice(0, at).trim(), item.slice(at + 1).trim()])];
}));

/** New names by the old. @param {Options} options */
export const names = ({ rename }) => pairs(rename, '=');

/** What is printed with another ink. @param {Options} options @returns {Map<string, Merge>} */
export const merges = ({ merge }) => new Map([...pairs(merge, '>')].map(([from, rest]) => {
  const [into, tint] = rest.split('@');
  return [from, { into: into.trim(), percent: tint === undefined ? 100 : Number.parseFloat(tint) }];
}));

/** Inks that are not printed. @param {Options} options */
export const dropped = ({ drop }) => items(drop);

/**
 * The ink that a plate's name stands for.
 * @param {Options} options
 * @param {string} name
 */
export const ownName = (options, name) => [...names(options)].find(([, to]) => to === name)?.[0] ?? name;

/**
 * Gives an ink a name; an empty one takes the name back.
 * @param {Options} options
 * @param {string} own
 * @param {string} name
 */
export function named(options, own, name) {
  const all = names(options);
  // What separates names in a list cannot be part of one.
  const plain = name.replace(/[;=>@]/g, ' ').trim();
  if (plain && plain !== own) all.set(own, plain);
  else all.delete(own);
  return { rename: joined(all, '=') };
}

/**
 * Prints an ink with another, or on its own again.
 * @param {Options} options
 * @param {string} own
 * @param {Merge | null} merge
 */
export function merged(options, own, merge) {
  const all = new Map([...merges(options)].map(([from, { into, percent }]) => [from, `${into}@${percent}`]));
  if (merge) all.set(own, `${merge.into}@${merge.percent}`);
  else all.delete(own);
  return { merge: joined(all, '>') };
}

/**
 * Leaves an ink out, or prints it again.
 * @param {Options} options
 * @param {string} own
 * @param {boolean} isDropped
 */
export function printed(options, own, isDropped) {
  const others = dropped(options).filter((name) => name !== own);
  return { drop: (isDropped ? [...others, own] : others).join('; ') };
}

/**
 * Puts an ink at another place in the order of printing.
 * @param {string[]} order all inks that are printed, the first first
 * @param {string} own
 * @param {number} place
 */
export function moved(order, own, place) {
  const others = order.filter((name) => name !== own);
  others.splice(place, 0, own);
  return { order: others.join('; ') };
}
