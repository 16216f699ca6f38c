/**
 * Writes TypeScript's view of all options to standard output: what the engine says of them, as
 * types with documentation.
 */

import { createEngine } from '../../pkg/node.js';

const engine = await createEngine();
const { specs } = engine;
engine.close();

/** @param {import('../../pkg/protocol.js').Kind} kind */
function type(kind) {
  switch (kind.type) {
    case 'number':
      return 'number';
    case 'flag':
      return 'boolean';
    case 'choice':
      return kind.choices.map(({ value }) => `'${value}'`).join(' | ');
    case 'colors':
      return 'string[]';
    default:
      return 'string';
  }
}

/** @param {import('../../pkg/protocol.js').Spec} spec */
function lines({ name, doc, kind, optional, default: standard }) {
  const range = kind.type === 'number' ? [`Range: ${kind.min} to ${kind.max}${kind.integer ? ', whole' : ''}.`] : [];
  const choices = kind.type === 'choice' ? kind.choices.map(({ value, doc }) => `- \`${value}\`: ${doc}`) : [];
  const text = [doc, ...range, ...choices, `@default ${standard || 'none'}`];
  return [
    '  /**',
    ...text.flatMap((each) => each.split('\n')).map((line) => `   * ${line}`.trimEnd()),
    '   */',
    `  ${name}?: ${type(kind)}${optional ? ' | null' : ''};`,
  ];
}

const groups = Object.entries(specs).map(([group, list]) => [
  `/** Options of the group \`${group}\`; what is left out keeps its default. */`,
  `export type ${group[0].toUpperCase()}${group.slice(1)}Options = {`,
  ...list.flatMap(lines),
  '};',
].join('\n'));
console.log(groups.join('\n\n'));
