/** node trace.js LOGO OUT.svg: one logo, traced. */

import { readFile, writeFile } from 'node:fs/promises';
import { LogopressError, createEngine } from 'logopress';

const [logo, out] = process.argv.slice(2);
const engine = await createEngine();
try {
  await engine.open(await readFile(logo));
  await writeFile(out, await engine.svg());
  const { inks } = await engine.trace();
  console.log(JSON.stringify({ out, inks }));
} catch (fault) {
  if (!(fault instanceof LogopressError)) throw fault;
  console.error(`${logo}: ${fault.message} ${fault.advice}`);
  process.exitCode = 1;
} finally {
  engine.close();
}
