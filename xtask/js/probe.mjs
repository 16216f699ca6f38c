/**
 * Writes what a known logo is traced to to standard output, as a hash: devices compare theirs with
 * it (`www/app/services/health.js`).
 */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { createEngine } from '../../pkg/node.js';

const file = 'examples/heron.png';
const engine = await createEngine();
await engine.open(await readFile(new URL(`../../www/${file}`, import.meta.url)));
const sha256 = createHash('sha256').update(await engine.svg()).digest('hex');
engine.close();
console.log(JSON.stringify({ file, sha256 }));
