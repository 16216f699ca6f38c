/**
 * Results that were made before: by the logo's bytes, what was asked, and the engine's version. An
 * entry is good for a day; where there is no more room, the one that was used longest ago goes. One
 * that is not what was put in, whoever changed it, counts as none.
 *
 * @import { Method } from './protocol.js'
 */

/** A day. */
const LIFE_MS = 24 * 60 * 60 * 1000;
/** Most that all entries may have together. */
const MOST_BYTES = 64 * 2 ** 20;
/** More than this share of the room is too much for one entry. */
const LARGEST_SHARE = 1 / 4;

/** What is asked for again, and takes longer to make than to find. @type {Set<Method>} */
const KEPT = new Set(['trace', 'preview', 'export', 'separate', 'separationFile', 'separationFiles', 'kit', 'kitFile', 'kitFiles']);

/** Whether answers of this method are kept. @param {Method} method */
export const isKept = (method) => KEPT.has(method);

/** @typedef {'hit' | 'miss' | 'expired' | 'corrupt'} Outcome */
/** @typedef {{ value: unknown, sum: string, madeAt: number }} Entry */
/** @typedef {{ bytes: number, madeAt: number, usedAt: number }} Size */

/**
 * Something by name, such as a `Database`. Each method may fail; then there is nothing.
 * @template T
 * @typedef {object} Table
 * @property {(key: string) => Promise<T | undefined>} get
 * @property {(key: string, value: T) => Promise<unknown>} put
 * @property {(key: string) => Promise<unknown>} delete
 * @property {() => Promise<[string, T][]>} entries
 * @property {() => Promise<unknown>} clear
 */

export class ResultCache {
  /** While it is set, nothing is looked for and nothing kept, of what is under way either. */
  paused = false;
  #entries;
  #records;
  #now;
  #mostBytes;
  /** @type {WeakMap<Blob, Promise<string>>} the digest of a logo that has been asked for already */
  #digests = new WeakMap();
  /** What there is, without the values. @type {Promise<Map<string, Size>> | null} */
  #sizes = null;

  /**
   * @param {object} settings
   * @param {Table<Entry>} settings.entries
   * @param {Table<Size>} settings.sizes what is known of each entry without reading it
   * @param {() => number} [settings.now] the time, in ms
   * @param {number} [settings.mostBytes]
   */
  constructor({ entries, sizes, now = Date.now, mostBytes = MOST_BYTES }) {
    this.#entries = entries;
    this.#records = sizes;
    this.#now = now;
    this.#mostBytes = mostBytes;
  }

  /**
   * The name of an answer; none where the logo cannot be read, or the browser has no digests.
   * @param {unknown[]} logo what it was opened with: its bytes, then options
   * @param {string} method
   * @param {unknown[]} args
   * @param {string} version
   * @returns {Promise<string | null>}
   */
  async key(logo, method, args, version) {
    const [blob, ...how] = logo;
    if (this.paused || !(blob instanceof Blob) || !globalThis.crypto?.subtle) return null;
    const known = this.#digests.get(blob) ?? blob.arrayBuffer().then(sha256);
    this.#digests.set(blob, known);
    if (!await known.catch(() => '')) return null;
    // Where each build has an address of its own, that tells builds of one version apart.
    const asked = JSON.stringify([await known, how, method, args, version, import.meta.url]);
    return sha256(new TextEncoder().encode(asked));
  }

  /**
   * @param {string} key
   * @returns {Promise<{ outcome: Outcome, value?: unknown }>}
   */
  async get(key) {
    const entry = await this.#entries.get(key).catch(() => undefined);
    if (!entry) return { outcome: 'miss' };
    const now = this.#now();
    const { value, madeAt } = entry;
    // A clock that was set back does not make an entry younger than new.
    const fresh = now - madeAt < LIFE_MS && madeAt <= now;
    const { sum, bytes } = await digest(value);
    const outcome = !fresh ? 'expired' : sum === entry.sum ? 'hit' : 'corrupt';
    if (outcome !== 'hit') {
      await this.#drop(key);
      return { outcome };
    }
    await this.#note(key, { bytes, madeAt, usedAt: now });
    return { outcome, value };
  }

  /**
   * Keeps an answer, if there is room or can be made.
   * @param {string} key
   * @param {unknown} value
   */
  async put(key, value) {
    // Whoever gets the answer may change it or hand it on.
    const own = structuredClone(value);
    const { sum, bytes } = await digest(own);
    if (bytes > this.#mostBytes * LARGEST_SHARE) return;
    const madeAt = this.#now();
    await this.#note(key, { bytes, madeAt, usedAt: madeAt });
    await this.#shrink();
    if (this.paused) return;
    // Storage is full or refused: then nothing is there.
    await this.#entries.put(key, { value: own, sum, madeAt }).catch(() => this.#drop(key));
  }

  /** What all entries have together. */
  async bytes() {
    return [...(await this.#all()).values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Forgets everything. */
  async clear() {
    this.#sizes = null;
    await Promise.allSettled([this.#entries.clear(), this.#records.clear()]);
  }

  /** Lets go of what is too old, then of what was used longest ago, until the rest has room. */
  async #shrink() {
    const sizes = await this.#all();
    let total = await this.bytes();
    const old = ({ madeAt = 0 }) => this.#now() - madeAt >= LIFE_MS;
    const order = [...sizes].sort(([, a], [, b]) => Number(old(b)) - Number(old(a)) || a.usedAt - b.usedAt);
    for (const [key, size] of order) {
      if (total <= this.#mostBytes && !old(size)) break;
      total -= size.bytes;
      await this.#drop(key);
    }
  }

  /** @param {string} key */
  async #drop(key) {
    (await this.#all()).delete(key);
    await Promise.allSettled([this.#entries.delete(key), this.#records.delete(key)]);
  }

  /** @param {string} key @param {Size} size */
  async #note(key, size) {
    const sizes = await this.#all();
    if (this.paused) return;
    sizes.set(key, size);
    await this.#records.put(key, size).catch(() => {});
  }

  #all() {
    this.#sizes ??= this.#records.entries().catch(() => []).then((sizes) => new Map(sizes));
    return this.#sizes;
  }
}

/**
 * A checksum of a value, arrays of bytes included, and what it weighs.
 * @param {unknown} value
 */
async function digest(value) {
  /** @type {BlobPart[]} */
  const parts = [];
  const text = JSON.stringify(value, (_, each) => {
    if (!ArrayBuffer.isView(each)) return each;
    parts.push(/** @type {ArrayBufferView<ArrayBuffer>} */ (each));
    return { bytes: each.byteLength };
  });
  const all = new Blob([text, ...parts]);
  return { sum: await sha256(await all.arrayBuffer()), bytes: all.size };
}

/** @param {BufferSource} bytes */
async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
