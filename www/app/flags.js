/**
 * Feature flags: what can be switched on or off without a new build. By address for one visit,
 * `?flags=private,-threads` (a name for on, with a minus for off), or remembered for this browser by
 * `setFlag`. Names that are not listed here are passed over.
 */

const KEY = 'logopress-flags';

/** Each flag as it is when nobody says otherwise. */
const FLAGS = {
  /** The build of the engine with threads, where the page is isolated. */
  threads: true,
  /** Results of the last 24 hours are found instead of made again. */
  cache: true,
  /** The open logo and the batch survive a reload, a crash and a closed tab. */
  restore: true,
  /** Quick traces while a control moves. */
  glance: true,
  /** The browser keeps nothing: no logo, no result, no preference. */
  private: false,
};

/** @typedef {keyof typeof FLAGS} Flag */

/** @param {string} name @returns {name is Flag} */
const known = (name) => Object.hasOwn(FLAGS, name);

/** @returns {Partial<Record<Flag, boolean>>} */
function remembered() {
  try {
    const pairs = Object.entries(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
    return Object.fromEntries(pairs.filter(([name, on]) => known(name) && typeof on === 'boolean'));
  } catch {
    // Storage is refused or broken.
    return {};
  }
}

/**
 * Flags of an address's query.
 * @param {string} query
 * @returns {Partial<Record<Flag, boolean>>}
 */
export function fromQuery(query) {
  const names = new URLSearchParams(query).get('flags')?.split(',') ?? [];
  const pairs = names.map((name) => /** @type {const} */ ([name.replace(/^-/, ''), !name.startsWith('-')]));
  return Object.fromEntries(pairs.filter(([name]) => known(name)));
}

const own = remembered();
const asked = fromQuery(globalThis.location?.search ?? '');

/** @param {Flag} name */
export const flag = (name) => asked[name] ?? own[name] ?? FLAGS[name];

/** Remembers a flag; it takes the place of what the address asked for. @param {Flag} name @param {boolean} on */
export function setFlag(name, on) {
  delete asked[name];
  own[name] = on;
  try {
    localStorage.setItem(KEY, JSON.stringify(own));
  } catch {
    // Refused; it holds until the page is closed.
  }
}
