import type { ExtensionRow } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { dueReturns, plannedReturns } from './return-times.ts';
import { boardRow } from './testing/board-row.ts';

const rita = { kind: 'account', name: 'rita' } as const;
const away = (exten: string, back: ExtensionRow['back'], more: Partial<ExtensionRow> = {}) =>
  boardRow(exten, {
    presence: { state: 'away', subtype: 'Lunch', message: '' },
    presenceBy: rita,
    back,
    ...more,
  });

it('[RT2] is due from its very moment on, and what follows takes the place of what was set with it', () => {
  const planned = plannedReturns([away('1101', { at: 5000, next: 'available' })]);
  expect(dueReturns(planned, 4999)).toEqual([]);
  expect(dueReturns(planned, 5000)).toEqual([
    {
      id: '1101@default',
      provider: 'CustomPresence:1101',
      presence: { state: 'away', subtype: 'Lunch', message: '' },
      back: { at: 5000, next: 'available' },
      next: 'available',
      by: 'rita',
      since: null,
    },
  ]);
  expect(dueReturns(planned, 999_999)).toHaveLength(1);
});

it('[RT2] of two extensions of one person it is carried out once', () => {
  const back = { at: 5000, next: 'chat' } as const;
  const twice = { provider: 'CustomPresence:alice' };
  expect(plannedReturns([away('1101', back, twice), away('1102', back, twice)])).toHaveLength(1);
});

it('[RT2] without anything to follow nothing is ever due', () => {
  expect(plannedReturns([away('1101', { at: 5000, next: null }), boardRow('1102')])).toEqual([]);
});

it('[RT2] the earliest comes first, and of several only those are due whose time has come', () => {
  const planned = plannedReturns([
    away('1101', { at: 3000, next: null }),
    away('1102', { at: 8000, next: 'available' }),
    away('1103', { at: 5000, next: 'available' }),
  ]);
  expect(planned.map(({ id }) => id)).toEqual(['1103@default', '1102@default']);
  expect(dueReturns(planned, 7999).map(({ id }) => id)).toEqual(['1103@default']);
});
