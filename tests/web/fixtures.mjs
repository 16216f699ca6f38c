/** Logos to open, good and bad. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

export const LOGOS = fileURLToPath(new URL('../fixtures/logos/', import.meta.url));
export const MARKS = fileURLToPath(new URL('../fixtures/export/', import.meta.url));
export const INTAKE = fileURLToPath(new URL('../fixtures/intake/', import.meta.url));
export const HARNESS = fileURLToPath(new URL('./harness/', import.meta.url));

/** @param {string} name */
export const logo = (name) => readFile(LOGOS + name);

/**
 * A PNG of one colour; its header may claim another size than its data has.
 * @param {{ width: number, height: number, rgba: number[], claim?: number }} picture
 */
export function png({ width, height, rgba, claim }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claim ?? width, 0);
  header.writeUInt32BE(claim ?? height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const row = [0, ...Array.from({ length: width }, () => rgba).flat()];
  const rows = Buffer.from(Array.from({ length: height }, () => row).flat());
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Files that cannot be opened, each with the code of the error that it must give. */
export async function badFiles() {
  const [heron, loom, page] = await Promise.all([logo('heron.png'), logo('loom.jpg'), logo('heron.pdf')]);
  return [
    { name: 'empty.png', bytes: Buffer.alloc(0), code: 'empty' },
    { name: 'letter.png', bytes: Buffer.from('Dear sir, please find our logo attached.'), code: 'unknown-format' },
    { name: 'cut.png', bytes: heron.subarray(0, heron.length / 2), code: 'truncated' },
    { name: 'cut.jpg', bytes: loom.subarray(0, loom.length / 2), code: 'truncated' },
    { name: 'cut.pdf', bytes: page.subarray(0, 200), code: 'truncated' },
    { name: 'huge.png', bytes: png({ width: 1, height: 1, rgba: [9, 9, 9, 255], claim: 60_000 }), code: 'too-large' },
    { name: 'clear.png', bytes: png({ width: 8, height: 8, rgba: [0, 0, 0, 0] }), code: 'blank' },
  ];
}
