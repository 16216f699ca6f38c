/**
 * Ways in: drop anywhere, paste anywhere, pick, or one of our examples. Tells `files` when something
 * came, `fault` when nothing usable did.
 */

import { h, one, tell } from '../dom.js';
import { t } from '../i18n.js';

/**
 * Pictures and SVG text among what was pasted or dropped.
 * @param {DataTransfer} data
 * @returns {Promise<File[]>}
 */
async function pictures(data) {
  const files = [...data.files];
  if (files.length > 0) return files;
  const text = data.getData('text/plain').trim() || data.getData('text/uri-list').trim();
  const file = await fromText(text);
  return file ? [file] : [];
}

/**
 * A file from SVG source or a `data:` address.
 * @param {string} text
 */
async function fromText(text) {
  if (/^(<\?xml|<!--|<!doctype svg|<svg)/i.test(text) && text.includes('<svg')) {
    return new File([text], 'pasted.svg', { type: 'image/svg+xml' });
  }
  const [, type, coding, body] = /^data:(image\/[\w.+-]+)(;base64)?,(.*)$/s.exec(text) ?? [];
  if (!type) return null;
  const bytes = coding ? Uint8Array.from(atob(body), (c) => c.charCodeAt(0)) : decodeURIComponent(body);
  return new File([bytes], `pasted.${type.split('/')[1].replace('+xml', '')}`, { type });
}

export class DropZone extends HTMLElement {
  /** @type {HTMLElement | null} */
  #catcher = null;

  connectedCallback() {
    const input = this.#input;
    input.addEventListener('change', () => {
      if (input.files?.length) tell(this, 'files', [...input.files]);
      input.value = '';
    });
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element && event.target.closest('[data-example]');
      if (button instanceof HTMLElement) this.#openExample(button.dataset.example ?? '');
    });
    addEventListener('dragover', (event) => this.#over(event));
    addEventListener('dragleave', (event) => {
      if (!event.relatedTarget) this.#leave();
    });
    addEventListener('drop', (event) => this.#dropped(event));
    addEventListener('paste', (event) => this.#pasted(event));
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (one('input', this));
  }

  /** Opens the browser's file picker. */
  pick() {
    this.#input.click();
  }

  /** Reads the clipboard, which the browser may ask the person about. */
  async paste() {
    try {
      for (const item of await navigator.clipboard.read()) {
        const type = item.types.find((type) => type.startsWith('image/'));
        if (type) {
          const extension = type.split('/')[1].replace('+xml', '');
          tell(this, 'files', [new File([await item.getType(type)], `pasted.${extension}`, { type })]);
          return;
        }
        const text = item.types.includes('text/plain') && await item.getType('text/plain');
        const file = text && await fromText((await text.text()).trim());
        if (file) {
          tell(this, 'files', [file]);
          return;
        }
      }
      tell(this, 'fault', 'clipboard');
    } catch {
      tell(this, 'fault', 'clipboard-closed');
    }
  }

  /** @param {string} name */
  async #openExample(name) {
    const answer = await fetch(new URL(`../../examples/${name}`, import.meta.url));
    tell(this, 'files', [new File([await answer.blob()], name)]);
  }

  /** @param {DragEvent} event */
  #over(event) {
    const types = event.dataTransfer?.types ?? [];
    if (!['Files', 'text/uri-list', 'text/plain'].some((type) => types.includes(type))) return;
    event.preventDefault();
    if (this.#catcher) return;
    document.documentElement.dataset.over = '';
    this.#catcher = h('div', { class: 'catcher' }, t('release'));
    this.append(this.#catcher);
  }

  #leave() {
    delete document.documentElement.dataset.over;
    this.#catcher?.remove();
    this.#catcher = null;
  }

  /** @param {DragEvent} event */
  async #dropped(event) {
    event.preventDefault();
    this.#leave();
    if (!event.dataTransfer) return;
    const files = await pictures(event.dataTransfer);
    if (files.length > 0) tell(this, 'files', files);
    else tell(this, 'fault', 'elsewhere');
  }

  /** @param {ClipboardEvent} event */
  async #pasted(event) {
    const writing = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (writing || !event.clipboardData) return;
    event.preventDefault();
    const files = await pictures(event.clipboardData);
    if (files.length > 0) tell(this, 'files', files);
    else tell(this, 'fault', 'clipboard');
  }
}
