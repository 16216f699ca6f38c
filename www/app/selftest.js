/**
 * The self-test page: runs `health` and shows what it found, for people and as JSON, and what the
 * engine has measured of its own work.
 */

import { h, one } from './dom.js';
import { createEngine } from '../pkg/index.js';
import { health } from './services/health.js';

const rows = one('dl');
const verdict = one('[role=status]');

/** @param {string} name @param {unknown} value @returns {Node[]} */
function row(name, value) {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([inner, each]) => row(`${name}.${inner}`, each));
  }
  return [h('dt', {}, name), h('dd', {}, Array.isArray(value) ? value.join(', ') || '–' : String(value))];
}

try {
  const engine = await createEngine();
  const found = await health(engine);
  verdict.textContent = found.ok
    ? 'Everything works here: the known logo came out as it should.'
    : 'Something is wrong: the known logo came out differently. Please report this with the figures below.';
  rows.replaceChildren(...Object.entries(found).flatMap(([name, value]) => row(name, value)));
  one('#json').textContent = JSON.stringify(found, null, 2);
  one('#figures').textContent = engine.measures.openMetrics;
  engine.close();
  document.documentElement.dataset.state = found.ok ? 'ready' : 'error';
} catch (/** @type {any} */ fault) {
  verdict.textContent = `The engine does not start here: ${fault.message} ${fault.advice ?? ''}`;
  document.documentElement.dataset.state = 'error';
}
