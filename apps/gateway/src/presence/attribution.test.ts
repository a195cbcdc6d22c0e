import type { ReturnTime } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createReturnTimeStore } from './return-time-store.ts';
import type { AttributedEdit } from './presence-log.ts';
import { createAttributionTracker } from './attribution.ts';

const presence = (message: string) => ({ state: 'away' as const, subtype: 'Lunch', message });
const account = (name: string) => ({ kind: 'account' as const, name });
const RETURN_TIME: ReturnTime = { at: 9_000_000, thenState: 'available' };

/** Standing edits over a real store; `again` opens them as a gateway does that starts on the same store. */
function setup({ last = [] }: { last?: readonly AttributedEdit[] } = {}) {
  const { store, writer, clock } = openTestAuth();
  const returnTimeStore = createReturnTimeStore({ db: store.db, writer });
  const open = (before: readonly AttributedEdit[]) => {
    const edits = createAttributionTracker({ lastEdits: before, returnTimeStore, now: () => clock.now });
    return {
      ...edits,
      write: (
        provider: string,
        message: string,
        accountName = 'rita',
        returnTime: ReturnTime | null = null,
      ) =>
        edits.expectEcho({ provider, presence: presence(message), actor: account(accountName), returnTime }),
    };
  };
  return { ...open(last), clock, returnTimeStore, reopen: () => open(returnTimeStore.list()) };
}

it('[WH5] what was written through Lampboard has its author, and anything else was set on the telephone', () => {
  const { write, findAttribution: attribute, clock } = setup();
  const setAt = clock.now;
  write('CustomPresence:1', 'rita was here');
  expect(attribute('CustomPresence:1', presence('older, still on its way'))).toBeNull();
  expect(attribute('CustomPresence:1', presence('rita was here'))).toEqual({
    actor: account('rita'),
    setAt,
    returnTime: null,
  });
  expect(attribute('CustomPresence:1', presence('from the telephone'))).toBeNull();
  expect(attribute('CustomPresence:1', presence('rita was here'))).toBeNull();
  write('CustomPresence:2', 'never told');
  clock.now += 60_000;
  expect(attribute('CustomPresence:2', presence('something else'))).toBeNull();
  expect(attribute('CustomPresence:2', presence('never told'))).toBeNull();
});

it('[WH5] an edit that Asterisk refused leaves the author before', () => {
  const { write, findAttribution: attribute } = setup();
  write('CustomPresence:1', 'rita was here');
  write('CustomPresence:1', 'refused', 'bob')?.();
  expect(attribute('CustomPresence:1', presence('rita was here'))?.actor).toEqual(account('rita'));
  write('CustomPresence:2', 'refused', 'bob')?.();
  expect(attribute('CustomPresence:2', presence('refused'))).toBeNull();
});

it('[WH5] an edit of which nobody knows whether Asterisk took it leaves the author before', () => {
  const { write, findAttribution: attribute, clock } = setup();
  write('CustomPresence:1', 'rita was here');
  attribute('CustomPresence:1', presence('rita was here'));
  write('CustomPresence:1', 'never came', 'bob');
  clock.now += 60_000;
  expect(attribute('CustomPresence:1', presence('rita was here'))?.actor).toEqual(account('rita'));
  expect(attribute('CustomPresence:1', presence('never came'))).toBeNull();
});

it('[WH5] what still stands after a restart has the author that the journal knows', () => {
  const last = {
    provider: 'CustomPresence:1',
    presence: presence('still'),
    actor: account('rita'),
    setAt: 5,
  };
  const { findAttribution: attribute } = setup({ last: [{ ...last, returnTime: null }] });
  expect(attribute('CustomPresence:1', presence('still'))).toEqual({
    actor: account('rita'),
    setAt: 5,
    returnTime: null,
  });
});

it('[RT4] a return time is kept before Asterisk is asked, and comes back with its presence after a restart', () => {
  const { write, reopen } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  expect(reopen().findAttribution('CustomPresence:1', presence('lunch'))).toMatchObject({
    returnTime: RETURN_TIME,
  });
});

it('[RT4] until Asterisk has told of the new presence, the return time before is kept as well', () => {
  const { write, findAttribution: attribute, reopen } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  attribute('CustomPresence:1', presence('lunch'));
  write('CustomPresence:1', 'longer lunch', 'rita', { ...RETURN_TIME, at: 10_000_000 });
  expect(reopen().findAttribution('CustomPresence:1', presence('lunch'))).toMatchObject({
    returnTime: RETURN_TIME,
  });
});

it('[RT1] set on the telephone meanwhile, there is no return time any more, after a restart either', () => {
  const { write, findAttribution: attribute, reopen, returnTimeStore } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  attribute('CustomPresence:1', presence('lunch'));
  attribute('CustomPresence:1', presence('on the telephone'));
  expect(attribute('CustomPresence:1', presence('lunch'))).toBeNull();
  expect(returnTimeStore.list()).toEqual([]);
  expect(reopen().findAttribution('CustomPresence:1', presence('lunch'))).toBeNull();
});

it('[RT1] the same presence set again without a return time has none', () => {
  const { write, findAttribution: attribute, returnTimeStore } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  attribute('CustomPresence:1', presence('lunch'));
  write('CustomPresence:1', 'lunch');
  expect(attribute('CustomPresence:1', presence('lunch'))).toMatchObject({ returnTime: null });
  expect(returnTimeStore.list()).toEqual([]);
});
