/** Edits to inks and their names, as text that the engine reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { edited, goneInks, isLocked, lockedWith, parseNames, renamed, restored } =
  await import(new URL('../../www/app/ink-edits.js', import.meta.url).href);

test('an ink that is recoloured twice keeps one edit', () => {
  const once = edited('', '#e4002b', '#d0021b');
  assert.equal(once, '#e4002b=#d0021b');
  assert.equal(edited(once, '#d0021b', '#ff0000'), '#e4002b=#ff0000; #d0021b=#ff0000');
});

test('back to its own colour, an ink has no edit of its own', () => {
  assert.equal(edited('#e4002b=#d0021b', '#d0021b', '#e4002b'), '#d0021b=#e4002b');
  assert.equal(restored('#e4002b=#d0021b', '#e4002b'), '');
});

test('an ink that was merged moves with the one it was merged into', () => {
  const merged = edited('', '#111111', '#222222');
  assert.equal(edited(merged, '#222222', 'none'), '#111111=none; #222222=none');
});

test('an ink that became another is not taken for the one whose colour it had', () => {
  // The first ink is blue now; what was blue is green. Blue to red means the first alone.
  const text = '#aa0000=#0000aa; #0000aa=#00aa00';
  assert.equal(edited(text, '#0000aa', '#ff0000'), '#aa0000=#ff0000; #0000aa=#00aa00');
});

test('inks that went are listed and can be brought back', () => {
  const text = edited('#111111=#222222', '#ffffff', 'none');
  assert.deepEqual(goneInks(text), ['#ffffff']);
  assert.equal(restored(text, '#ffffff'), '#111111=#222222');
});

test('names keep their mixtures, and a name never parts the list', () => {
  const text = renamed('#e4002b=Brand Red 0/95/80/0', '#002f87', 'Blue; deep');
  assert.deepEqual([...parseNames(text)], [['#e4002b', 'Brand Red 0/95/80/0'], ['#002f87', 'Blue, deep']]);
  assert.equal(renamed(text, '#002f87', ' '), '#e4002b=Brand Red 0/95/80/0');
});

test('an ink is locked by the colours that it has without edits, and let go again', () => {
  const edits = '#e4002b=#d0021b; #111111=#d0021b';
  const locked = lockedWith(['#ffffff'], edits, '#d0021b');
  assert.deepEqual(locked, ['#ffffff', '#e4002b', '#111111', '#d0021b']);
  assert.equal(isLocked(locked, edits, '#d0021b'), true);
  assert.equal(isLocked(locked, edits, '#0f4c5c'), false);
  assert.deepEqual(lockedWith(locked, edits, '#d0021b'), ['#ffffff']);
});
