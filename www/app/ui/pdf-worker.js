/** Reads pages of PDF files off the page's thread: `pdf-picture.js` is the other side. */

import start, * as reader from '../../pkg/pdf/logopress.js';

const ready = start();

addEventListener('message', async (/** @type {MessageEvent<ArrayBuffer>} */ { data }) => {
  let svg = '';
  try {
    await ready;
    ({ svg } = JSON.parse(reader.readPage(new Uint8Array(data), undefined)));
  } catch {
    // What it cannot read has no picture; it starts afresh with the next file.
  }
  postMessage(svg);
});
