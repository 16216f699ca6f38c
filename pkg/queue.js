/**
 * Jobs that wait for their turn. The more urgent goes first, and what is less urgent never holds up
 * what is more: a slot that a batch has taken is not missed by the picture that somebody looks at.
 */

import { slots, watchDevice } from './device.js';
import { LogopressError } from './fault.js';

/** @typedef {'preview' | 'visible' | 'export' | 'hidden'} Priority */

/** From the most urgent to the least. @type {Priority[]} */
export const PRIORITIES = ['preview', 'visible', 'export', 'hidden'];

/** So many may wait; then those who ask are told to ask later. */
const MOST_WAITING = 1000;

/**
 * Whatever does one job at a time, such as a worker. Jobs of a later age, which begins with an
 * `open`, do not overtake those of an earlier one.
 */
export class Lane {
  busy = false;
  age = 0;
}

/**
 * `open`: whether a new age of its lane begins with it.
 * @typedef {{ lane?: Lane, priority?: Priority, open?: boolean, signal?: AbortSignal }} Place
 */

/** @typedef {{ lane: Lane, age: number, open: boolean, rank: number, start: () => void }} Job */

export class Queue {
  /** How many jobs of one urgency, and above it, run at once. */
  #slots;
  #most;
  /** In the order in which they came. @type {Job[]} */
  #waiting = [];
  /** @type {Set<Job>} */
  #running = new Set();

  /** @param {{ slots: number, most?: number }} limits */
  constructor({ slots, most = MOST_WAITING }) {
    this.#slots = slots;
    this.#most = most;
  }

  get slots() {
    return this.#slots;
  }

  set slots(slots) {
    this.#slots = slots;
    this.#next();
  }

  get waiting() {
    return this.#waiting.length;
  }

  get running() {
    return this.#running.size;
  }

  /**
   * Does `work` when its turn comes. If `signal` aborts before, it is never begun; if it aborts
   * while `work` goes on, `work` has to end by itself, and its slot is free as soon as it has.
   * @template T
   * @param {() => Promise<T>} work
   * @param {Place} [place]
   * @returns {Promise<T>}
   */
  async run(work, { lane = new Lane(), priority = 'visible', open = false, signal } = {}) {
    signal?.throwIfAborted();
    if (this.#waiting.length >= this.#most) {
      const advice = 'Wait until some of it is done.';
      throw new LogopressError({ code: 'busy', message: `${this.#most} requests wait already.`, advice });
    }
    if (open) lane.age += 1;
    const job = { lane, age: lane.age, open, rank: PRIORITIES.indexOf(priority), start() {} };
    await this.#turn(job, signal);
    try {
      return await work();
    } finally {
      this.#running.delete(job);
      lane.busy = false;
      this.#next();
    }
  }

  /**
   * @param {Job} job
   * @param {AbortSignal | undefined} signal
   * @returns {Promise<void>}
   */
  #turn(job, signal) {
    return new Promise((resolve, reject) => {
      const drop = () => {
        this.#waiting = this.#waiting.filter((each) => each !== job);
        reject(signal?.reason);
        this.#next();
      };
      signal?.addEventListener('abort', drop, { once: true });
      job.start = () => {
        signal?.removeEventListener('abort', drop);
        resolve();
      };
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Starts whatever may start. */
  #next() {
    for (let job = this.#first(); job; job = this.#first()) {
      const started = job;
      this.#waiting = this.#waiting.filter((each) => each !== started);
      this.#running.add(started);
      started.lane.busy = true;
      started.start();
    }
  }

  /** The most urgent job that may start, the one that has waited longest among equals. */
  #first() {
    /** @type {Job | undefined} */
    let best;
    for (const job of this.#waiting) {
      if (best && job.rank >= best.rank) continue;
      const earlier = this.#waiting.some(({ lane, age, open }) =>
        lane === job.lane && (age < job.age || age === job.age && open && !job.open));
      const asUrgent = [...this.#running].filter(({ rank }) => rank <= job.rank).length;
      if (!job.lane.busy && !earlier && asUrgent < this.#slots) best = job;
    }
    return best;
  }
}

/** Where engines take turns at computing. */
export const computing = new Queue({ slots: 1 });
void watchDevice((device) => {
  computing.slots = slots(device);
});

/** Where files are put together and written, one at a time; it needs no engine and waits for none. */
export const writing = new Queue({ slots: 1 });
