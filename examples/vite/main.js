import { createEngine, preload } from 'logopress';

/** @param {string} selector @returns {any} */
const one = (selector) => document.querySelector(selector);
const [input, status, image] = [one('input'), one('[role=status]'), one('img')];

void preload();
/** @type {ReturnType<typeof createEngine> | undefined} */
let starting;

input.addEventListener('change', async () => {
  const engine = await (starting ??= createEngine());
  try {
    await engine.open(input.files[0]);
    const svg = await engine.svg();
    URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    image.hidden = false;
    const { name, threads, why } = engine.variant;
    status.textContent = `${svg.length} bytes of SVG by ${name} on ${threads}: ${why}`;
  } catch (/** @type {any} */ fault) {
    status.textContent = `${fault.message} ${fault.advice ?? ''}`;
  }
});
