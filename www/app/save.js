/** Files out of the page, and in. */

/**
 * Hands a file to the browser's downloads.
 * @param {Blob} file
 * @param {string} name
 */
export function save(file, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers fetch the address a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Lets someone choose where a file goes; where browsers cannot, it is a download.
 * @param {Blob} file
 * @param {string} name
 */
export async function saveAs(file, name) {
  const choose = Reflect.get(window, 'showSaveFilePicker');
  if (!choose) return save(file, name);
  try {
    const handle = await choose.call(window, { suggestedName: name });
    const stream = await handle.createWritable();
    await stream.write(file);
    await stream.close();
  } catch (error) {
    // Closing the picker is an answer too.
    if (!(error instanceof DOMException && error.name === 'AbortError')) save(file, name);
  }
}

/**
 * A file's name without its extension.
 * @param {string} name
 */
export const stem = (name) => name.replace(/\.[^.]+$/, '') || 'logo';

/**
 * Lets someone choose a file; nothing if they do not.
 * @param {string} accept
 * @returns {Promise<File | null>}
 */
export function pick(accept) {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
