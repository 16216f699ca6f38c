/**
 * The browsers under test, by one face: `goto`, `evaluate` and `close` are the same in Playwright,
 * which drives Chromium, and in Puppeteer, which drives a stock Firefox over WebDriver BiDi.
 */
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

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
