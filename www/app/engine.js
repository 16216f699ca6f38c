/** Starting the engine: once, on intent, and again if a start has failed. */

import { flag } from './flags.js';
import { t } from './i18n.js';
import { resultCache } from './keeping.js';

/** @typedef {Awaited<ReturnType<typeof import('../pkg/index.js').createEngine>>} Engine */

/** Set for the rest of the session once threads have failed repeatedly. */
const WITHOUT_THREADS = 'logopress-without-threads';

/** The engine's code; it is not there where the browser is too old or the network failed. */
function code() {
  return import('../pkg/index.js').catch((error) => {
    throw Object.assign(new Error(t('fault.start'), { cause: error }), { advice: t('fault.start.advice') });
  });
}

/** All engines of the page share one. @type {ReturnType<typeof resultCache> | null} */
let results = null;

/**
 * An engine that is not the page's: one worker, no threads, done with what nobody waits for.
 * @param {{ cached?: boolean }} [how] whether its results are worth keeping
 */
export async function spareEngine({ cached = false } = {}) {
  const { createEngine } = await code();
  return createEngine({ threads: 'never', priority: 'hidden', cache: cached ? await (results ??= resultCache()) : undefined });
}

/** Whether results are looked for and kept from now on. @param {boolean} on */
export async function keepResults(on) {
  const cache = await (results ??= resultCache());
  if (cache) cache.paused = !on;
}

/** How many engines may compute at once on this device. */
export const slots = async () => (await code()).computing.slots;

/** Puts files together beside the computing, one lot at a time. @template T @param {() => Promise<T>} work */
export const written = async (work) => (await code()).writing.run(work);

/** Whether threads have been given up for this session. */
export function withoutThreads() {
  try {
    return sessionStorage.getItem(WITHOUT_THREADS) !== null;
  } catch {
    return false;
  }
}

/** Leaves threads alone for the rest of the session. */
export function giveUpThreads() {
  try {
    sessionStorage.setItem(WITHOUT_THREADS, 'yes');
  } catch {
    // Refused; the engine itself remembers it until the page is closed.
  }
}

export class EngineDoor {
  /** @type {Promise<Engine> | null} */
  #engine = null;
  #started;

  /** @param {(engine: Engine) => void} started told once the engine is there, before anyone gets it */
  constructor(started) {
    this.#started = started;
  }

  /** @returns {Promise<Engine>} */
  load() {
    this.#engine ??= this.#start().catch((error) => {
      this.#engine = null;
      throw error;
    });
    // Whoever needs the engine sees the failure; loading ahead of need stays silent.
    this.#engine.catch(() => {});
    return this.#engine;
  }

  async #start() {
    const { createEngine } = await code();
    const threads = flag('threads') && !withoutThreads() ? 'auto' : 'never';
    const engine = await createEngine({ threads, cache: await (results ??= resultCache()) });
    this.#started(engine);
    return engine;
  }
}
