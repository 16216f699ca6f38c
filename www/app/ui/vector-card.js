/** One vector file: what it looks like, what it is for, what it weighs, and ways to take it. */

import { h, icon, tell } from '../dom.js';
import { t } from '../i18n.js';
import { proof } from './proof.js';
import { weight } from './vector-cards.js';

export class VectorCard {
  kind;
  /** How much the file weighs; 0 until it is made. */
  bytes = 0;
  failed = false;
  #picture = h('img', { alt: '', hidden: true });
  #colors = h('span', { class: 'colors', hidden: true });
  #proof;
  #weight = h('span', { class: 'quiet' });
  #fault = h('p', { class: 'fault-line', hidden: true });
  #download;
  star;
  selected;
  options;
  ways;
  element;
  #url = '';
  /** The file that the picture is of, or will be. @type {Blob | null} */
  #file = null;

  /** @param {import('../formats.js').FileKind} kind */
  constructor(kind) {
    this.kind = kind;
    const name = kind.format.toUpperCase();
    this.#proof = h('span', { class: `proof ${kind.proof}` }, this.#picture, this.#colors);
    const label = h('label', { class: 'pick' }, this.#proof);
    this.selected = h('input', { type: 'checkbox', 'aria-label': name });
    label.append(this.selected);
    this.star = h('button', { type: 'button', class: 'bare star', 'data-t-label': 'favourite', 'aria-pressed': 'false' }, icon('star'));
    this.options = h('button', { type: 'button', class: 'bare icon', 'data-t-label': `group.${kind.options}`, hidden: !kind.options }, icon('options'));
    this.#download = h('button', { type: 'button', class: 'bare icon', 'data-format': kind.format }, icon('download'));
    this.ways = h('div', { class: 'ways' }, this.#download, this.options);
    if ('showSaveFilePicker' in window) {
      const as = h('button', { type: 'button', class: 'bare icon', 'data-t-label': 'saveAs' }, icon('save'));
      as.addEventListener('click', () => tell(this.element, 'file-wanted', { formats: [kind.format], as: true }));
      this.#download.after(as);
    }
    this.element = h('li', { class: 'card' },
      label, this.star,
      h('h3', {}, `${name} `, this.#weight),
      h('p', { class: 'quiet use', 'data-t': `use.${kind.use}` }),
      this.#fault,
      this.ways);
    this.#download.addEventListener('click', () => tell(this.element, 'file-wanted', { formats: [kind.format], as: false }));
  }

  /**
   * @param {string[]} inks
   * @param {boolean} ready
   */
  describe(inks, ready) {
    this.#download.disabled = !ready || this.failed;
    const label = t('downloadOne', { format: this.kind.format.toUpperCase() });
    this.#download.title = label;
    this.#download.setAttribute('aria-label', label);
    if (this.kind.proof !== 'colors' || this.#colors.dataset.inks === inks.join()) return;
    this.#colors.dataset.inks = inks.join();
    this.#colors.hidden = false;
    this.#colors.replaceChildren(...inks.map((ink) => {
      const patch = h('i');
      patch.style.setProperty('--ink', ink);
      return patch;
    }));
  }

  /**
   * @param {Blob} file
   * @param {string} name of the file
   * @param {Blob} art stands for the file until it has been read, or if it cannot be
   */
  show(file, name, art) {
    this.failed = false;
    this.#fault.hidden = true;
    this.bytes = file.size;
    this.#weight.textContent = weight(file.size);
    if (this.kind.proof === 'colors') return;
    this.#file = file;
    // The picture of the file before stays as long, rather than that all of them blink.
    if (this.#picture.hidden) this.#draw(art);
    void proof(file).then((picture) => {
      if (file !== this.#file) return;
      this.#draw(picture ?? art);
      this.#picture.dataset.proof = picture ? 'file' : 'art';
      if (file === picture) this.#drags(file, name);
    });
  }

  /** @param {Blob} picture */
  #draw(picture) {
    URL.revokeObjectURL(this.#url);
    this.#url = URL.createObjectURL(picture);
    this.#picture.src = this.#url;
    this.#picture.hidden = false;
  }

  /** @param {string} message */
  fail(message) {
    this.failed = true;
    this.#file = null;
    this.bytes = 0;
    this.#weight.textContent = '';
    this.#picture.hidden = true;
    this.#fault.textContent = message;
    this.#fault.hidden = false;
  }

  clear() {
    this.bytes = 0;
    this.#file = null;
    this.#weight.textContent = '';
    this.#picture.hidden = true;
    this.#fault.hidden = true;
  }

  /** Lets the file be dragged to a folder, where the browser can. @param {Blob} file @param {string} name */
  #drags(file, name) {
    this.#picture.draggable = true;
    this.#picture.ondragstart = (event) => {
      event.dataTransfer?.setData('DownloadURL', `${file.type}:${name}:${this.#url}`);
    };
  }
}
