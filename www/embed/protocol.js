/**
 * What a page that embeds the press and the frame with the press in it say to each other; for
 * people it is described in docs/embedding.md. Every message is an object with `logopress: 1`, the
 * version of this protocol, and a `type`. Each side takes messages from the other's window and
 * origin alone, and sends to that origin alone.
 */

export const VERSION = 1;

/**
 * `hello` comes first and may come again. A request with a number is answered with that number.
 * @typedef {(
 *   | { type: 'hello', formats: string[], lang: string, theme: { [name: string]: string }, preset: string }
 *   | { type: 'open', id: number, name: string, bytes: ArrayBuffer }
 *   | { type: 'trace', id: number, options?: import('../pkg/protocol.js').Options }
 *   | { type: 'export', id: number, format: string, options?: import('../pkg/protocol.js').ExportOptions }
 * )} FromHost
 */

/**
 * `ready` tells that the frame listens; `event` is dispatched on the element, its name after `logo-press-`.
 * @typedef {(
 *   | { type: 'ready', build: string, isolated: boolean }
 *   | { type: 'size', heightPx: number }
 *   | { type: 'result', id: number, value: unknown }
 *   | { type: 'fault', id: number, fault: import('../pkg/protocol.js').Fault }
 *   | { type: 'event', name: 'opened' | 'traced' | 'saved' | 'fault' | 'engine', detail: unknown }
 * )} FromFrame
 */

/** Parts of the look that a page may set, by what follows `--logo-press-`. */
export const THEME = /** @type {const} */ ({
  page: 'color',
  panel: 'color',
  line: 'color',
  text: 'color',
  quiet: 'color',
  accent: 'color',
  'on-accent': 'color',
  radius: 'border-radius',
});
