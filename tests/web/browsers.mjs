/**
 * The browsers under test, by one face: `goto`, `evaluate` and `close` are the same in Playwright,
 * which drives Chromium, in Puppeteer, which drives a stock Firefox over WebDriver BiDi, and in what
 * is made here of Selenium, which drives WebKit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { Builder, Capabilities } from 'selenium-webdriver';

/** A browser's path. @param {string} name */
export function program(name) {
  const path = process.env[name];
  if (!path) throw new Error(`Set ${name} to the path of the browser, or run cargo xtask test.`);
  return path;
}

/**
 * @typedef {object} Page
 * @property {(url: string) => Promise<unknown>} goto
 * @property {<A, R>(run: (arg: A) => R, arg: A) => Promise<Awaited<R>>} evaluate
 */

/** Chromium's sandbox does not start for root, as in most containers. */
export const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

export const launchChromium = () =>
  chromium.launch({ executablePath: program('CHROMIUM'), args: CHROMIUM_FLAGS });

export const launchFirefox = () =>
  puppeteer.launch({ browser: 'firefox', executablePath: program('FIREFOX'), headless: true });

/** A port that nobody listens at. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** WebKit as GTK's programs have it, which leaves shared memory out. */
export const launchWebKit = () => webKit({});

/** WebKit with shared memory, as Safari has it. */
export const launchWebKitSharing = () => webKit({ JSC_useSharedArrayBuffer: '1' });

/** WebKit for GTK, on a screen of its own that nobody sees. @param {NodeJS.ProcessEnv} variables */
async function webKit(variables) {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
  const port = await freePort();
  const env = { ...process.env, ...variables, DISPLAY: `:${String(display).trim()}` };
  const service = spawn(program('WEBKIT_DRIVER'), [`--port=${port}`], { env, stdio: 'ignore' });
  const end = () => {
    service.kill();
    screen.kill();
  };
  try {
    const capabilities = new Capabilities({ browserName: 'MiniBrowser' });
    const builder = new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities);
    const driver = await builder.disableEnvironmentOverrides().build();
    await driver.manage().setTimeouts({ script: 120_000 });
    /** @type {Page} */
    const page = {
      goto: (url) => driver.get(url),
      evaluate: async (run, arg) => {
        const { value, fault } = /** @type {any} */ (await driver.executeAsyncScript(
          `const [arg, done] = arguments;
          Promise.resolve().then(() => (${run})(arg)).then((value) => done({ value }), (fault) => done({ fault: String(fault) }));`,
          arg,
        ));
        if (fault) throw new Error(fault);
        return value;
      },
    };
    return { newPage: async () => page, close: () => driver.quit().finally(end) };
  } catch (fault) {
    end();
    throw fault;
  }
}
