import { expect, it } from 'vitest';
import { matchShortcut } from './shortcuts.ts';
import { evenLines, lineOf, nextIndex } from './grid-navigation.ts';

const key = (name: string, ctrlKey = false) =>
  matchShortcut('board', { key: name, ctrlKey, metaKey: false, altKey: false, shiftKey: false });
const POSITION = { index: 4, count: 11, lines: evenLines(11, 3), page: 2 };

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

it('[BR8] arrows keep the column from section to section, and go to the end of a shorter line', () => {
  const lines = [0, 3, 4, 7, 9];
  const from = (name: string, index: number) => nextIndex(key(name), { index, count: 10, lines, page: 2 });
  expect([0, 2, 3, 6, 8, 9].map((index) => lineOf(lines, index))).toEqual([0, 0, 1, 2, 3, 4]);
  expect([2, 3, 5, 6, 8].map((index) => from('ArrowDown', index))).toEqual([3, 4, 8, 8, 9]);
  expect([9, 8, 6, 3].map((index) => from('ArrowUp', index))).toEqual([7, 5, 3, 0]);
  expect([from('Home', 6), from('End', 4), from('PageUp', 8), from('PageDown', 1)]).toEqual([4, 6, 3, 5]);
});
