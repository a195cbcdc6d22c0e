import type { ExtensionRow } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { dueReturns, nextReturn } from './return-times.ts';
import { boardRow } from './testing/board-row.ts';

const rita = { kind: 'account', name: 'rita' } as const;
const rows = (...all: ExtensionRow[]) => new Map(all.map((row) => [row.id, row]));
const away = (exten: string, back: ExtensionRow['back'], more: Partial<ExtensionRow> = {}) =>
  boardRow(exten, {
    presence: { state: 'away', subtype: 'Lunch', message: '' },
    presenceBy: rita,
    back,
    ...more,
  });

it('[RT2] is due from its very moment on, and what follows takes the place of what was set with it', () => {
  const board = rows(away('1101', { at: 5000, then: 'available' }));
  expect(dueReturns(board, 4999)).toEqual([]);
  expect(dueReturns(board, 5000)).toEqual([
    {
      id: '1101@default',
      provider: 'CustomPresence:1101',
      presence: { state: 'away', subtype: 'Lunch', message: '' },
      then: 'available',
      setBy: 'rita',
    },
  ]);
  expect(dueReturns(board, 999_999)).toHaveLength(1);
});

it('[RT2] of two extensions of one person it is carried out once', () => {
  const back = { at: 5000, then: 'chat' } as const;
  const twice = { provider: 'CustomPresence:alice' };
  expect(dueReturns(rows(away('1101', back, twice), away('1102', back, twice)), 6000)).toHaveLength(1);
});

it('[RT2] without anything to follow nothing is ever due', () => {
  const board = rows(away('1101', { at: 5000, then: null }), boardRow('1102'));
  expect(dueReturns(board, 9000)).toEqual([]);
  expect(nextReturn(board)).toBeNull();
});

it('[RT2] the next one is the earliest of those with something to follow', () => {
  const board = rows(
    away('1101', { at: 3000, then: null }),
    away('1102', { at: 8000, then: 'available' }),
    away('1103', { at: 5000, then: 'available' }),
  );
  expect(nextReturn(board)).toBe(5000);
});
