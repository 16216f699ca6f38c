/** Archives of files, and names for what is in them. */

/**
 * A zip archive, made in a worker: checksums of many megabytes would keep the page from answering.
 * @param {import('./zip-worker.js').Entry[]} files
 * @returns {Promise<Blob>}
 */
export async function zip(files) {
  const worker = new Worker(new URL('./zip-worker.js', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message || 'The archive cannot be made.'));
      worker.postMessage(files);
    });
  } finally {
    worker.terminate();
  }
}

/**
 * Names without repeats: the second `a.svg` becomes `a 2.svg`.
 * @param {string[]} names
 */
export function unique(names) {
  /** @type {Set<string>} */
  const taken = new Set();
  return names.map((name) => {
    const [, base, extension] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? ['', name, ''];
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${base} ${n}${extension ?? ''}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
