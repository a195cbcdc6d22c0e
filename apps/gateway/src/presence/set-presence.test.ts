import { LIVE_PBX, fullList } from '../board/testing/fake-board.ts';
import type { AmiClient, AmiFailure, AmiFields, AmiResult } from '@lampboard/ami';
import type { Presence } from '@lampboard/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { createLiveBoard } from '../board/live-board.ts';
import { createPresenceFunction } from '../asterisk/presence-function.ts';
import { createEditPresence } from './set-presence.ts';
import { createAttributionTracker } from './attribution.ts';
import { startPauseDetector } from '../platform/pause-detector.ts';

type AmiAction = Parameters<AmiClient['send']>[0];

const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };
const LUNCH: Presence = { state: 'away', subtype: 'Lunch', message: 'Back at two' };
const rejected: AmiFailure = { ok: false, code: 'rejected', message: 'Permission denied' };

/** Asterisk that holds one presence; `fail` may return another response to an action, counted from 1. */
function fakeAsterisk(fail: (action: AmiAction, count: number) => AmiResult<AmiFields> | undefined) {
  const stored: Record<string, string> = { value: 'not_set', subtype: '', message: '' };
  let count = 0;
  return {
    stored,
    async send(action: AmiAction): Promise<AmiResult<AmiFields>> {
      const failure = fail(action, ++count);
      if (failure !== undefined) return failure;
      if (action['Action'] === 'Setvar') {
        const { Value = '' } = action;
        [stored['value'] = '', stored['subtype'] = '', stored['message'] = ''] = Value.split(',');
        return { ok: true, value: {} };
      }
      const field = /,(\w+),e\)$/.exec(action['Variable'] ?? '')?.[1] ?? '';
      return { ok: true, value: { value: stored[field] ?? '' } };
    },
  };
}

function setup(ami: Pick<ReturnType<typeof fakeAsterisk>, 'send'>) {
  const board = createLiveBoard({ pbxs: [LIVE_PBX], clock: systemClock });
  board.reset(LIVE_PBX, [fullList()]);
  const pauseDetector = startPauseDetector(systemClock);
  onTestFinished(pauseDetector.stop);
  const attribution = createAttributionTracker({
    lastEdits: [],
    returnTimeStore: { replace: () => true },
    now: systemClock.now,
  });
  const editPresence = createEditPresence({
    board: board.current,
    isLive: () => true,
    presenceFunction: createPresenceFunction({ ami }),
    attribution,
    pauseDetector,
    clock: systemClock,
  });
  const setLunch = () =>
    editPresence({ id: '1101@default', presence: LUNCH, base: NOT_SET }, { kind: 'account', name: 'rita' });
  return { setLunch, getAttribution: () => attribution.findAttribution('CustomPresence:1101', LUNCH) };
}

it.each<[string, AmiResult<AmiFields>]>([
  ['rejects the read', rejected],
  ['denies permission to read', { ...rejected, code: 'permission-denied' }],
  ['stops responding', { ...rejected, code: 'timeout' }],
  ['shuts down, so that its functions are empty', { ok: true, value: {} }],
])('[WR5] an Asterisk that accepted the change and then %s did not reject it', async (_, response) => {
  let isWritten = false;
  const pbx = fakeAsterisk(({ Action }) => {
    if (isWritten) return response;
    isWritten = Action === 'Setvar';
    return undefined;
  });
  const { setLunch, getAttribution } = setup(pbx);
  const reply = await setLunch();
  expect(reply).toMatchObject({ ok: false, code: 'timeout', message: expect.stringContaining('not known') });
  expect(pbx.stored['value']).toBe('away');
  expect(getAttribution()?.actor).toEqual({ kind: 'account', name: 'rita' });
});

it('[WR5] empty functions during the read back are not taken for another change', async () => {
  const pbx = fakeAsterisk((_, count) => (count > 5 ? { ok: true, value: {} } : undefined));
  expect(await setup(pbx).setLunch()).toMatchObject({ ok: false, code: 'timeout' });
});

it.each(['rejected', 'permission-denied', 'invalid-action', 'not-connected'] as const)(
  '[WH6] a change that Asterisk rejected (%s) has no actor',
  async (code) => {
    const pbx = fakeAsterisk(({ Action }) => (Action === 'Setvar' ? { ...rejected, code } : undefined));
    const { setLunch, getAttribution } = setup(pbx);
    const reply = await setLunch();
    expect(reply).toMatchObject({ ok: false, message: expect.stringContaining('Nothing was changed') });
    expect(getAttribution()).toBeNull();
  },
);
