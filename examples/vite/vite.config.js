/** What the package needs of Vite, and the headers that give it threads. */

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default {
  base: './',
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['logopress'] },
  server: { headers: isolation },
  preview: { headers: isolation },
};
