/** The built site, as tests take it apart: what it may do, and the build after it. */
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SITE = fileURLToPath(new URL('../../dist/', import.meta.url));

/** @param {string} file */
const text = (file) => readFileSync(join(SITE, file), 'utf8');

/** The policy that every page of the site carries. */
export const policy = () => /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text('index.html'))?.[1] ?? '';

/** The build's name. */
export const build = () => JSON.parse(text('healthz.json')).build;

/**
 * Writes the site of a later build to `folder`: its name and whatever carries it are new, the rest
 * has the same bytes.
 * @param {string} folder
 * @param {string} name
 */
export function laterBuild(folder, name) {
  cpSync(SITE, folder, { recursive: true });
  const old = build();
  renameSync(join(folder, 'v', old), join(folder, 'v', name));
  const list = JSON.parse(/^self\.site = (.*);$/m.exec(text('sw.js'))?.[1] ?? '');
  for (const file of readdirSync(folder).filter((file) => /\.(html|js|json|webmanifest)$/.test(file))) {
    writeFileSync(join(folder, file), text(file).replaceAll(old, name));
  }
  /** @type {{ [path: string]: string }} */
  const files = {};
  for (const [path, hash] of Object.entries(list.files)) {
    const bytes = readFileSync(join(folder, path.replace(old, name)));
    files[path.replace(old, name)] = path.startsWith('v/') ? String(hash) : `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
  }
  const script = text('sw.js').replace(/^self\.site = .*;$/m, () => `self.site = ${JSON.stringify({ build: name, files })};`);
  writeFileSync(join(folder, 'sw.js'), script);
}
