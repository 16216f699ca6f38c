/** The kinds of vector file, in the order shown; the engine makes each when it is asked for. */

/**
 * How a card shows the file: as it is; on its page; its lines; its colours.
 * @typedef {'itself' | 'page' | 'lines' | 'colors'} Proof
 */

/**
 * `use` names the message that says what it is for, `options` the group that it alone has.
 * @typedef {{ format: string, suffix: string, mime: string, use: string, proof: Proof, options?: string }} FileKind
 */

/** @type {FileKind[]} */
export const FORMATS = [
  { format: 'svg', suffix: 'svg', mime: 'image/svg+xml', use: 'web', proof: 'itself', options: 'svg' },
  { format: 'pdf', suffix: 'pdf', mime: 'application/pdf', use: 'print', proof: 'page', options: 'page' },
  { format: 'ai', suffix: 'ai', mime: 'application/postscript', use: 'draw', proof: 'page', options: 'page' },
  { format: 'eps', suffix: 'eps', mime: 'application/postscript', use: 'older', proof: 'page', options: 'page' },
  { format: 'dxf', suffix: 'dxf', mime: 'image/vnd.dxf', use: 'cut', proof: 'lines', options: 'dxf' },
  { format: 'bimi', suffix: 'bimi.svg', mime: 'image/svg+xml', use: 'mail', proof: 'itself' },
  { format: 'ase', suffix: 'ase', mime: 'application/octet-stream', use: 'adobe', proof: 'colors' },
  { format: 'aco', suffix: 'aco', mime: 'application/octet-stream', use: 'photoshop', proof: 'colors' },
  { format: 'gpl', suffix: 'gpl', mime: 'text/plain', use: 'gimp', proof: 'colors' },
  { format: 'css', suffix: 'css', mime: 'text/css', use: 'css', proof: 'colors' },
  { format: 'json', suffix: 'json', mime: 'application/json', use: 'tokens', proof: 'colors' },
];
