/**
 * The service worker: the site without a network, one build at a time.
 *
 * `cargo xtask build` puts `self.site` before this script: the build's name and all its files with
 * their hashes. Whatever has a path that names a build is answered from that build's cache, so that
 * a page never gets another build's engine. Answers carry COOP and COEP, so that threads work on
 * hosts that cannot set headers.
 */

/** @typedef {{ build: string, files: { [path: string]: string } }} Site paths from the scope, and hashes */

/** @type {any} What is in a service worker and not in a page. */
const worker = self;

/** @type {Site} */
const { build, files } = worker.site;

const PREFIX = 'logopress site ';
const CACHE = PREFIX + build;
/** Files that were shared with the app; `app/services/site.js` takes them. */
const SHARED = 'logopress shared';
/** Says which bytes a kept answer has, so that the next build need not fetch them again. */
const HASH = 'Logopress-Integrity';

/** Kept when it is chosen; the reader of PDF, when a first file asks for it. */
const ENGINE = /^v\/\w+\/pkg\/(st|mt|pdf)\//;
const SHELL = Object.keys(files).filter((path) => !ENGINE.test(path));

/** @param {string} path */
const address = (path) => new URL(path, worker.registration.scope).href;

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(keep(SHELL)));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()));

worker.addEventListener('message', (/** @type {any} */ event) => {
  const { type, variant } = event.data;
  if (type === 'activate') worker.skipWaiting();
  if (type === 'keep') {
    const wanted = Object.keys(files).filter((path) => ENGINE.exec(path)?.[1] === variant);
    // Without a network it is tried again at the next start.
    event.waitUntil(keep(wanted).catch(() => {}));
  }
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const { href, origin, pathname } = new URL(request.url);
  if (!href.startsWith(worker.registration.scope)) return;
  const path = (origin + pathname).slice(worker.registration.scope.length).replace(/(^|\/)$/, '$1index.html');
  if (request.method === 'POST' && path === 'share') event.respondWith(takeShared(request));
  else if (request.method === 'GET' && (path in files || path.startsWith('v/'))) event.respondWith(answer(path));
});

/** @param {string} path */
async function answer(path) {
  // In whatever build's cache it is: the path says which build it belongs to, or it is a page, of
  // which only the one of this build counts.
  const kept = path.startsWith('v/')
    ? await caches.match(address(path))
    : await caches.match(address(path), { cacheName: CACHE });
  if (kept) return kept;
  if (!(path in files)) return isolated(await fetch(address(path)));
  const found = await find(path);
  const cache = await caches.open(CACHE);
  // A full disk must not keep the page from working.
  await cache.put(address(path), found.clone()).catch(() => {});
  return found;
}

/** @param {string[]} paths */
async function keep(paths) {
  const cache = await caches.open(CACHE);
  await Promise.all(paths.map(async (path) => {
    if (await cache.match(address(path))) return;
    await cache.put(address(path), await find(path));
  }));
}

/** A file that is not kept yet: from an earlier build, if that has the same bytes. @param {string} path */
async function find(path) {
  for (const cacheName of await caches.keys()) {
    if (!cacheName.startsWith(PREFIX)) continue;
    const before = path.replace(build, cacheName.slice(PREFIX.length));
    const kept = await caches.match(address(before), { cacheName });
    if (kept?.headers.get(HASH) === files[path]) return kept;
  }
  return get(path);
}

/** A file of this build and no other: the browser refuses bytes with another hash. @param {string} path */
async function get(path) {
  const immutable = path.startsWith('v/');
  const fresh = await fetch(address(path), { integrity: files[path], cache: immutable ? 'default' : 'no-cache' });
  if (!fresh.ok) throw new Error(`${path}: ${fresh.status} ${fresh.statusText}`);
  return isolated(fresh, files[path]);
}

/**
 * The same answer with the headers that give a page threads.
 * @param {Response} response
 * @param {string} [hash]
 */
function isolated(response, hash) {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  // The body is no longer compressed.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  if (hash) headers.set(HASH, hash);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** The build before this one stays for pages that still run it; older ones go. */
async function activate() {
  const earlier = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Keeps shared files for the page and sends the browser there. @param {Request} request */
async function takeShared(request) {
  const cache = await caches.open(SHARED);
  const given = (await request.formData()).getAll('files').filter((file) => file instanceof File);
  await Promise.all(given.map((file, i) => {
    const headers = { 'Content-Type': file.type, 'Logopress-Name': encodeURIComponent(file.name) };
    return cache.put(address(`shared/${i}`), new Response(file, { headers }));
  }));
  return Response.redirect(address('./'), 303);
}
