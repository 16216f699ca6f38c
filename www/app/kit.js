/**
 * The brand kit: the Kit tab. A `Part`: `desk.js` says what it is given and what is asked of it. Its
 * widgets are the `ui/kit-*.js` files, its look `style/kit.css`, its place `<kit-panel>` in
 * `index.html`.
 *
 * Files are made while the tab is seen, and anew when the trace or the kit's options have changed.
 */

import { acknowledge, one, tell } from './dom.js';
import { written } from './engine.js';
import { t } from './i18n.js';
import { pick, save, stem } from './save.js';
import { KitPanel } from './ui/kit-panel.js';
import { zip as archive } from './zip.js';

export const widgets = { 'kit-panel': KitPanel };

/** @param {import('./desk.js').Desk} desk @returns {import('./desk.js').Part} */
export function make(desk) {
  /** The files made so far, by path. @type {Map<string, Uint8Array<ArrayBuffer>>} */
  const files = new Map();
  const panel = () => /** @type {KitPanel} */ (one('kit-panel'));
  let [svg, chosen] = ['', ''];
  /** Counts what the files depend on: files are those of the number they were begun with. */
  let wanted = 0;
  let made = 0;
  let seen = false;
  /** @type {AbortController | null} */
  let running = null;

  /** The kit's options; a brand without a name is called as the file. */
  const options = () => {
    const { settings, defaults, file } = desk.state();
    const { name } = settings.kit;
    return { ...settings.kit, name: name === defaults.kit.name ? stem(file?.name ?? '') : name };
  };

  const refresh = async () => {
    if (running || !seen || !svg || made === wanted) return;
    const goal = wanted;
    const stopper = running = new AbortController();
    const { trace } = desk.state().settings;
    const kit = options();
    files.clear();
    let [done, all] = [0, 0];
    const progress = (/** @type {number} */ done) => tell(panel(), 'files-progress', { part: 'kit', done, all });
    await desk.run(async (engine, watch) => {
      const signal = AbortSignal.any([watch.signal, stopper.signal]);
      try {
        const plan = await engine.kit(trace, kit, { signal });
        panel().plan(plan, String(kit.name));
        all = plan.items.length;
        progress(0);
        await engine.kitFiles(trace, kit, {
          signal,
          onFile(path, file) {
            if (file instanceof Uint8Array) files.set(path, file);
            panel().show(path, file);
            progress(done += 1);
          },
        });
        made = goal;
      } catch (fault) {
        if (!signal.aborted) throw fault;
      }
    }, { yields: true });
    running = null;
    progress(all);
    panel().rest(made === goal);
    if (wanted !== goal) void refresh();
  };

  const again = () => {
    made = -1;
    void refresh();
  };

  const zip = async () => {
    const { trace } = desk.state().settings;
    const kit = options();
    const { chosen } = panel();
    const some = [...files].filter(([name]) => chosen.has(name)).map(([name, bytes]) => ({ name, bytes }));
    const bytes = await desk.run((engine) => engine.kitZip(trace, kit, { files: some }));
    if (bytes) save(new Blob([bytes], { type: 'application/zip' }), `${stem(String(kit.name))}-brand-kit.zip`);
  };

  const copyHtml = async () => {
    try {
      await navigator.clipboard.writeText(panel().html);
      acknowledge(one('[data-action="kitCopy"]'), t('copied'));
    } catch {
      desk.fail({ message: t('fault.copy'), advice: t('fault.copy.advice') });
    }
  };

  const loadTable = async () => {
    const file = await pick('application/json,.json');
    if (file) panel().useTable(await file.text());
  };

  /** Several files in one archive, by the page's own hand. @param {{ name: string, content: Blob }[]} some @param {string} name */
  const saveAll = async (some, name) => save(await written(() => archive(some)), name);

  /** @param {{ name: string, content: Blob }[]} site its files, or a zip of them; the kit itself if there are none */
  const check = async (site) => {
    const zipped = site.length === 1 && /\.zip$/i.test(site[0].name);
    const own = [...files].map(([name, bytes]) => ({ name, content: new Blob([bytes]) }));
    const blob = zipped ? site[0].content : await written(() => archive(site.length > 0 ? site : own));
    const findings = await desk.run((engine) => engine.checkSite(blob));
    if (findings) panel().check.show(findings);
  };

  document.addEventListener('check-wanted', (event) => void check(/** @type {CustomEvent} */ (event).detail));
  document.addEventListener('lossy-open', () => panel().lossy.show([...files]
    .filter(([name]) => name.endsWith('.webp'))
    .map(([name, bytes]) => ({ name, content: new Blob([bytes], { type: 'image/webp' }) }))
    .sort((a, b) => a.content.size - b.content.size)));
  document.addEventListener('lossy-wanted', (event) =>
    void saveAll(/** @type {CustomEvent} */ (event).detail, `${stem(String(options().name))}-webp.zip`));
  document.addEventListener('kit-file', (event) => {
    const { path, mime } = /** @type {CustomEvent} */ (event).detail;
    const bytes = files.get(path);
    if (bytes) save(new Blob([bytes], { type: mime }), path.slice(path.lastIndexOf('/') + 1));
  });
  new IntersectionObserver((entries) => {
    seen = entries.some(({ isIntersecting }) => isIntersecting);
    void refresh();
  }).observe(panel());

  return {
    actions: {
      kitStop: () => running?.abort(),
      kitAgain: again,
      kitZip: () => void zip(),
      kitCopy: () => void copyHtml(),
      kitTableLoad: () => void loadTable(),
      kitTableSave: () => save(new Blob([panel().table], { type: 'application/json' }), 'social.json'),
      kitTableReset: () => panel().useTable(''),
    },
    update(state) {
      const kit = JSON.stringify(state.settings.kit);
      if (state.svg === svg && kit === chosen) return;
      [svg, chosen] = [state.svg, kit];
      wanted += 1;
      // What is being made for other options is of no use; a short pause lets controls come to rest.
      running?.abort();
      setTimeout(() => void refresh(), 250);
    },
  };
}
