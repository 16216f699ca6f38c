/** Building the page's elements, without markup in strings. */

/**
 * An element with properties, attributes and children. Keys with a dash, and `role`, `class` and
 * `for`, are attributes; `onclick` and the like are listeners; the rest are properties.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.includes('-') || key === 'class' || key === 'for' || key === 'role') {
      node.setAttribute(key, String(value));
    } else {
      Reflect.set(node, key, value);
    }
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...Node} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Beside the scripts, wherever those are. */
const ICONS = new URL('../icons/icons.svg', import.meta.url).href;

/**
 * One of our icons; it is decoration, the button around it carries the name.
 * @param {string} name
 */
export const icon = (name) =>
  s('svg', { class: 'glyph', 'aria-hidden': 'true' }, s('use', { href: `${ICONS}#${name}` }));

/**
 * Tells whoever listens further up that something was asked for.
 * @param {Element} from
 * @param {string} name
 * @param {unknown} [detail]
 */
export const tell = (from, name, detail) =>
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

/**
 * The first match under `root`, which must exist.
 * @template {Element} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {E}
 */
export function one(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return /** @type {E} */ (found);
}

/**
 * Adds one of our style sheets, and waits until it is in force.
 * @param {string} name
 */
export function addStyle(name) {
  const link = h('link', { rel: 'stylesheet', href: new URL(`../style/${name}.css`, import.meta.url).href });
  return new Promise((resolve) => {
    // Without a network the page does without it.
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

/**
 * Says on a button, for a moment, that what it does has been done.
 * @param {HTMLElement} button
 * @param {string} text
 */
export function acknowledge(button, text) {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => {
    if (button.textContent === text) button.textContent = before;
  }, 1500);
}
