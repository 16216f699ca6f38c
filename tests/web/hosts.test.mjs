/**
 * The configurations in hosts/: those whose programs are here serve the site and are read back as a
 * browser would read them; of the others, what can be checked without their hosts.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { launchChromium } from './browsers.mjs';
import { SITE, build, policy } from './site.mjs';

const HOSTS = fileURLToPath(new URL('../../hosts/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'logopress-'));
const configuration = (/** @type {string} */ file) => readFileSync(join(HOSTS, file), 'utf8');

after(() => rmSync(scratch, { recursive: true }));

/** A port that nobody uses. @returns {Promise<number>} */
const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    server.close(() => resolve(port));
  });
});

/**
 * Each writes what its program needs to a folder and says how to start it in the foreground.
 * @type {{ [name: string]: (folder: string, port: number) => [string, string[]] }}
 */
const SERVERS = {
  nginx(folder, port) {
    const site = configuration('nginx/logopress.conf').replace('listen 8080', `listen 127.0.0.1:${port}`).replace('/srv/logopress', SITE);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n');
    writeFileSync(join(folder, 'nginx.conf'), `daemon off; user root; pid ${folder}/pid; error_log stderr;
      events {}
      http { access_log off; ${temporary}
      ${site} }`);
    return ['nginx', ['-e', 'stderr', '-c', join(folder, 'nginx.conf')]];
  },
  apache(folder, port) {
    cpSync(SITE, join(folder, 'site'), { recursive: true });
    cpSync(join(HOSTS, 'apache/.htaccess'), join(folder, 'site/.htaccess'));
    const modules = ['mpm_event', 'authz_core', 'dir', 'headers', 'mime', 'rewrite'];
    writeFileSync(join(folder, 'mime.types'), 'text/html html\ntext/css css\nimage/svg+xml svg\nimage/png png\napplication/json json\n');
    writeFileSync(join(folder, 'httpd.conf'), `ServerRoot ${folder}
      ServerName localhost
      Listen 127.0.0.1:${port}
      PidFile ${folder}/pid
      ErrorLog ${folder}/error.log
      ${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
      User www-data
      Group www-data
      TypesConfig ${folder}/mime.types
      DocumentRoot ${folder}/site
      DirectoryIndex index.html
      <Directory ${folder}/site>
        AllowOverride All
        Options FollowSymLinks
        Require all granted
      </Directory>`);
    execFileSync('chmod', ['-R', 'a+rX', scratch]);
    return ['apache2', ['-f', join(folder, 'httpd.conf'), '-DFOREGROUND']];
  },
  caddy(folder, port) {
    const site = configuration('caddy/Caddyfile').replace(/^:8080/m, `http://127.0.0.1:${port}`).replace('/srv/logopress', SITE);
    writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    return ['caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']];
  },
};

/**
 * @param {string} url
 * @param {string} [encoding] what the browser takes
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
const get = (url, encoding = '') => new Promise((resolve, reject) => {
  request(url, { headers: encoding ? { 'Accept-Encoding': encoding } : {} }, async (response) => {
    const body = Buffer.concat(await response.toArray());
    resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
  }).on('error', reject).end();
});

for (const [name, prepare] of Object.entries(SERVERS)) {
  test(`${name} serves the site as it should`, async () => {
    const folder = join(scratch, name);
    mkdirSync(folder);
    const port = await freePort();
    const [program, args] = prepare(folder, port);
    const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder } });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    let said = '';
    server.stderr.on('data', (text) => {
      said += text;
    });
    const site = `http://127.0.0.1:${port}/`;
    try {
      let up = false;
      for (let tries = 0; tries < 100 && !up; tries += 1) {
        up = await get(`${site}healthz.json`).then(({ status }) => status === 200, () => false);
        if (!up) await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert(up, said);
      await readBack(site);
      await inBrowser(site);
    } finally {
      server.kill();
      await ended;
    }
  });
}

/** @param {string} site */
async function readBack(site) {
  const wasm = `v/${build()}/pkg/mt/logopress_bg.wasm`;
  const bytes = readFileSync(join(SITE, wasm));
  for (const [encoding, unpack] of /** @type {const} */ ([['gzip', gunzipSync], ['br', brotliDecompressSync]])) {
    const { headers, body } = await get(site + wasm, encoding);
    assert.equal(headers['content-type'], 'application/wasm');
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    // nginx needs a module for Brotli.
    const packed = headers['content-encoding'];
    assert(packed === encoding || encoding === 'br', `${packed} for ${encoding}`);
    assert((packed ? unpack(body) : body).equals(bytes));
  }
  const plain = await get(site + wasm);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert(plain.body.equals(bytes));

  const page = await get(site);
  assert.equal(page.status, 200);
  assert.match(page.headers['content-type'] ?? '', /^text\/html/);
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.equal(page.headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(page.headers['cross-origin-embedder-policy'], 'require-corp');
  assert.equal(page.headers['content-security-policy'], policy());
  assert.equal(page.headers['x-content-type-options'], 'nosniff');
  assert.equal(page.headers['document-isolation-policy'], undefined);
  assert.equal(page.headers['access-control-allow-origin'], undefined);
  for (const encoding of ['', 'gzip', 'br']) {
    for (const path of ['embed/', 'embed/logo-press.js']) {
      const { status, headers } = await get(site + path, encoding);
      assert.equal(status, 200, path);
      assert.equal(headers['document-isolation-policy'], 'isolate-and-require-corp', path);
      assert.equal(headers['access-control-allow-origin'], '*', path);
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin', path);
    }
    const loader = await get(`${site}v/${build()}/embed/logo-press.js`, encoding);
    assert.equal(loader.headers['access-control-allow-origin'], '*');
    assert.match(loader.headers['content-type'] ?? '', /^text\/javascript/);
    const manifest = await get(`${site}manifest.webmanifest`, encoding);
    assert.match(manifest.headers['content-type'] ?? '', /^application\/manifest\+json/);
  }
  assert.equal(JSON.parse(String((await get(`${site}healthz.json`)).body)).status, 'ok');
  assert.equal((await get(`${site}nothing-here`)).status, 404);
}

/** @param {string} site */
async function inBrowser(site) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${site}selftest/`);
    await page.waitForSelector('html[data-state=ready], html[data-state=error]');
    const found = JSON.parse((await page.textContent('#json')) ?? '');
    assert.equal(found.ok, true);
    assert.equal(found.variant.name, 'mt', found.variant.why);
  } finally {
    await browser.close();
  }
}

describe('Without their hosts', () => {
  test('every configuration has the policy that the pages have', () => {
    for (const file of ['nginx/logopress.conf', 'apache/.htaccess', 'caddy/Caddyfile', 'netlify/_headers', 's3-cloudfront/headers.json']) {
      assert(configuration(file).includes(policy()), file);
    }
  });

  test('Netlify and Cloudflare: no header is set twice for one path', () => {
    const rules = configuration('netlify/_headers').split('\n').filter((line) => line && !line.startsWith('#'));
    /** @type {{ [header: string]: string[] }} */
    const paths = {};
    let path = '';
    for (const line of rules) {
      if (line.startsWith('/')) path = line;
      else (paths[line.trim().split(':')[0]] ??= []).push(path);
    }
    for (const [header, set] of Object.entries(paths)) assert(set.length === 1, `${header}: ${set}`);
    assert.equal(readFileSync(join(SITE, '_headers'), 'utf8'), configuration('netlify/_headers'));
  });

  test('Kubernetes and the container probe a path that is there', () => {
    const probed = [...configuration('kubernetes/logopress.yaml').matchAll(/httpGet: \{ path: (\S+),/g)].map(([, path]) => path);
    assert.deepEqual(probed, ['/healthz.json', '/healthz.json', '/healthz.json']);
    assert.match(configuration('container/Dockerfile'), /healthz\.json/);
    assert.equal(JSON.parse(readFileSync(join(SITE, 'healthz.json'), 'utf8')).status, 'ok');
  });

  test('a container file and manifests that others’ checkers accept', () => {
    const python = process.env.PYTHON;
    assert(python, 'Set PYTHON to a Python with the judges’ packages, or run cargo xtask test.');
    execFileSync(join(dirname(python), 'hadolint'), [join(HOSTS, 'container/Dockerfile')]);
    const script = `
import sys, yaml, kubernetes_validate
for path in sys.argv[1:]:
    for resource in yaml.safe_load_all(open(path)):
        kubernetes_validate.validate(resource, '1.30', strict=True)
        print(resource['kind'])`;
    const manifests = ['hosts/kubernetes/logopress.yaml', 'examples/scale/job.yaml'].map((path) => join(HOSTS, '..', path));
    const kinds = execFileSync(python, ['-c', script, ...manifests], { encoding: 'utf8' });
    assert.deepEqual(kinds.trim().split('\n'), ['Deployment', 'Service', 'PodDisruptionBudget', 'Job']);
  });

  test('the upload script is a shell script', () => {
    execFileSync('sh', ['-n', join(HOSTS, 's3-cloudfront/upload.sh')]);
  });

  test('the list of hashes has every file, as it is', () => {
    const { files } = JSON.parse(readFileSync(join(SITE, 'integrity.json'), 'utf8'));
    assert(Object.keys(files).length > 80);
    for (const [path, hash] of Object.entries(files)) {
      const digest = createHash('sha384').update(readFileSync(join(SITE, path))).digest('base64');
      assert.equal(`sha384-${digest}`, hash, path);
    }
  });
});
