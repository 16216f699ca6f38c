/** The first page of a PDF or Illustrator file as SVG, by the reader that opens such files. */

/** @type {Worker | null} */
let worker = null;
/** A file at a time: answers have no numbers. @type {Promise<unknown>} */
let last = Promise.resolve();

/** Whether people pay for what is fetched ahead of need, as browsers say that know it. */
const frugal = () => Reflect.get(navigator, 'connection')?.saveData === true;

/**
 * @param {Blob} file
 * @returns {Promise<string>} empty if it cannot be read
 */
export function pdfPicture(file) {
  if (frugal()) return Promise.resolve('');
  const read = last.then(async () => ask(await file.arrayBuffer()));
  last = read;
  return read;
}

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
const ask = (bytes) => new Promise((resolve) => {
  worker ??= new Worker(new URL('./pdf-worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = () => {
    worker = null;
    resolve('');
  };
  worker.postMessage(bytes, [bytes]);
});
