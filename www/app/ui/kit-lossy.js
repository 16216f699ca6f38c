/**
 * The kit's WebP files once more, smaller and lossy, where the browser can write them. Tells
 * `lossy-wanted` with the files.
 */

import { h, tell } from '../dom.js';
import { weight } from './vector-cards.js';

/** @typedef {{ name: string, content: Blob }} Named */

const MIME = 'image/webp';
const QUALITY = 80;

/** Whether the browser writes WebP: those that do not write PNG instead. */
export async function writesWebp() {
  const canvas = new OffscreenCanvas(1, 1);
  canvas.getContext('2d');
  return (await canvas.convertToBlob({ type: MIME }).catch(() => null))?.type === MIME;
}

/**
 * @param {Blob} picture
 * @param {number} quality of 100
 */
async function lossy(picture, quality) {
  const bitmap = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: MIME, quality: quality / 100 });
}

export class KitLossy {
  #quality = h('input', { type: 'range', class: 'slide', id: 'kit-quality', min: '10', max: '100', value: String(QUALITY) });
  #shown = h('output', { class: 'quiet', for: 'kit-quality' });
  #list = h('ul', {});
  #all = h('button', { type: 'button', class: 'main', 'data-t': 'kit.lossy.all' });
  /** The lossless ones. @type {Named[]} */
  #files = [];
  /** @type {Named[]} */
  #made = [];
  #round = 0;
  element = h('div', { class: 'kit-lossy' },
    h('p', { class: 'quiet', 'data-t': 'kit.lossy.what' }),
    h('label', { for: 'kit-quality' }, h('span', { 'data-t': 'kit.lossy.quality' }), ' ', this.#shown), this.#quality,
    this.#list, this.#all);

  constructor() {
    this.#quality.addEventListener('input', () => this.#say());
    this.#quality.addEventListener('change', () => void this.#make());
    this.#all.addEventListener('click', () => tell(this.element, 'lossy-wanted', this.#made));
    this.#say();
  }

  /** @param {Named[]} files lossless WebP */
  show(files) {
    this.#files = files;
    void this.#make();
  }

  #say() {
    this.#shown.textContent = this.#quality.value;
  }

  async #make() {
    const round = this.#round += 1;
    this.#made = [];
    this.#all.disabled = true;
    const rows = this.#files.map(({ name, content }) => {
      const size = h('span', { class: 'quiet' }, weight(content.size));
      return { size, row: h('li', {}, h('span', { dir: 'ltr' }, name.slice(name.lastIndexOf('/') + 1)), size) };
    });
    this.#list.replaceChildren(...rows.map(({ row }) => row));
    // One at a time: the largest has 64 MB of pixels.
    for (const [at, { name, content }] of this.#files.entries()) {
      const made = await lossy(content, this.#quality.valueAsNumber);
      if (round !== this.#round) return;
      this.#made.push({ name: name.replace(/^.*\//, '').replace('.webp', '-lossy.webp'), content: made });
      rows[at].size.textContent = `${weight(content.size)} → ${weight(made.size)}`;
    }
    this.#all.disabled = this.#made.length === 0;
  }
}
