import { expect, it } from 'vitest';
import { matchShortcut } from './shortcuts.ts';
import { nextIndex } from './grid-navigation.ts';

const key = (name: string, ctrlKey = false) =>
  matchShortcut('board', { key: name, ctrlKey, metaKey: false, altKey: false, shiftKey: false });
const POSITION = { index: 4, count: 11, columns: 3, page: 2 };

it.each([
  ['ArrowLeft', 4, 3],
  ['ArrowRight', 4, 5],
  ['ArrowUp', 4, 1],
  ['ArrowDown', 4, 7],
  ['ArrowDown', 8, 10],
  ['ArrowDown', 9, null],
  ['ArrowUp', 1, null],
  ['ArrowLeft', 0, null],
  ['ArrowRight', 10, null],
  ['Home', 4, 3],
  ['End', 4, 5],
  ['End', 10, 10],
  ['PageDown', 4, 10],
  ['PageUp', 10, 4],
  ['x', 4, null],
])('[KB1] %s from index %d moves to %s', (name, index, to) => {
  expect(nextIndex(key(name), { ...POSITION, index })).toBe(to);
});

it('[KB1] Ctrl+Home and Ctrl+End move to the first and the last tile', () => {
  expect(nextIndex(key('Home', true), POSITION)).toBe(0);
  expect(nextIndex(key('End', true), POSITION)).toBe(10);
});
