/**
 * The press inside another site's page: one logo, and the files that the page asks for. It serves
 * its own two or three controls and the requests of the page around it alike.
 *
 * @import { FromFrame, FromHost } from './protocol.js'
 */

import { acknowledge, h, one } from '../app/dom.js';
import { FORMATS } from '../app/formats.js';
import { t, translate, useLanguage } from '../app/i18n.js';
import { pick, save, stem } from '../app/save.js';
import { createEngine } from '../pkg/index.js';
import { THEME, VERSION } from './protocol.js';

const [drop, image, status, ways] = [one('.drop'), one('.drop img'), one('[role=status]'), one('.ways')];
const root = document.documentElement;
const host = hostOrigin();

/** @type {ReturnType<typeof createEngine> | null} */
let engine = null;
let name = 'logo';
/** @type {import('../pkg/protocol.js').Options} */
let trace = {};
let formats = ['svg'];

/** The origin of the page around this one; empty if it may not be there. */
function hostOrigin() {
  const claimed = new URLSearchParams(location.hash.slice(1)).get('host') ?? '';
  const [actual] = location.ancestorOrigins ?? [claimed];
  const allowed = (root.dataset.hosts ?? '').split(' ').filter(Boolean);
  const welcome = allowed.length === 0 || allowed.includes(claimed);
  return parent !== window && /^https?:/.test(claimed) && claimed === actual && welcome ? claimed : '';
}

/**
 * @param {FromFrame} message
 * @param {Transferable[]} [transfer]
 */
function say(message, transfer = []) {
  parent.postMessage({ logopress: VERSION, ...message }, host, transfer);
}

/** @param {Extract<FromFrame, { type: 'event' }>['name']} event @param {unknown} [detail] */
const tell = (event, detail) => say({ type: 'event', name: event, detail });

/** The engine, from the first time that it is needed. */
function start() {
  engine ??= createEngine().then((engine) => {
    root.dataset.engine = engine.variant.name;
    tell('engine', engine.variant);
    return engine;
  });
  engine.catch(() => {
    engine = null;
  });
  return engine;
}

/** What can be asked of the press, by the page's people and by the page itself. */
const press = {
  /** @param {Blob} logo @param {string} given its name */
  async open(logo, given) {
    const opened = await (await start()).open(logo);
    name = stem(given);
    tell('opened', opened);
    await press.trace(trace);
    return opened;
  },

  /** @param {import('../pkg/protocol.js').Options} [options] */
  async trace(options = {}) {
    const traced = await (await start()).trace(options);
    trace = options;
    const svg = await (await start()).svg(trace);
    URL.revokeObjectURL(image.getAttribute('src') ?? '');
    image.setAttribute('src', URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })));
    image.hidden = false;
    one('.drop span').hidden = true;
    root.dataset.state = 'ready';
    show(t('inkCount', { count: traced.inks.length }));
    offer();
    tell('traced', traced);
    return traced;
  },

  /** @param {string} format @param {import('../pkg/protocol.js').ExportOptions} [options] */
  async export(format, options) {
    return (await start()).export(format, trace, options);
  },
};

/** @param {string} text @param {boolean} [wrong] */
function show(text, wrong = false) {
  status.textContent = text;
  status.classList.toggle('wrong', wrong);
}

/** Runs what a person has asked for, and says what went wrong. @param {() => Promise<unknown>} work */
async function attempt(work) {
  try {
    await work();
  } catch (error) {
    const fault = faultOf(error);
    show(`${fault.message} ${fault.advice}`, true);
    tell('fault', fault);
  }
}

/** @param {unknown} error */
function faultOf(error) {
  const { code = 'failed', message = String(error), advice = '' } = /** @type {any} */ (error);
  return { code, message, advice };
}

/** A button for every file that the page wants to offer. */
function offer() {
  const buttons = formats.flatMap((format) => FORMATS.filter((file) => file.format === format)).map(({ format, suffix, mime }) =>
    h('button', { type: 'button', onclick: () => attempt(async () => {
      const bytes = await press.export(format);
      save(new Blob([bytes], { type: mime }), `${name}.${suffix}`);
      tell('saved', { format, name: `${name}.${suffix}` });
    }) }, suffix.toUpperCase()));
  const copy = h('button', { type: 'button', onclick: () => attempt(async () => {
    await navigator.clipboard.writeText(await (await start()).svg(trace));
    acknowledge(copy, t('copied'));
  }) }, t('copySvg'));
  ways.replaceChildren(...buttons, copy);
}

/** @param {File | null | undefined} file */
const take = (file) => file && attempt(() => press.open(file, file.name));

drop.addEventListener('click', async () => take(await pick('image/*,.pdf,.ai')));
addEventListener('dragover', (event) => event.preventDefault());
for (const [type, over] of /** @type {const} */ ([['dragenter', true], ['dragleave', false], ['drop', false]])) {
  drop.addEventListener(type, () => drop.classList.toggle('over', over));
}
addEventListener('drop', (event) => {
  event.preventDefault();
  void take(event.dataTransfer?.files[0]);
});

/** @param {FromHost & { type: 'hello' }} wishes */
async function welcome(wishes) {
  for (const [key, property] of Object.entries(THEME)) {
    const value = String(wishes.theme?.[key] ?? '');
    const name = `--${key}`;
    if (value && CSS.supports(property, value)) root.style.setProperty(name, value);
    else root.style.removeProperty(name);
  }
  formats = Array.isArray(wishes.formats) && wishes.formats.length > 0 ? wishes.formats.map(String) : ['svg'];
  if (wishes.preset) trace = { ...trace, preset: String(wishes.preset) };
  await useLanguage(String(wishes.lang ?? ''));
  if (root.dataset.state === 'ready') offer();
  else translate(document);
}

/** @param {FromHost} message */
function answer(message) {
  switch (message.type) {
    case 'open':
      if (!(message.bytes instanceof ArrayBuffer)) throw new TypeError('`bytes` is no ArrayBuffer.');
      return press.open(new Blob([message.bytes]), String(message.name));
    case 'trace':
      return press.trace(message.options);
    case 'export':
      return press.export(String(message.format), message.options);
    default:
      throw new TypeError('There is no such request.');
  }
}

addEventListener('message', async ({ source, origin, data }) => {
  if (source !== parent || origin !== host || data?.logopress !== VERSION) return;
  if (data.type === 'hello') return welcome(data);
  try {
    const value = await answer(data);
    say({ type: 'result', id: data.id, value }, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (error) {
    say({ type: 'fault', id: data.id, fault: faultOf(error) });
  }
});

if (host) {
  new ResizeObserver(() => say({ type: 'size', heightPx: Math.ceil(one('main').getBoundingClientRect().height) })).observe(one('main'));
  say({ type: 'ready', build: root.dataset.build ?? '', isolated: crossOriginIsolated });
} else {
  show(t('embed.refused'), true);
}
