/**
 * Prints the size of every SVG file of a folder and of what svgo makes of it. svgo leaves alone what
 * the files promise: an element for every shape, primitives as primitives, and ids that are unique
 * among several drawings in one page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { optimize } from 'svgo';

const overrides = {
  mergePaths: /** @type {const} */ (false),
  convertShapeToPath: /** @type {const} */ (false),
  cleanupIds: { minify: false },
};

const dir = process.argv[2];
for (const name of readdirSync(dir).filter((name) => name.endsWith('.svg')).sort()) {
  const ours = readFileSync(join(dir, name), 'utf8');
  const { data } = optimize(ours, {
    multipass: true,
    plugins: [{ name: 'preset-default', params: { overrides } }],
  });
  console.log([name, ...[ours, data].map((svg) => Buffer.byteLength(svg))].join('\t'));
}
