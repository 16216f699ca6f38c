/** What the shop does with the logo: it takes the PDF into its order. */

/** @type {any} */
const press = document.querySelector('#themed');
const output = /** @type {HTMLOutputElement} */ (document.querySelector('output'));

press.addEventListener('logo-press-traced', async () => {
  const pdf = await press.export('pdf');
  output.textContent = `In your order: a PDF of ${pdf.length} bytes`;
});
