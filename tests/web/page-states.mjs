/** The page in each of its states, for tests that look at all of them. */
import { readFile } from 'node:fs/promises';

import { badFiles, INTAKE, logo } from './fixtures.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ name: string, enter: (page: Page) => Promise<unknown>, narrow?: boolean }} State */

/**
 * Opens files by the page's own input, and waits until the first of them is traced.
 * @param {Page} page
 * @param {...string} names
 */
export async function openLogos(page, ...names) {
  const files = await Promise.all(names.map(async (name) => ({
    name, mimeType: name.endsWith('.jpg') ? 'image/jpeg' : 'image/png', buffer: await logo(name),
  })));
  await page.setInputFiles('drop-zone input[type=file]', files);
  await page.waitForSelector('html[data-state=ready]');
  // All cards have their weight once every file has been made.
  await page.waitForFunction(() => [...document.querySelectorAll('.card h3 .quiet')].length > 0 &&
    [...document.querySelectorAll('.card h3 .quiet')].every((weight) => weight.textContent));
}

/** @type {State[]} */
export const STATES = [
  { name: 'first', enter: async () => {} },
  { name: 'open', enter: (page) => openLogos(page, 'heron.png') },
  {
    name: 'ink',
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.locator('.inks .ink').first().click();
    },
  },
  {
    name: 'options',
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.getByRole('button', { name: 'All files' }).click();
    },
  },
  {
    name: 'kit',
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.click('#tab-kit');
    },
  },
  {
    name: 'plates',
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.click('#tab-plates');
    },
  },
  {
    name: 'batch',
    enter: async (page) => {
      await openLogos(page, 'heron.png', 'loom.jpg');
      await page.waitForFunction(() => document.querySelectorAll('batch-list li.done').length === 2);
    },
  },
  {
    name: 'error',
    enter: async (page) => {
      const [bad] = await badFiles();
      await page.setInputFiles('drop-zone input[type=file]', { name: bad.name, mimeType: 'image/png', buffer: bad.bytes });
      await page.waitForSelector('.fault');
    },
  },
  {
    name: 'notes',
    enter: async (page) => {
      const buffer = await readFile(`${INTAKE}cmyk.jpg`);
      await page.setInputFiles('drop-zone input[type=file]', { name: 'cmyk.jpg', mimeType: 'image/jpeg', buffer });
      await page.waitForSelector('html[data-state=ready] file-notes li');
    },
  },
  {
    name: 'figures',
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.locator('details.figures summary').click();
      await page.waitForSelector('figure-table tbody tr');
    },
  },
  {
    name: 'offline',
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.context().setOffline(true);
      await page.waitForFunction(() => document.querySelector('site-note [role=status]')?.textContent);
    },
  },
  { name: 'keys', enter: (page) => page.getByRole('button', { name: 'Shortcuts' }).click() },
  {
    name: 'narrow-trace',
    narrow: true,
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.click('#tab-trace');
    },
  },
  {
    name: 'narrow-files',
    narrow: true,
    enter: async (page) => {
      await openLogos(page, 'heron.png');
      await page.click('#tab-files');
    },
  },
];
