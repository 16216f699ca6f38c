/** The polylines of a DXF file of release 12, for showing the file as it is. */

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */

/**
 * @param {string} text
 * @returns {{ box: Box, paths: string }} path data; y points up
 */
export function dxfLines(text) {
  const lines = text.split(/\r?\n/);
  const box = { left: Infinity, right: -Infinity, top: -Infinity, bottom: Infinity };
  let paths = '';
  let entity = '';
  let closed = false;
  let x = 0;
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const code = Number(lines[at]);
    const value = lines[at + 1].trim();
    if (code === 0) {
      if (entity === 'VERTEX' && value === 'SEQEND' && closed) paths += 'z';
      if (value === 'POLYLINE') paths += 'M';
      entity = value;
    } else if (entity === 'POLYLINE' && code === 70) {
      closed = (Number(value) & 1) === 1;
    } else if (entity === 'VERTEX' && code === 10) {
      x = Number(value);
    } else if (entity === 'VERTEX' && code === 20) {
      const y = Number(value);
      paths += `${x} ${y} `;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.bottom = Math.min(box.bottom, y);
      box.top = Math.max(box.top, y);
    }
  }
  return { box: Number.isFinite(box.left) ? box : { left: 0, right: 1, top: 1, bottom: 0 }, paths };
}
