/**
 * Stands in for `pkg/worker.js` and fails with threads in the way that its folder's name says;
 * without threads it works.
 */
const failure = location.pathname.split('/').at(-2);
const about = { version: failure, specs: {}, defaults: {} };
let threads;

addEventListener('message', ({ data }) => {
  if (data.type === 'start') {
    threads = data.threads;
    const alone = threads === 'never';
    if (failure === 'no-start' && !alone) return postMessage({ type: 'starting' });
    if (failure === 'no-load') throw new Error('cannot load');
    globalThis.alarm = new BroadcastChannel(data.alarm);
    const variant = { name: alone ? 'st' : 'mt', threads: alone ? 1 : 2, why: '' };
    return postMessage({ type: 'ready', variant, about });
  }
  if (threads !== 'never' || failure === 'always-trap') {
    if (failure === 'hang') return undefined;
    if (failure === 'thread-panic') return globalThis.alarm.postMessage('panicked at src/x.rs:1');
    return postMessage({ type: 'broken', why: 'RuntimeError: unreachable' });
  }
  const value = new TextEncoder().encode(`${data.args[0]} by ${failure}`);
  postMessage({ type: 'result', value });
});
