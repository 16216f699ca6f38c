/**
 * What ended the page must not end it at every visit: each attempt to open what was kept is counted
 * before, and after the second that did not end well it is only offered.
 */

import { Database } from '../pkg/database.js';
import { addStyle } from './dom.js';
import { learn, t, withLogo } from './i18n.js';
import { MARK, NAME } from './keeping.js';
import { asks } from './ui/kept-offer.js';

/** @typedef {import('./keeping.js').Kept} Kept */

const ATTEMPTS = 'attempts';
const MOST = 2;
/** What has gone well for so long is not what ended the page. */
const WELL_MS = 60_000;
/** The mark of a page that was left or loaded anew, not one that ended. */
const LEFT = 'left';

/**
 * What may be opened of what was kept; nothing if people would rather not.
 * @param {Kept} kept
 * @returns {Promise<Kept | null>}
 */
export async function dared(kept) {
  /** @type {Database<number>} */
  const table = new Database(NAME);
  const before = localStorage.getItem(MARK) === LEFT ? 0 : await table.get(ATTEMPTS) ?? 0;
  localStorage.setItem(MARK, 'yes');
  const taken = before < MOST ? kept : await offered(kept);
  await (taken ? table.put(ATTEMPTS, before + 1) : table.delete(ATTEMPTS));
  setTimeout(() => void table.delete(ATTEMPTS), WELL_MS);
  addEventListener('pagehide', () => {
    if (localStorage.getItem(MARK)) localStorage.setItem(MARK, LEFT);
  });
  return taken;
}

/**
 * @param {Kept} kept
 * @returns {Promise<Kept | null>}
 */
async function offered(kept) {
  const { logo, batch } = kept;
  await Promise.all([learn(withLogo), addStyle('offer')]);
  const culprit = logo?.file.name ?? batch.find(({ phase }) => phase === 'working')?.file.name ?? batch[0].file.name;
  if (!await asks(culprit)) return null;
  const ended = { phase: /** @type {const} */ ('failed'), fault: t('kept.ended') };
  return { logo, batch: batch.map((row) => row.phase === 'working' ? { ...row, ...ended } : row) };
}
