/** Values by name that outlive the page: one table of a database in the browser (IndexedDB). */

/**
 * @template T
 */
export class Database {
  #name;
  /** @type {Promise<IDBDatabase> | null} */
  #open = null;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
  }

  /** @param {string} key @returns {Promise<T | undefined>} */
  get(key) {
    return this.#ask('readonly', (table) => table.get(key));
  }

  /** @param {string} key @param {T} value */
  put(key, value) {
    return this.#ask('readwrite', (table) => table.put(value, key));
  }

  /** @param {string} key */
  delete(key) {
    return this.#ask('readwrite', (table) => table.delete(key));
  }

  clear() {
    return this.#ask('readwrite', (table) => table.clear());
  }

  /** Everything, by the order of its names. @returns {Promise<[string, T][]>} */
  async entries() {
    const [keys, values] = await Promise.all([
      this.#ask('readonly', (table) => table.getAllKeys()),
      this.#ask('readonly', (table) => table.getAll()),
    ]);
    return keys.map((/** @type {IDBValidKey} */ key, /** @type {number} */ i) => [String(key), values[i]]);
  }

  /**
   * @param {IDBTransactionMode} mode
   * @param {(table: IDBObjectStore) => IDBRequest<any>} request
   * @returns {Promise<any>}
   */
  async #ask(mode, request) {
    this.#open ??= this.#opened();
    const database = await this.#open;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction('values', mode);
      const asked = request(transaction.objectStore('values'));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? asked.error);
    });
  }

  /** @returns {Promise<IDBDatabase>} */
  #opened() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      const fail = () => {
        this.#open = null;
        reject(request.error ?? new Error('The browser keeps no databases here.'));
      };
      request.onupgradeneeded = () => request.result.createObjectStore('values');
      request.onerror = request.onblocked = fail;
      request.onsuccess = () => {
        const database = request.result;
        // The browser may close it, as when its data are cleared; the next request opens it again.
        database.onclose = () => {
          this.#open = null;
        };
        database.onversionchange = () => {
          database.close();
          this.#open = null;
        };
        resolve(database);
      };
    });
  }
}
