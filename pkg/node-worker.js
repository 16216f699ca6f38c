/** The worker for Node: gives a thread the names that `worker.js` knows from browsers. */

import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';

if (!parentPort) throw new Error('node-worker.js runs as a worker thread.');
const port = parentPort;
const { fetch } = globalThis;
Object.assign(globalThis, {
  /** @type {(type: string, listen: (event: { data: unknown }) => void) => void} */
  addEventListener: (_, listen) => port.on('message', (data) => listen({ data })),
  /** @type {(message: unknown, options: { transfer: ArrayBuffer[] }) => void} */
  postMessage: (message, { transfer }) => port.postMessage(message, transfer),
  /**
   * Node's own reads no files, such as the reader of PDF beside its script.
   * @type {(url: string | URL) => Promise<Response>}
   */
  async fetch(url) {
    const { protocol } = new URL(url);
    if (protocol !== 'file:') return fetch(url);
    return new Response(await readFile(new URL(url)), { headers: { 'Content-Type': 'application/wasm' } });
  },
});
await import('./worker.js');
