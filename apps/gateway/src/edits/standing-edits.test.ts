import type { Back } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createReturnTimes } from './return-times.ts';
import { type StandingEdit, createStandingEdits } from './standing-edits.ts';

const presence = (message: string) => ({ state: 'away' as const, subtype: 'Lunch', message });
const account = (name: string) => ({ kind: 'account' as const, name });
const BACK: Back = { at: 9_000_000, next: 'available' };

/** Standing edits over a real store; `again` opens them as a gateway does that starts on the same store. */
function standing({ last = [] }: { last?: readonly StandingEdit[] } = {}) {
  const { store, writer, clock } = openTestIdentity();
  const returnTimes = createReturnTimes({ db: store.db, writer });
  const open = (before: readonly StandingEdit[]) => {
    const edits = createStandingEdits({ last: before, returnTimes, now: () => clock.now });
    return {
      ...edits,
      write: (provider: string, message: string, by = 'rita', back: Back | null = null) =>
        edits.expect({ provider, presence: presence(message), by: account(by), back }),
    };
  };
  return { ...open(last), clock, returnTimes, again: () => open(returnTimes.list()) };
}

it('[WH5] what was written through Lampboard has its author, and anything else was set on the telephone', () => {
  const { write, attribute, clock } = standing();
  const at = clock.now;
  write('CustomPresence:1', 'rita was here');
  expect(attribute('CustomPresence:1', presence('older, still on its way'))).toBeNull();
  expect(attribute('CustomPresence:1', presence('rita was here'))).toEqual({
    by: account('rita'),
    at,
    back: null,
  });
  expect(attribute('CustomPresence:1', presence('from the telephone'))).toBeNull();
  expect(attribute('CustomPresence:1', presence('rita was here'))).toBeNull();
  write('CustomPresence:2', 'never told');
  clock.now += 60_000;
  expect(attribute('CustomPresence:2', presence('something else'))).toBeNull();
  expect(attribute('CustomPresence:2', presence('never told'))).toBeNull();
});

it('[WH5] an edit that Asterisk refused leaves the author before', () => {
  const { write, attribute } = standing();
  write('CustomPresence:1', 'rita was here');
  write('CustomPresence:1', 'refused', 'bob')?.();
  expect(attribute('CustomPresence:1', presence('rita was here'))?.by).toEqual(account('rita'));
  write('CustomPresence:2', 'refused', 'bob')?.();
  expect(attribute('CustomPresence:2', presence('refused'))).toBeNull();
});

it('[WH5] an edit of which nobody knows whether Asterisk took it leaves the author before', () => {
  const { write, attribute, clock } = standing();
  write('CustomPresence:1', 'rita was here');
  attribute('CustomPresence:1', presence('rita was here'));
  write('CustomPresence:1', 'never came', 'bob');
  clock.now += 60_000;
  expect(attribute('CustomPresence:1', presence('rita was here'))?.by).toEqual(account('rita'));
  expect(attribute('CustomPresence:1', presence('never came'))).toBeNull();
});

it('[WH5] what still stands after a restart has the author that the journal knows', () => {
  const last = { provider: 'CustomPresence:1', presence: presence('still'), by: account('rita'), at: 5 };
  const { attribute } = standing({ last: [{ ...last, back: null }] });
  expect(attribute('CustomPresence:1', presence('still'))).toEqual({
    by: account('rita'),
    at: 5,
    back: null,
  });
});

it('[RT4] a return time is kept before Asterisk is asked, and comes back with its presence after a restart', () => {
  const { write, again } = standing();
  write('CustomPresence:1', 'lunch', 'rita', BACK);
  expect(again().attribute('CustomPresence:1', presence('lunch'))).toMatchObject({ back: BACK });
});

it('[RT4] until Asterisk has told of the new presence, the return time before is kept as well', () => {
  const { write, attribute, again } = standing();
  write('CustomPresence:1', 'lunch', 'rita', BACK);
  attribute('CustomPresence:1', presence('lunch'));
  write('CustomPresence:1', 'longer lunch', 'rita', { ...BACK, at: 10_000_000 });
  expect(again().attribute('CustomPresence:1', presence('lunch'))).toMatchObject({ back: BACK });
});

it('[RT1] set on the telephone meanwhile, there is no return time any more, after a restart either', () => {
  const { write, attribute, again, returnTimes } = standing();
  write('CustomPresence:1', 'lunch', 'rita', BACK);
  attribute('CustomPresence:1', presence('lunch'));
  attribute('CustomPresence:1', presence('on the telephone'));
  expect(attribute('CustomPresence:1', presence('lunch'))).toBeNull();
  expect(returnTimes.list()).toEqual([]);
  expect(again().attribute('CustomPresence:1', presence('lunch'))).toBeNull();
});

it('[RT1] the same presence set again without a return time has none', () => {
  const { write, attribute, returnTimes } = standing();
  write('CustomPresence:1', 'lunch', 'rita', BACK);
  attribute('CustomPresence:1', presence('lunch'));
  write('CustomPresence:1', 'lunch');
  expect(attribute('CustomPresence:1', presence('lunch'))).toMatchObject({ back: null });
  expect(returnTimes.list()).toEqual([]);
});
