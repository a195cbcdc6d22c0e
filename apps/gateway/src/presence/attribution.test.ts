import type { ReturnTime } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createReturnTimeStore } from './return-time-store.ts';
import type { AttributedEdit } from './presence-log.ts';
import { createAttributionTracker } from './attribution.ts';

const presence = (message: string) => ({ state: 'away' as const, subtype: 'Lunch', message });
const account = (name: string) => ({ kind: 'account' as const, name });
const RETURN_TIME: ReturnTime = { at: 9_000_000, thenState: 'available' };

/** Creates a tracker over a real store; `reopen` creates one as after a restart. */
function setup({ last = [] }: { last?: readonly AttributedEdit[] } = {}) {
  const { store, writer, clock } = openTestAuth();
  const returnTimeStore = createReturnTimeStore({ db: store.db, writer, pbxId: '' });
  const open = (before: readonly AttributedEdit[]) => {
    const edits = createAttributionTracker({ lastEdits: before, returnTimeStore, now: () => clock.now });
    const write = (provider: string, message: string, name = 'rita', returnTime: ReturnTime | null = null) =>
      edits.expectEcho({ provider, presence: presence(message), actor: account(name), returnTime });
    return { ...edits, write };
  };
  return { ...open(last), clock, returnTimeStore, reopen: () => open(returnTimeStore.list()) };
}

it('[WH5] a presence set through Lampboard has its actor, and any other was set on the phone', () => {
  const { write, findAttribution, clock } = setup();
  const setAt = clock.now;
  write('CustomPresence:1', 'rita was here');
  expect(findAttribution('CustomPresence:1', presence('older, still on its way'))).toBeNull();
  const ritas = { actor: account('rita'), setAt, returnTime: null };
  expect(findAttribution('CustomPresence:1', presence('rita was here'))).toEqual(ritas);
  expect(findAttribution('CustomPresence:1', presence('from the phone'))).toBeNull();
  expect(findAttribution('CustomPresence:1', presence('rita was here'))).toBeNull();
  write('CustomPresence:2', 'never reported');
  clock.now += 60_000;
  expect(findAttribution('CustomPresence:2', presence('something else'))).toBeNull();
  expect(findAttribution('CustomPresence:2', presence('never reported'))).toBeNull();
});

it('[WH5] an edit that Asterisk rejected leaves the previous actor', () => {
  const { write, findAttribution } = setup();
  write('CustomPresence:1', 'rita was here');
  write('CustomPresence:1', 'refused', 'bob')?.();
  expect(findAttribution('CustomPresence:1', presence('rita was here'))?.actor).toEqual(account('rita'));
  write('CustomPresence:2', 'refused', 'bob')?.();
  expect(findAttribution('CustomPresence:2', presence('refused'))).toBeNull();
});

it('[WH5] an edit with an unknown outcome leaves the previous actor', () => {
  const { write, findAttribution, clock } = setup();
  write('CustomPresence:1', 'rita was here');
  findAttribution('CustomPresence:1', presence('rita was here'));
  write('CustomPresence:1', 'never came', 'bob');
  clock.now += 60_000;
  expect(findAttribution('CustomPresence:1', presence('rita was here'))?.actor).toEqual(account('rita'));
  expect(findAttribution('CustomPresence:1', presence('never came'))).toBeNull();
});

it('[WH5] a presence unchanged since a restart has the actor of the log', () => {
  const last = { actor: account('rita'), setAt: 5, returnTime: null };
  const still = { provider: 'CustomPresence:1', presence: presence('still') };
  const { findAttribution } = setup({ last: [{ ...still, ...last }] });
  expect(findAttribution(still.provider, still.presence)).toEqual(last);
});

it('[RT4] a return time is stored before the presence is written, and is restored with it after a restart', () => {
  const { write, reopen } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  const found = reopen().findAttribution('CustomPresence:1', presence('lunch'));
  expect(found).toMatchObject({ returnTime: RETURN_TIME });
});

it('[RT4] the previous return time is kept until Asterisk reports the new presence', () => {
  const { write, findAttribution, reopen } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  findAttribution('CustomPresence:1', presence('lunch'));
  write('CustomPresence:1', 'longer lunch', 'rita', { ...RETURN_TIME, at: 10_000_000 });
  const found = reopen().findAttribution('CustomPresence:1', presence('lunch'));
  expect(found).toMatchObject({ returnTime: RETURN_TIME });
});

it('[RT1] a presence set on the phone removes the return time, after a restart too', () => {
  const { write, findAttribution, reopen, returnTimeStore } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  findAttribution('CustomPresence:1', presence('lunch'));
  findAttribution('CustomPresence:1', presence('on the phone'));
  expect(findAttribution('CustomPresence:1', presence('lunch'))).toBeNull();
  expect(returnTimeStore.list()).toEqual([]);
  expect(reopen().findAttribution('CustomPresence:1', presence('lunch'))).toBeNull();
});

it('[RT1] the same presence set again without a return time has none', () => {
  const { write, findAttribution, returnTimeStore } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  findAttribution('CustomPresence:1', presence('lunch'));
  write('CustomPresence:1', 'lunch');
  expect(findAttribution('CustomPresence:1', presence('lunch'))).toMatchObject({ returnTime: null });
  expect(returnTimeStore.list()).toEqual([]);
});

it('[RT2] without its next state a presence keeps its return time, after a restart too', () => {
  const { write, findAttribution, clearNextState, reopen } = setup();
  write('CustomPresence:1', 'lunch', 'rita', RETURN_TIME);
  clearNextState('CustomPresence:1');
  const returnTime = { ...RETURN_TIME, thenState: null };
  expect(findAttribution('CustomPresence:1', presence('lunch'))).toMatchObject({ returnTime });
  expect(reopen().findAttribution('CustomPresence:1', presence('lunch'))).toMatchObject({ returnTime });
});
