/** Starting the engine: once, on intent, and again if a start has failed. */

import { t } from './i18n.js';

/** @typedef {Awaited<ReturnType<typeof import('../pkg/index.js').createEngine>>} Engine */

/** The engine's code; it is not there where the browser is too old or the network failed. */
function code() {
  return import('../pkg/index.js').catch((error) => {
    throw Object.assign(new Error(t('fault.start'), { cause: error }), { advice: t('fault.start.advice') });
  });
}

/** An engine that is not the page's: one worker, no threads. */
export const spareEngine = async () => (await code()).createEngine({ threads: 'never' });

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
    const engine = await (await code()).createEngine();
    this.#started(engine);
    return engine;
  }
}
