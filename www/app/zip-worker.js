/**
 * Makes zip archives, off the page's thread: `zip` in `zip.js` is the other side. As APPNOTE 6.3.10 has
 * them: deflated by the browser, UTF-8 names, no dates, so the same files give the same archive.
 * Limits: below 4 GB, as no ZIP64 records are written.
 */

/** @typedef {{ name: string, content: Blob }} Entry */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 1 << 11;
const DEFLATED = 8;
/** 1 January 1980, the least date there is. */
const DATE = 0x21;

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

addEventListener('message', (/** @type {MessageEvent<Entry[]>} */ { data }) => void archive(data).then((zip) => postMessage(zip), reportError));

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * Little-endian fields, each a value and how many bytes it takes.
 * @param {[number, 2 | 4][]} fields
 */
function record(fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return view.buffer;
}

/**
 * @param {Entry[]} files
 * @returns {Promise<Blob>}
 */
async function archive(files) {
  /** @type {BlobPart[]} */
  const parts = [];
  /** @type {BlobPart[]} */
  const directory = [];
  let offset = 0;
  let directorySize = 0;
  for (const { name, content } of files) {
    const path = new TextEncoder().encode(name);
    const crc = crc32(new Uint8Array(await content.arrayBuffer()));
    const packed = await new Response(content.stream().pipeThrough(new CompressionStream('deflate-raw'))).blob();
    /** @type {[number, 2 | 4][]} */
    const common = [
      [VERSION, 2], [UTF8, 2], [DEFLATED, 2], [0, 2], [DATE, 2],
      [crc, 4], [packed.size, 4], [content.size, 4], [path.length, 2], [0, 2],
    ];
    const local = record([[LOCAL, 4], ...common]);
    parts.push(local, path, packed);
    const central = record([
      [CENTRAL, 4], [VERSION, 2], ...common,
      [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4],
    ]);
    directory.push(central, path);
    offset += local.byteLength + path.length + packed.size;
    directorySize += central.byteLength + path.length;
  }
  const end = record([
    [END, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [directorySize, 4], [offset, 4], [0, 2],
  ]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}
