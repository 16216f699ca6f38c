/**
 * A site's icons, checked: its folder or a zip is chosen or dropped here, and what is missing or wrong
 * is listed. Tells `check-wanted` with the files, or with nothing for the kit itself.
 */

import { h, icon, tell } from '../dom.js';
import { has, learn, t, translate } from '../i18n.js';

/** @typedef {import('../../pkg/protocol.js').Finding} Finding */

/** What icons depend on; a site may have any number of other files. */
const READ = /(\.(html|ico|svg|png|jpg|webp|json|webmanifest)|robots\.txt)$/i;
const HIDDEN = /(^|\/)(\.|node_modules\/)/;

/** @type {Promise<void> | null} */
let words = null;

export class KitCheck {
  #list = h('ul', { class: 'kit-findings', 'aria-live': 'polite' });
  element;

  constructor() {
    const button = (/** @type {string} */ key, /** @type {() => void} */ run) =>
      h('button', { type: 'button', 'data-t': key, onclick: run });
    this.element = h('div', { class: 'kit-check' },
      h('p', { class: 'quiet', 'data-t': 'check.what' }),
      h('div', { class: 'ways' },
        button('check.folder', () => this.#pick(true)), button('check.zip', () => this.#pick(false)),
        button('check.kit', () => tell(this.element, 'check-wanted', []))),
      this.#list);
    this.element.addEventListener('dragover', (event) => event.preventDefault());
    this.element.addEventListener('drop', (event) => {
      // It is not a logo to be opened.
      event.preventDefault();
      event.stopPropagation();
      const [entry] = [...event.dataTransfer?.items ?? []].map((item) => item.webkitGetAsEntry());
      if (entry) void filesIn(entry).then((files) => this.#check(files));
    });
  }

  /** Brings its words, which nobody needs before. */
  async open() {
    words ??= learn((language) => import(`../messages/check/${language}.js`));
    await words;
    translate(this.element);
  }

  /** @param {Finding[]} findings */
  show(findings) {
    this.#list.replaceChildren(...findings.map(({ level, code, file, values, message, advice }) => {
      const key = `check.${code}`;
      const said = has(key) ? `${t(key, Object.fromEntries(values.entries()))} ${t(`${key}.do`)}` : `${message} ${advice}`;
      return h('li', { class: level },
        icon(level === 'note' ? 'info' : 'fault'),
        h('div', {},
          h('b', {}, t(`check.${level}`)), ' ', file ? h('bdi', { class: 'quiet', dir: 'ltr' }, file) : null,
          h('p', { dir: 'auto' }, said)));
    }));
    if (findings.length === 0) this.#list.append(h('li', { class: 'fine' }, t('check.fine')));
  }

  /** @param {boolean} folder */
  #pick(folder) {
    const input = h('input', folder ? { type: 'file', webkitdirectory: true } : { type: 'file', accept: '.zip,application/zip' });
    input.addEventListener('change', () => this.#check([...input.files ?? []].map((file) => ({ name: file.webkitRelativePath || file.name, content: file }))));
    input.click();
  }

  /** @param {{ name: string, content: File }[]} files */
  #check(files) {
    const zipped = files.length === 1 && /\.zip$/i.test(files[0].name);
    const read = zipped ? files : files.filter(({ name }) => READ.test(name) && !HIDDEN.test(name));
    if (read.length > 0) tell(this.element, 'check-wanted', read);
  }
}

/**
 * The files of a folder that was dropped, by their paths.
 * @param {FileSystemEntry} entry
 * @returns {Promise<{ name: string, content: File }[]>}
 */
async function filesIn(entry) {
  const name = entry.fullPath.replace(/^\//, '');
  if (entry instanceof FileSystemFileEntry) {
    return [{ name, content: await new Promise((resolve, reject) => entry.file(resolve, reject)) }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const found = [];
  // A hundred at a time, until there are no more.
  for (let some = [null]; some.length > 0;) {
    some = await new Promise((resolve, reject) => reader.readEntries(/** @type {any} */ (resolve), reject));
    for (const each of some) if (each && !HIDDEN.test(`${/** @type {FileSystemEntry} */ (each).name}/`)) found.push(...await filesIn(each));
  }
  return found;
}
