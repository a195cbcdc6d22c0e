import type { AmiClient, AmiFailure, AmiFields, AmiResult } from '@lampboard/ami';
import type { Presence } from '@lampboard/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../clock.ts';
import { createLiveBoard } from '../pbx/live-board.ts';
import { createPresenceStore } from '../pbx/presence-store.ts';
import { createEdit } from './edit.ts';
import { createStandingEdits } from './standing-edits.ts';
import { watchStandstill } from './standstill.ts';

type AmiAction = Parameters<AmiClient['send']>[0];

const HINT = { exten: '1101', context: 'default', hint: 'PJSIP/1101,CustomPresence:1101', status: 0 };
const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };
const LUNCH: Presence = { state: 'away', subtype: 'Lunch', message: 'Back at two' };
const refused: AmiFailure = { ok: false, code: 'refused', message: 'Permission denied' };

/** An Asterisk that keeps one presence; `fail` decides which action, counted from 1, is answered how instead. */
function asterisk(fail: (action: AmiAction, count: number) => AmiResult<AmiFields> | undefined) {
  const held: Record<string, string> = { value: 'not_set', subtype: '', message: '' };
  let count = 0;
  return {
    held,
    async send(action: AmiAction): Promise<AmiResult<AmiFields>> {
      const failure = fail(action, ++count);
      if (failure !== undefined) return failure;
      if (action['Action'] === 'Setvar') {
        [held['value'] = '', held['subtype'] = '', held['message'] = ''] = (action['Value'] ?? '').split(',');
        return { ok: true, value: {} };
      }
      const field = /,(\w+),e\)$/.exec(action['Variable'] ?? '')?.[1] ?? '';
      return { ok: true, value: { value: held[field] ?? '' } };
    },
  };
}

function editorOf(ami: Pick<ReturnType<typeof asterisk>, 'send'>) {
  const board = createLiveBoard({ pbx: { version: null, demo: false }, clock: systemClock });
  const listed = {
    kind: 'listed',
    hints: [HINT],
    presences: new Map(),
    newer: new Set<string>(),
  } as const;
  board.restart({ version: null, demo: false }, [listed]);
  const standstill = watchStandstill(systemClock);
  onTestFinished(standstill.stop);
  const standingEdits = createStandingEdits({
    last: [],
    returnTimes: { replace: () => true },
    now: systemClock.now,
  });
  const edit = createEdit({
    board: board.current,
    isLive: () => true,
    store: createPresenceStore({ ami }),
    standingEdits,
    standstill,
    clock: systemClock,
  });
  const setLunch = () =>
    edit({ id: '1101@default', presence: LUNCH, base: NOT_SET }, { kind: 'account', name: 'rita' });
  return { setLunch, attributed: () => standingEdits.attribute('CustomPresence:1101', LUNCH) };
}

it.each<[string, AmiResult<AmiFields>]>([
  ['refuses to be read', refused],
  ['may not be read any more', { ...refused, code: 'permission-denied' }],
  ['does not answer any more', { ...refused, code: 'timeout' }],
  ['goes down, so that its functions are empty', { ok: true, value: {} }],
])('[WR5] an Asterisk that took the change and then %s did not refuse it', async (_, answer) => {
  let taken = false;
  const pbx = asterisk(({ Action }) => {
    if (taken) return answer;
    taken = Action === 'Setvar';
    return undefined;
  });
  const { setLunch, attributed } = editorOf(pbx);
  const reply = await setLunch();
  expect(reply).toMatchObject({ ok: false, code: 'timeout', message: expect.stringContaining('not known') });
  expect(pbx.held['value']).toBe('away');
  expect(attributed()?.by).toEqual({ kind: 'account', name: 'rita' });
});

it('[WR5] functions that end while the change is read back are not taken for another change', async () => {
  const pbx = asterisk((_, count) => (count > 5 ? { ok: true, value: {} } : undefined));
  expect(await editorOf(pbx).setLunch()).toMatchObject({ ok: false, code: 'timeout' });
});

it.each(['refused', 'permission-denied', 'invalid-action', 'not-connected'] as const)(
  '[WH6] a change that Asterisk never took (%s) is nobody’s',
  async (code) => {
    const pbx = asterisk(({ Action }) => (Action === 'Setvar' ? { ...refused, code } : undefined));
    const { setLunch, attributed } = editorOf(pbx);
    const reply = await setLunch();
    expect(reply).toMatchObject({ ok: false, message: expect.stringContaining('Nothing was changed') });
    expect(attributed()).toBeNull();
  },
);
