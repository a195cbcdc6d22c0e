import { type Extension, extensionId } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { dueReturnTimes, scheduledReturns } from './return-times.ts';
import { testExtension } from '../testing/test-extension.ts';

const rita = { kind: 'account', name: 'rita' } as const;
const away = (exten: string, returnTime: Extension['returnTime'], overrides: Partial<Extension> = {}) =>
  testExtension(exten, {
    presence: { state: 'away', subtype: 'Lunch', message: '' },
    presenceSetBy: rita,
    returnTime,
    ...overrides,
  });

it('[RT2] is due from the return time on, with the state that follows', () => {
  const scheduled = scheduledReturns([away('1101', { at: 5000, thenState: 'available' })]);
  expect(dueReturnTimes(scheduled, 4999)).toEqual([]);
  expect(dueReturnTimes(scheduled, 5000)).toEqual([
    {
      id: '1101@default',
      provider: 'CustomPresence:1101',
      presence: { state: 'away', subtype: 'Lunch', message: '' },
      returnTime: { at: 5000, thenState: 'available' },
      thenState: 'available',
      actorName: 'rita',
      setAt: null,
    },
  ]);
  expect(dueReturnTimes(scheduled, 999_999)).toHaveLength(1);
});

it('[RT2] two extensions of one provider have one scheduled return', () => {
  const returnTime = { at: 5000, thenState: 'chat' } as const;
  const sharedProvider = { provider: 'CustomPresence:alice' };
  expect(
    scheduledReturns([away('1101', returnTime, sharedProvider), away('1102', returnTime, sharedProvider)]),
  ).toHaveLength(1);
});

it('[PB5] providers of the same name at two PBXs have a scheduled return each', () => {
  const returnTime = { at: 5000, thenState: 'chat' } as const;
  const ids = ['north', 'south'].map((pbxId) => extensionId('1101', 'default', pbxId));
  const scheduled = scheduledReturns(ids.map((id) => away('1101', returnTime, { id })));
  expect(scheduled.map(({ id }) => id)).toEqual(ids);
});

it('[RT2] without a next state nothing is ever due', () => {
  expect(scheduledReturns([away('1101', { at: 5000, thenState: null }), testExtension('1102')])).toEqual([]);
});

it('[RT2] sorts by time, and only past return times are due', () => {
  const scheduled = scheduledReturns([
    away('1101', { at: 3000, thenState: null }),
    away('1102', { at: 8000, thenState: 'available' }),
    away('1103', { at: 5000, thenState: 'available' }),
  ]);
  expect(scheduled.map(({ id }) => id)).toEqual(['1103@default', '1102@default']);
  expect(dueReturnTimes(scheduled, 7999).map(({ id }) => id)).toEqual(['1103@default']);
});
