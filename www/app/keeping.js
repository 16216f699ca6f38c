/**
 * The work that outlives the page: the open logo, which settings stand in A and B, and the batch, in
 * a database of this browser. One tab keeps its work; others that are open beside it keep none.
 *
 * @import { Database } from '../pkg/database.js'
 * @import { BatchRow, State } from './state.js'
 */

import { flag } from './flags.js';

/** Says that there is something, so that a first visit need not open a database. */
export const MARK = 'logopress-kept';
export const NAME = 'logopress work';
/** The table, and the lock of the tab that it belongs to. */
const RESULTS = ['logopress results', 'logopress result sizes'];
/** Files that were shared with the app and not opened yet: see `sw.js`. */
const SHARED = 'logopress shared';

/** Settings rest so long before they are written. */
const REST_MS = 300;

/** @typedef {'on' | 'off' | 'elsewhere' | 'full'} Condition */
/** @typedef {{ file: File } & Pick<State, 'settings' | 'slot' | 'other'>} Logo */
/** @typedef {{ logo: Logo | null, batch: BatchRow[] }} Kept */

export class Keeping {
  #tell;
  /** @type {Database<any> | null} */
  #table = null;
  /** What is written. @type {Logo | null} */
  #logo = null;
  /** @type {Map<number, BatchRow>} */
  #rows = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;
  /** Writes happen one after the other. @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {(condition: Condition) => void} tell how keeping goes */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * Begins, and gives what the last visit left, for `go` to be told what becomes of it.
   * @returns {Promise<Kept | null>}
   */
  async begin() {
    if (flag('private') || !flag('restore')) return this.#end('off');
    if (!await claimed()) return this.#end('elsewhere');
    if (!marked()) return this.#end('on');
    try {
      const all = new Map(await (await this.#open()).entries());
      const batch = [...all].filter(([key]) => key.startsWith('row ')).map(([, row]) => ({ ...row, file: all.get(`file ${row.id}`) }));
      // A row whose file was not written is not kept.
      const whole = batch.filter(({ file }) => file instanceof Blob).sort((a, b) => a.id - b.id);
      const logo = all.get('logo') ?? null;
      this.#logo = logo;
      this.#rows = new Map(whole.map((row) => [row.id, row]));
      return { logo: logo?.file instanceof Blob ? logo : null, batch: whole };
    } catch {
      return this.#end('full');
    }
  }

  /** From now on what changes is kept. @param {boolean} taken whether what the last visit left is; else it goes */
  go(taken) {
    if (!taken) {
      this.#logo = null;
      this.#write((table) => table.delete('logo'));
    }
    this.#tell('on');
  }

  /** Keeps what has changed of the state. @param {Readonly<State>} state */
  update({ file, settings, slot, other, batch, keeping }) {
    if (keeping !== 'on') return;
    const before = this.#logo;
    if (file && (file.source !== before?.file || settings !== before.settings || slot !== before.slot || other !== before.other)) {
      this.#logo = { file: file.source, settings, slot, other };
      this.#writeLogo();
    }
    for (const row of batch) {
      const before = this.#rows.get(row.id);
      if (before === row) continue;
      this.#rows.set(row.id, row);
      const { file: source, ...rest } = row;
      this.#write(async (table) => {
        if (before?.file !== source) await table.put(`file ${row.id}`, source);
        await table.put(`row ${row.id}`, rest);
      });
    }
    if (this.#rows.size === batch.length) return;
    const there = new Set(batch.map(({ id }) => id));
    for (const id of [...this.#rows.keys()].filter((id) => !there.has(id))) {
      this.#rows.delete(id);
      this.#write((table) => Promise.all([table.delete(`file ${id}`), table.delete(`row ${id}`)]));
    }
  }

  /** Deletes everything that this site has in this browser, but for its own files. */
  async clear() {
    clearTimeout(this.#soon);
    this.#end('off');
    await this.#last;
    [this.#logo, this.#rows] = [null, new Map()];
    await Promise.all([NAME, ...RESULTS].map(removed));
    await globalThis.caches?.delete(SHARED).catch(() => {});
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch {
      // Storage is refused: then there is nothing in it.
    }
  }

  /** @param {Condition} condition @returns {null} */
  #end(condition) {
    this.#tell(condition);
    return null;
  }

  async #open() {
    const { Database } = await import('../pkg/database.js');
    this.#table ??= new Database(NAME);
    return this.#table;
  }

  /** While a control moves, only where it comes to rest counts. */
  #writeLogo() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#write((table) => table.put('logo', this.#logo)), REST_MS);
  }

  /** @param {(table: Database<any>) => Promise<unknown>} work */
  #write(work) {
    this.#last = this.#last.then(async () => {
      mark();
      await work(await this.#open());
    }).catch(() => this.#end('full'));
  }
}

/** Where results are kept; nothing is in private mode. */
export async function resultCache() {
  if (!flag('cache')) return undefined;
  const { Database, ResultCache } = await import('../pkg/index.js');
  const [entries, sizes] = RESULTS.map((name) => new Database(name));
  const cache = new ResultCache({ entries, sizes });
  cache.paused = flag('private');
  return cache;
}

/** @type {Promise<boolean> | null} */
let claim = null;

/** Whether this tab is the one that keeps its work; it stays so until it is closed. */
function claimed() {
  const { locks } = navigator;
  claim ??= !locks ? Promise.resolve(true) : new Promise((resolve) => {
    const answer = (/** @type {Lock | null} */ lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    };
    locks.request(NAME, { ifAvailable: true }, answer).catch(() => resolve(false));
  });
  return claim;
}

function marked() {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false;
  }
}

function mark() {
  try {
    localStorage.setItem(MARK, 'yes');
  } catch {
    // Refused; then there is no database either.
  }
}

/** @param {string} name of a database */
function removed(name) {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}
