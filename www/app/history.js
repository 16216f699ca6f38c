/** A walk through values that can be retraced, step by step or straight to any of them. */

/** @template T */
export class History {
  /** Values as text: those before the present one, the oldest first. @type {string[]} */
  #past = [];
  /** Those after it, the nearest last. @type {string[]} */
  #future = [];

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /**
   * Remembers `before`, which is about to change.
   * @param {T} before
   */
  push(before) {
    this.#past.push(JSON.stringify(before));
    this.#future = [];
  }

  clear() {
    this.#past = [];
    this.#future = [];
  }

  /**
   * All values in order, `now` among them, and where it stands.
   * @param {T} now
   * @returns {{ values: T[], at: number }}
   */
  all(now) {
    const read = (/** @type {string} */ text) => JSON.parse(text);
    return { values: [...this.#past.map(read), now, ...this.#future.map(read).reverse()], at: this.#past.length };
  }

  /**
   * The value so many steps ahead of `now`, or behind it.
   * @param {T} now
   * @param {number} steps
   * @returns {T | undefined}
   */
  go(now, steps) {
    const [from, to] = steps < 0 ? [this.#past, this.#future] : [this.#future, this.#past];
    let text = JSON.stringify(now);
    if (steps === 0 || from.length < Math.abs(steps)) return undefined;
    for (let left = Math.abs(steps); left > 0; left -= 1) {
      to.push(text);
      text = from.pop() ?? text;
    }
    return JSON.parse(text);
  }
}
