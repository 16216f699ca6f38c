/** The kinds of file beside the SVG, in the order shown; the engine makes each when it is asked for. */

/** @typedef {{ format: string, suffix: string, mime: string }} FileKind */

/** @type {{ group: string, formats: FileKind[] }[]} */
export const FORMATS = [
  {
    group: 'print',
    formats: [
      { format: 'pdf', suffix: 'pdf', mime: 'application/pdf' },
      { format: 'ai', suffix: 'ai', mime: 'application/postscript' },
      { format: 'eps', suffix: 'eps', mime: 'application/postscript' },
    ],
  },
  {
    group: 'cut',
    formats: [{ format: 'dxf', suffix: 'dxf', mime: 'image/vnd.dxf' }],
  },
  {
    group: 'mail',
    formats: [{ format: 'bimi', suffix: 'bimi.svg', mime: 'image/svg+xml' }],
  },
  {
    group: 'swatches',
    formats: [
      { format: 'ase', suffix: 'ase', mime: 'application/octet-stream' },
      { format: 'aco', suffix: 'aco', mime: 'application/octet-stream' },
      { format: 'gpl', suffix: 'gpl', mime: 'text/plain' },
      { format: 'css', suffix: 'css', mime: 'text/css' },
      { format: 'json', suffix: 'json', mime: 'application/json' },
    ],
  },
];
