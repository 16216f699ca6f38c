/**
 * Serves `dist/` as a plain host would, with or without the headers that isolate a page.
 */
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const SITE = fileURLToPath(new URL('../../dist/', import.meta.url));

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** @type {{ [extension: string]: string }} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Where the package is on the built site. @returns {string} */
function builtPackage() {
  const [build] = readdirSync(`${SITE}v`);
  return `${SITE}v/${build}/pkg/`;
}

/**
 * The reports of what pages were not allowed to do arrive here.
 */
const REPORTS = '/reports';

/**
 * @param {object} options
 * @param {boolean} options.isolated
 * @param {{ [prefix: string]: string }} [options.folders] beside the site, by the path they appear
 *   under, such as `/broken/`
 * @param {(path: string) => { [header: string]: string }} [options.headers] more of them, by path
 * @param {string} [options.site] another folder than `dist/`
 * @param {number} [options.port] another than one that is free
 * @param {boolean} [options.compressed] whether browsers that can get the compressed copies
 * @returns {Promise<{ url: string, reports: string[], close: () => Promise<void> }>}
 */
export async function serve({ isolated, folders = {}, headers = () => ({}), site = SITE, port = 0, compressed = false }) {
  const places = site === SITE && existsSync(`${SITE}v`) ? { '/pkg/': builtPackage(), ...folders } : folders;
  /** @type {string[]} */
  const reports = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === REPORTS) {
      reports.push(Buffer.concat(await request.toArray()).toString());
      response.writeHead(204).end();
      return;
    }
    const prefix = Object.keys(places).find((prefix) => path.startsWith(prefix));
    const rest = normalize(prefix ? path.slice(prefix.length) : path);
    const file = join(prefix ? places[/** @type {keyof typeof places} */ (prefix)] : site, rest.endsWith('/') ? `${rest}index.html` : rest);
    if (isolated) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    for (const [name, value] of Object.entries(headers(path))) response.setHeader(name, value);
    if (!(await stat(file).catch(() => null))?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    const packed = compressed && /\bbr\b/.test(String(request.headers['accept-encoding'])) && existsSync(`${file}.br`);
    if (packed) response.setHeader('Content-Encoding', 'br');
    createReadStream(packed ? `${file}.br` : file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/`,
    reports,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
