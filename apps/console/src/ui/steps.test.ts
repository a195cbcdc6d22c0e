import { expect, it } from 'vitest';
import { boundKey } from './keys.ts';
import { stepOf } from './steps.ts';

const key = (name: string, ctrlKey = false) =>
  boundKey('board', { key: name, ctrlKey, metaKey: false, altKey: false, shiftKey: false });
const AT = { index: 4, count: 11, columns: 3, page: 2 };

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
])('[KB1] %s from place %d leads to %s', (name, index, to) => {
  expect(stepOf(key(name), { ...AT, index })).toBe(to);
});

it('[KB1] Ctrl+Home and Ctrl+End lead to the first and the last tile', () => {
  expect(stepOf(key('Home', true), AT)).toBe(0);
  expect(stepOf(key('End', true), AT)).toBe(10);
});
