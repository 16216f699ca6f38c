/**
 * The site as an app: it works without a network, is updated when that disturbs nobody, can be
 * installed, and is given files by the system. Only a built site does so; one that is being worked
 * on has no service worker. Tells of itself by two events on the document: `site-change` with a
 * `SiteState`, and `files` with what the system has handed over.
 */

/**
 * @typedef {object} SiteState
 * @property {boolean} offline whether there is no network
 * @property {boolean} update whether a newer build waits
 * @property {boolean} install whether the browser offers to install the app
 */

/** Where `sw.js` keeps what was shared with the app. */
const SHARED = 'logopress shared';
/** Set while a page is loaded again for its headers, so that it happens once. */
const ISOLATING = 'logopress-isolating';
/** How often a page that stays open asks for a newer build. */
const ASK_AGAIN_MS = 60 * 60 * 1000;

/** @type {SiteState} */
const state = { offline: false, update: false, install: false };
/** @type {ServiceWorker | null} the newer build's */
let waiting = null;
/** @type {any} the browser's offer to install */
let offer = null;

/** @param {Partial<SiteState>} change */
function set(change) {
  document.dispatchEvent(new CustomEvent('site-change', { detail: { ...Object.assign(state, change) } }));
}

/** @param {File[]} files */
function hand(files) {
  if (files.length > 0) document.dispatchEvent(new CustomEvent('files', { detail: files }));
}

/** The build that this page is of; empty on a site that is being worked on. */
export const build = () => document.documentElement.dataset.build ?? '';

/** Begins. The listeners for both events are there before. */
export async function start() {
  takeLaunched();
  for (const name of ['online', 'offline']) addEventListener(name, () => set({ offline: !navigator.onLine }));
  if (!navigator.onLine) set({ offline: true });
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event;
    set({ install: true });
  });
  addEventListener('appinstalled', () => set({ install: false }));
  const workers = navigator.serviceWorker;
  if (!build() || !workers) return;
  // Refused in some private windows: then the site needs its host.
  const registration = await workers.register('sw.js', { scope: './' }).catch(() => null);
  if (!registration) return;
  watchUpdates(registration);
  await workers.ready;
  await takeShared();
  isolate();
}

/** Keeps the engine that this device uses. @param {string} variant */
export async function keepEngine(variant) {
  if (!build() || !navigator.serviceWorker) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: 'keep', variant });
}

/** Goes over to the newer build. */
export function update() {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage({ type: 'activate' });
}

/** Lets the browser ask whether to install. */
export async function install() {
  set({ install: false });
  await offer?.prompt();
}

/** @param {ServiceWorkerRegistration} registration */
function watchUpdates(registration) {
  const look = () => {
    // The first build of all has none before it.
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    set({ update: true });
  };
  look();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - asked < ASK_AGAIN_MS) return;
    asked = Date.now();
    // Without a network it is asked again later.
    registration.update().catch(() => {});
  });
}

/** Loads the page again, once, if the service worker can isolate it and its host has not. */
function isolate() {
  try {
    const tried = sessionStorage.getItem(ISOLATING);
    if (crossOriginIsolated || tried || document.documentElement.dataset.state !== 'empty') return;
    sessionStorage.setItem(ISOLATING, 'yes');
  } catch {
    // Without a memory it might go on for ever.
    return;
  }
  location.reload();
}

/** Files that were opened with the app from the system's own file manager. */
function takeLaunched() {
  const { launchQueue } = /** @type {any} */ (globalThis);
  launchQueue?.setConsumer(async (/** @type {{ files: FileSystemFileHandle[] }} */ { files }) => {
    hand(await Promise.all(files.map((handle) => handle.getFile())));
  });
}

async function takeShared() {
  if (!(await caches.has(SHARED))) return;
  const cache = await caches.open(SHARED);
  const files = [];
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    const name = decodeURIComponent(answer?.headers.get('Logopress-Name') ?? 'logo');
    if (answer) files.push(new File([await answer.blob()], name));
  }
  await caches.delete(SHARED);
  hand(files);
}
