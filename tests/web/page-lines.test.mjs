/** A drawing that is mostly lines is offered to be traced as line art, and is lines then. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { app } from './app.mjs';

const site = app({ isolated: true });

/** A tick and a ring, or a disc, on white. @param {import('playwright-core').Page} page @param {boolean} disc */
async function drop(page, disc) {
  await page.evaluate(async (disc) => {
    const canvas = new OffscreenCanvas(400, 300);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, 400, 300);
    pen.lineWidth = 16;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.fillStyle = '#123';
    pen.strokeStyle = '#123';
    pen.beginPath();
    pen.moveTo(40, 150);
    pen.lineTo(90, 200);
    pen.lineTo(180, 90);
    pen.stroke();
    pen.beginPath();
    pen.arc(300, 150, 60, 0, 2 * Math.PI);
    if (disc) pen.fill();
    else pen.stroke();
    const detail = [new File([await canvas.convertToBlob()], 'lines.png', { type: 'image/png' })];
    document.querySelector('drop-zone')?.dispatchEvent(new CustomEvent('files', { bubbles: true, detail }));
  }, disc);
  // All presets have been tried.
  await page.waitForFunction(() => [...document.querySelectorAll('.presets img')].every((img) => !(/** @type {HTMLImageElement} */ (img).hidden)), undefined, { timeout: 30_000 });
}

test('line art is offered where most is lines', async () => {
  const { page, close } = await site.open({ viewport: { width: 1440, height: 900 } });
  const offer = page.getByRole('button', { name: 'Drawn in lines: trace as line art' });
  await drop(page, true);
  assert.equal(await offer.isVisible(), false, 'a disc is no line');
  await drop(page, false);
  await offer.waitFor();
  await offer.click();
  await page.locator('html[data-state=ready] logo-canvas [stroke-linecap=round]').first().waitFor({ state: 'attached' });
  assert.equal(await page.locator('.presets input[value=line-art]').isChecked(), true);
  assert.equal(await offer.isVisible(), false);
  await close();
});
