/** Controls for each kind of option: a slider with its number, words to choose from, a switch, text. */

import { h, icon } from '../dom.js';
import { has, number, t } from '../i18n.js';
import { fromMm, toMm, unit as lengthUnit } from './lengths.js';
import { sliderScale } from './slider-scale.js';

/** @typedef {import('../../pkg/protocol.js').Spec} Spec */
/** @typedef {(value: any, final: boolean) => void} Change told while a control moves, and with `final` when it is let go */
/** @typedef {{ show(value: any): void }} Shows */

/** What a name's ending says about its unit. @type {Record<string, string>} */
const UNITS = { px: 'px', px2: 'px²', pt: 'pt', deg: '°', percent: '%' };

/**
 * An option's unit, and how its values become what is shown and typed.
 * @param {string} name
 */
function measure(name) {
  const ending = name.slice(name.lastIndexOf('_') + 1);
  if (ending === 'mm') return { unit: lengthUnit(), shown: fromMm, meant: toMm };
  const same = (/** @type {number} */ value) => value;
  return { unit: UNITS[ending] ?? '', shown: same, meant: same };
}

/**
 * A name in words: the message, or the name itself where a new option has none yet.
 * @param {string} key
 * @param {string} name
 */
const words = (key, name) => has(key) ? t(key) : name.replaceAll('_', ' ');

/**
 * The control for one option.
 * @param {string} group
 * @param {Spec} spec
 * @param {any} standard the default
 * @param {Change} change
 */
export function control(group, spec, standard, change) {
  const key = `option.${group}.${spec.name}`;
  const id = `${group}-${spec.name}`;
  const label = words(key, spec.name);
  const back = h('button', { type: 'button', class: 'bare back', 'aria-label': `${t('back')}: ${label}` }, t('back'));
  back.addEventListener('click', () => change(standard, true));
  const hint = h('p', { class: 'hint', id: `${id}-hint`, dir: 'auto', hidden: true }, has(`${key}.hint`) ? t(`${key}.hint`) : spec.doc);
  // The sentence is there for whoever asks: by this button, or by a screen reader.
  const about = h('button', { type: 'button', class: 'bare about', 'aria-label': t('about', { option: label }), 'aria-expanded': 'false', 'aria-controls': hint.id }, icon('info'));
  about.addEventListener('click', () => {
    hint.hidden = !hint.hidden;
    about.setAttribute('aria-expanded', String(!hint.hidden));
  });

  const grouped = spec.kind.type === 'choice';
  const name = h(grouped ? 'span' : 'label', { ...(grouped ? { id: `${id}-name` } : { for: id }), title: hint.textContent ?? '' }, label);
  const element = h('div', { class: `option ${spec.kind.type}` }, h('span', { class: 'name' }, name, about, back));
  const { parts, show } = make(key, id, label, spec, change);
  element.append(...parts, hint);
  for (const part of parts) {
    const field = part.matches('input, select, [role]') ? part : part.querySelector('input');
    field?.setAttribute('aria-describedby', hint.id);
  }
  return {
    element,
    /** @param {any} value */
    show(value) {
      back.hidden = JSON.stringify(value) === JSON.stringify(standard);
      show(value);
    },
  };
}

/**
 * @param {string} key
 * @param {string} id
 * @param {string} label
 * @param {Spec} spec
 * @param {Change} change
 * @returns {{ parts: HTMLElement[], show(value: any): void }}
 */
function make(key, id, label, spec, change) {
  switch (spec.kind.type) {
    case 'number':
      return numeric(id, label, spec, spec.kind, change);
    case 'choice':
      return choice(key, id, spec.kind.choices, change);
    case 'flag':
      return flag(id, change);
    default:
      return text(id, spec, change);
  }
}

/**
 * @param {string} id
 * @param {string} label
 * @param {Spec} spec
 * @param {{ min: number, max: number, integer: boolean }} range
 * @param {Change} change
 */
function numeric(id, label, spec, range, change) {
  const { unit, shown, meant } = measure(spec.name);
  const scale = sliderScale(range, Number(spec.default));
  const slide = h('input', { type: 'range', class: 'slide', id, min: '0', max: String(scale.steps), step: '1' });
  const field = h('input', {
    type: 'number', min: String(shown(range.min)), max: String(shown(range.max)), step: range.integer ? '1' : 'any',
    placeholder: spec.optional ? t('auto') : '',
    'aria-label': [label, unit].join(' ').trim(),
  });
  slide.addEventListener('input', () => change(scale.value(slide.valueAsNumber), false));
  slide.addEventListener('change', () => change(scale.value(slide.valueAsNumber), true));
  field.addEventListener('change', () => {
    if (spec.optional && field.value === '') change(null, true);
    else if (field.validity.valid && field.value !== '') change(Math.min(range.max, Math.max(range.min, meant(field.valueAsNumber))), true);
  });
  return {
    parts: [h('span', { class: 'value' }, field, h('span', { class: 'unit', 'aria-hidden': 'true' }, unit)), slide],
    /** @param {number | null | undefined} value */
    show(value) {
      if (document.activeElement !== field) field.value = value == null ? '' : String(shown(value));
      slide.value = String(scale.position(value ?? range.min));
      slide.setAttribute('aria-valuetext', value == null ? '' : `${number(shown(value))} ${unit}`.trim());
    },
  };
}

/**
 * @param {string} key
 * @param {string} id
 * @param {{ value: string, doc: string }[]} choices
 * @param {Change} change
 */
function choice(key, id, choices, change) {
  const inputs = choices.map(({ value, doc }) => {
    const input = h('input', { type: 'radio', name: id, value });
    input.addEventListener('change', () => change(value, true));
    const about = `${key}.${value}.hint`;
    return { input, label: h('label', { title: has(about) ? t(about) : doc }, input, words(`${key}.${value}`, value)) };
  });
  const row = h('div', { class: choices.length > 3 ? 'words many' : 'words', role: 'radiogroup', 'aria-labelledby': `${id}-name` },
    ...inputs.map(({ label }) => label));
  return {
    parts: [row],
    /** @param {string} value */
    show(value) {
      for (const { input } of inputs) input.checked = input.value === value;
    },
  };
}

/**
 * @param {string} id
 * @param {Change} change
 */
function flag(id, change) {
  const input = h('input', { type: 'checkbox', id });
  input.addEventListener('change', () => change(input.checked, true));
  return {
    parts: [input],
    /** @param {boolean} value */
    show(value) {
      input.checked = value;
    },
  };
}

/**
 * @param {string} id
 * @param {Spec} spec
 * @param {Change} change
 */
function text(id, spec, change) {
  const list = spec.kind.type === 'colors';
  const input = h('input', { type: 'text', id, spellcheck: false, autocomplete: 'off' });
  input.addEventListener('change', () => {
    const typed = input.value.trim();
    if (list) change(typed ? typed.split(',').map((part) => part.trim()) : [], true);
    else change(spec.optional && !typed ? null : typed, true);
  });
  return {
    parts: [input],
    /** @param {string | string[] | null | undefined} value */
    show(value) {
      if (document.activeElement !== input) input.value = [value ?? ''].flat().join(', ');
    },
  };
}
