/** The Kit tab: a contact sheet of every file, filled in as they are made. */

import { h, icon, one, tell } from '../dom.js';
import { has, t, translate } from '../i18n.js';
import { floats } from './float.js';
import { KitCard } from './kit-card.js';
import { KitCheck } from './kit-check.js';
import { KitLossy, writesWebp } from './kit-lossy.js';
import { KitPreview } from './kit-preview.js';
import { KitTable } from './kit-table.js';

/** @typedef {import('../../pkg/protocol.js').KitPlan} KitPlan */
/** @typedef {import('../../pkg/protocol.js').Fault} Fault */

/** @param {string} action @param {string} words @param {string} [look] */
const button = (action, words, look = '') =>
  h('button', { type: 'button', class: look, 'data-action': action, 'data-t': words });

export class KitPanel extends HTMLElement {
  #name = h('input', { type: 'text', id: 'kit-brand', autocomplete: 'organization', spellcheck: false });
  #count = h('output', { class: 'quiet' });
  #stop = button('kitStop', 'kit.stop');
  #again = button('kitAgain', 'kit.again');
  #zip = button('kitZip', 'kit.zip', 'main');
  #warnings = h('ul', { class: 'kit-warnings', hidden: true });
  #preview = new KitPreview();
  #table = new KitTable();
  check = new KitCheck();
  lossy = new KitLossy();
  #code = h('pre', { tabIndex: 0, 'data-t-label': 'kit.html' });
  #groups = h('div', { class: 'kit-groups' });
  /** @type {Map<string, KitCard>} */
  #cards = new Map();
  #made = 0;

  connectedCallback() {
    if (this.#groups.isConnected) return;
    const list = document.createElement('option-list');
    list.setAttribute('group', 'kit');
    list.setAttribute('without', 'name only social_table');
    this.#name.addEventListener('change', () =>
      tell(this, 'option-change', { group: 'kit', name: 'name', value: this.#name.value.trim(), final: true }));
    this.append(
      h('div', { class: 'kit-tools' },
        h('label', { for: 'kit-brand', 'data-t': 'kit.name' }), this.#name,
        this.#count, this.#stop, this.#again,
        h('span', { class: 'kit-more' },
          ...this.#sheet('kit-html', 'kit.html', this.#code, h('p', { class: 'quiet', 'data-t': 'kit.html.what' }), button('kitCopy', 'copy')),
          ...this.#sheet('kit-social', 'kit.table', this.#table.element, h('p', { class: 'quiet', 'data-t': 'kit.table.what' }),
            button('kitTableLoad', 'loadSettings'), button('kitTableSave', 'saveSettings'), button('kitTableReset', 'back')),
          ...this.#lossy(),
          ...this.#sheet('kit-check', 'kit.check', this.check.element),
          ...this.#sheet('kit-options', 'more', list)),
        this.#zip),
      this.#warnings, this.#preview.element, this.#groups);
    one('#kit-check', this).addEventListener('beforetoggle', () => void this.check.open());
    this.#table.element.addEventListener('table-change', () => this.useTable(this.table));
    this.#groups.addEventListener('change', () => this.#tell());
    this.rest(true);
  }

  /** The paths of the files that are ticked. */
  get chosen() {
    return new Set([...this.#cards.values()].filter(({ ticked }) => ticked.checked).map(({ item }) => item.path));
  }

  /** What to paste into a page. */
  get html() {
    return this.#code.textContent ?? '';
  }

  /** The table of social pictures as it is shown, as JSON. */
  get table() {
    return this.#table.json;
  }

  /** @param {string} json empty for the built-in table */
  useTable(json) {
    tell(this, 'option-change', { group: 'kit', name: 'social_table', value: json, final: true });
  }

  /** @param {import('../state.js').State} state */
  update({ settings, defaults, file }) {
    if (document.activeElement === this.#name || !settings.kit) return;
    const unnamed = settings.kit.name === defaults.kit.name;
    this.#name.value = unnamed ? (file?.name ?? '').replace(/\.[^.]+$/, '') : String(settings.kit.name);
  }

  /**
   * Shows which files there will be.
   * @param {KitPlan} plan
   * @param {string} brand
   */
  plan({ items, warnings, socialTable }, brand) {
    const before = new Map([...this.#cards].map(([path, { ticked }]) => [path, ticked.checked]));
    this.#cards = new Map(items.map((item) => [item.path, new KitCard(item, before.get(item.path) ?? true)]));
    this.#made = 0;
    this.#warnings.replaceChildren(...warnings.map(({ code, values, text }) => {
      const key = `kit.warn.${code}`;
      return h('li', { dir: 'auto' }, has(key) ? t(key, Object.fromEntries(values.entries())) : text);
    }));
    this.#warnings.hidden = warnings.length === 0;
    this.#preview.clear(brand);
    this.#table.show(socialTable);
    const groups = Map.groupBy(this.#cards.values(), ({ item }) => item.group);
    this.#groups.replaceChildren(...[...groups].map(([group, cards]) => this.#group(group, cards)));
    translate(this.#groups);
    this.#stop.hidden = false;
    // The total over all kinds of files says so meanwhile.
    this.#count.hidden = true;
    this.#again.hidden = true;
    this.#tell();
  }

  /**
   * A file is made, or cannot be.
   * @param {string} path
   * @param {Uint8Array<ArrayBuffer> | Fault} made
   */
  show(path, made) {
    this.#made += 1;
    this.#cards.get(path)?.show(made);
    if (made instanceof Uint8Array) {
      this.#preview.show(path, made);
      if (path === 'web/head.html') this.#code.textContent = new TextDecoder().decode(made);
    }
    this.#tell();
  }

  /**
   * Nothing is being made any more.
   * @param {boolean} done
   */
  rest(done) {
    this.#stop.hidden = true;
    this.#count.hidden = false;
    this.#again.hidden = done;
    this.#tell();
  }

  #tell() {
    const all = this.#cards.size;
    this.#count.textContent = all > 0 ? t('kit.count', { done: this.#made, all }) : '';
    const chosen = this.chosen.size;
    this.#zip.disabled = this.#made < all || chosen === 0;
    this.#zip.textContent = chosen < all && chosen > 0 ? t('downloadSome', { count: chosen }) : t('kit.zip');
    for (const box of this.#groups.querySelectorAll('section')) {
      const ticks = [...box.querySelectorAll('li input')].map((tick) => /** @type {HTMLInputElement} */ (tick).checked);
      const whole = /** @type {HTMLInputElement} */ (one('h3 input', box));
      whole.checked = ticks.every(Boolean);
      whole.indeterminate = !whole.checked && ticks.some(Boolean);
    }
  }

  /**
   * @param {string} group
   * @param {KitCard[]} cards
   */
  #group(group, cards) {
    const whole = h('input', { type: 'checkbox' });
    whole.addEventListener('change', () => {
      for (const { ticked } of cards) ticked.checked = whole.checked;
    });
    return h('section', {},
      h('h3', {}, h('label', {}, whole, h('span', { 'data-t': `kit.group.${group}` }), h('span', { class: 'quiet' }, String(cards.length)))),
      h('ul', {}, ...cards.map(({ element }) => element)));
  }

  /** The sheet of lossy pictures, where the browser can write them. Tells `lossy-open`. */
  #lossy() {
    const [opener, sheet] = this.#sheet('kit-lossy', 'kit.lossy', this.lossy.element);
    opener.hidden = true;
    void writesWebp().then((can) => opener.hidden = !can);
    sheet.addEventListener('beforetoggle', (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === 'open') tell(this, 'lossy-open');
    });
    return [opener, sheet];
  }

  /**
   * A button and the sheet that it opens.
   * @param {string} id
   * @param {string} words
   * @param {...Node} inside
   */
  #sheet(id, words, ...inside) {
    const opener = h('button', { type: 'button', class: 'bare', 'aria-haspopup': 'dialog' },
      ...(id === 'kit-options' ? [icon('options')] : []), h('span', { 'data-t': words }));
    const sheet = h('div', { class: 'float options', id, popover: 'auto', role: 'dialog', 'data-t-label': words }, ...inside);
    floats(opener, sheet);
    return [opener, sheet];
  }
}
