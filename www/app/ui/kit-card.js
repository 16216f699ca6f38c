/** One file of the kit: at its own proportions, with its real size. Tells `kit-file` to have it. */

import { h, icon, tell } from '../dom.js';
import { has, t } from '../i18n.js';
import { thumbnail } from './thumbnail.js';
import { weight } from './vector-cards.js';

/** Room for a picture, in CSS px. */
const HIGH = 84;
const WIDE = 200;

/** Room that a name and a size need. */
const NARROW = 156;

export class KitCard {
  item;
  ticked;
  element;
  #proof;
  #size;
  #take;

  /**
   * @param {import('../../pkg/protocol.js').KitItem} item
   * @param {boolean} ticked
   */
  constructor(item, ticked) {
    this.item = item;
    const name = item.path.slice(item.path.lastIndexOf('/') + 1);
    const { widthPx, heightPx } = item;
    const [width, height] = widthPx && heightPx ? [widthPx, heightPx] : [1, 1];
    const scale = Math.min(HIGH / height, WIDE / width);
    this.#proof = h('span', { class: 'kit-proof' }, h('b', {}, widthPx ? '' : (name.split('.').at(-1) ?? '').toUpperCase()));
    const wide = Math.max(width * scale, 8);
    this.#proof.style.width = `${wide}px`;
    this.#proof.style.height = `${Math.max(height * scale, 3)}px`;
    this.ticked = h('input', { type: 'checkbox', checked: ticked, 'aria-label': name });
    this.#size = h('span', { class: 'quiet' }, widthPx ? `${widthPx} × ${heightPx}` : '');
    this.#take = h('button', { type: 'button', class: 'bare icon', disabled: true, 'aria-label': t('downloadOne', { format: name }), title: t('downloadOne', { format: name }) }, icon('download'));
    this.#take.addEventListener('click', () => tell(this.element, 'kit-file', { path: item.path, mime: item.mime }));
    const purpose = `kit.for.${item.purposeCode}`;
    this.element = h('li', { title: `${item.path}\n${has(purpose) ? t(purpose) : item.purpose}` },
      h('label', { class: 'kit-pick' }, this.#proof, this.ticked),
      h('span', { class: 'kit-name', dir: 'ltr' }, name),
      this.#size, this.#take);
    this.element.style.width = `${Math.max(wide, NARROW)}px`;
  }

  /** @param {Uint8Array<ArrayBuffer> | import('../../pkg/protocol.js').Fault} made */
  show(made) {
    if (!(made instanceof Uint8Array)) {
      this.#size.textContent = made.message;
      this.#size.className = 'fault-line';
      this.ticked.checked = false;
      return;
    }
    const { maxBytes, widthPx, heightPx } = this.item;
    this.#size.textContent = [this.#size.textContent, weight(made.byteLength)].filter(Boolean).join(' · ');
    if (maxBytes && made.byteLength > maxBytes) {
      this.#size.className = 'fault-line';
      this.#size.textContent = t('kit.large', { size: weight(made.byteLength), max: weight(maxBytes) });
    }
    this.#take.disabled = false;
    const { clientWidth, clientHeight } = this.#proof;
    const box = { width: clientWidth || WIDE, height: clientHeight || HIGH };
    void thumbnail(new Blob([made], { type: this.item.mime }), (widthPx ?? 0) * (heightPx ?? 0), box).then((picture) => {
      if (!picture) return;
      this.#proof.classList.add('pictured');
      this.#proof.replaceChildren(picture);
    });
  }
}
