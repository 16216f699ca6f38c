/** The worker for Node: gives a thread the names that `worker.js` knows from browsers. */

import { parentPort } from 'node:worker_threads';

if (!parentPort) throw new Error('node-worker.js runs as a worker thread.');
const port = parentPort;
Object.assign(globalThis, {
  /** @type {(type: string, listen: (event: { data: unknown }) => void) => void} */
  addEventListener: (_, listen) => port.on('message', (data) => listen({ data })),
  /** @type {(message: unknown, options: { transfer: ArrayBuffer[] }) => void} */
  postMessage: (message, { transfer }) => port.postMessage(message, transfer),
});
await import('./worker.js');
