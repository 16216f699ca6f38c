/**
 * Settings as text: in the address (`#trace.corner_deg=40`), in a file, in the browser's memory.
 * Only what differs from the defaults is written, so that better defaults reach everyone.
 */

/** @typedef {import('./state.js').Settings} Settings */
/** @typedef {import('../pkg/protocol.js').Spec} Spec */
/** @typedef {Record<string, Spec[]>} Specs */

const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What differs from the defaults.
 * @param {Settings} settings
 * @param {Settings} defaults
 * @returns {Settings}
 */
export function changes(settings, defaults) {
  const groups = Object.entries(settings).map(([group, options]) => {
    const differing = Object.entries(options).filter(([name, value]) => !same(value, defaults[group]?.[name]));
    return /** @type {const} */ ([group, Object.fromEntries(differing)]);
  });
  return Object.fromEntries(groups.filter(([, options]) => Object.keys(options).length > 0));
}

/**
 * The defaults with those changes that are valid; the rest, from another version, someone else's
 * address or file, is left out.
 * @param {Settings} changed whatever was read from there
 * @param {Settings} defaults
 * @param {Specs} specs
 * @returns {Settings}
 */
export function complete(changed, defaults, specs) {
  const settings = structuredClone(defaults);
  for (const [group, list] of Object.entries(specs)) {
    for (const spec of list) {
      const value = own(own(changed, group), spec.name);
      if (value !== undefined && valid(value, spec)) settings[group][spec.name] = value;
    }
  }
  return settings;
}

/**
 * A property that is the object's own; nothing of what objects inherit.
 * @param {any} object
 * @param {string} name
 */
const own = (object, name) => object !== null && typeof object === 'object' && Object.hasOwn(object, name) ? object[name] : undefined;

/**
 * @param {unknown} value
 * @param {Spec} spec
 */
function valid(value, { kind, optional }) {
  if (value === null) return optional;
  switch (kind.type) {
    case 'number':
      return typeof value === 'number' && value >= kind.min && value <= kind.max &&
        (!kind.integer || Number.isInteger(value));
    case 'choice':
      return kind.choices.some((choice) => choice.value === value);
    case 'flag':
      return typeof value === 'boolean';
    case 'colors':
      return Array.isArray(value) && value.every(isColor);
    case 'color':
      return isColor(value);
    case 'text':
      return typeof value === 'string';
  }
}

const isColor = (/** @type {unknown} */ value) => typeof value === 'string' && /^#[\da-f]{6}$/i.test(value);

/**
 * Changes as an address's fragment, without the `#`.
 * @param {Settings} changed
 */
export function toFragment(changed) {
  const pairs = Object.entries(changed).flatMap(([group, options]) =>
    Object.entries(options).map(([name, value]) => [`${group}.${name}`, value === null ? '' : String(value)]));
  return new URLSearchParams(pairs).toString().replaceAll('%23', '~').replaceAll('%2C', ',');
}

/**
 * Changes read from an address's fragment.
 * @param {string} fragment
 * @param {Specs} specs
 * @returns {Settings}
 */
export function fromFragment(fragment, specs) {
  /** @type {Settings} */
  const changed = {};
  for (const [key, text] of new URLSearchParams(fragment.replace(/^#/, '').replaceAll('~', '%23'))) {
    const [group, name] = key.split('.');
    const spec = Object.hasOwn(specs, group) && specs[group].find((each) => each.name === name);
    if (spec) (changed[group] ??= {})[name] = read(text, spec);
  }
  return changed;
}

/**
 * @param {string} text
 * @param {Spec} spec
 */
function read(text, { kind, optional }) {
  if (optional && text === '') return null;
  switch (kind.type) {
    case 'number':
      return text === '' ? NaN : Number(text);
    case 'flag':
      return text === 'true';
    case 'colors':
      return text.split(',').filter(Boolean);
    default:
      return text;
  }
}
