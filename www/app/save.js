/** Getting files out of the page. */

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
 * A file's name without its extension.
 * @param {string} name
 */
export const stem = (name) => name.replace(/\.[^.]+$/, '') || 'logo';
