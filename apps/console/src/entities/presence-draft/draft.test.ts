import type { Presence } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { applyReply, edit, findSaveBlocker, isReconciled, rebase, send, toView } from './draft.ts';
import type { PresenceValue } from '../presence/presence-value.ts';

const valueOf = (state: Presence['state'], message = '', subtype = ''): PresenceValue => ({
  state,
  subtype,
  message,
  returnTime: null,
});
const AWAY = valueOf('away', 'back at two', 'Lunch');
const DND = valueOf('dnd', 'quiet');

function dirty(patch: Partial<PresenceValue> = { message: 'back at three' }, current = AWAY) {
  const draft = edit(undefined, current, patch);
  if (draft === null) throw new Error('not dirty');
  return draft;
}

it('[ED1] the form shows Asterisk’s value without a draft', () => {
  expect(toView(undefined, AWAY)).toMatchObject({ form: AWAY, dirty: false, remote: null });
  expect(toView(undefined, DND)).toMatchObject({ form: DND, dirty: false, remote: null });
});

it('[ED1] typing the original value removes the draft', () => {
  expect(edit(dirty(), AWAY, { message: AWAY.message })).toBeNull();
});

it('[ED2] a change of state keeps subtype and message', () => {
  expect(toView(dirty({ state: 'xa' }), AWAY).form).toEqual({ ...AWAY, state: 'xa' });
});

it('[ED3] a remote change during editing shows both versions and blocks saving', () => {
  const view = toView(dirty(), DND);
  expect(view).toMatchObject({ remote: DND, form: { message: 'back at three' } });
  expect(findSaveBlocker(view)).toEqual({ kind: 'conflict' });
});

it('[ED3] editing continues during a conflict, on the old base', () => {
  const draft = edit(dirty(), DND, { message: 'back at four' });
  expect(draft).toMatchObject({ base: AWAY, local: { message: 'back at four' } });
});

it('[ED3] an equal remote change is no conflict, and reconciles the draft', () => {
  const draft = dirty();
  expect(toView(draft, draft.local)).toMatchObject({ dirty: false, remote: null });
  expect(isReconciled(draft, draft.local)).toBe(true);
});

it('[ED3] “Use mine” rebases the draft on the remote value', () => {
  const draft = rebase(dirty(), DND);
  expect(draft).toMatchObject({ base: DND, local: { message: 'back at three' } });
  expect(findSaveBlocker(toView(draft, DND))).toBeNull();
});

it('[ED3] a conflict failure offers the same choice before the board is updated', () => {
  const draft = applyReply(send(dirty()), { ok: false, code: 'conflict', message: 'No.', current: DND });
  expect(toView(draft ?? undefined, AWAY)).toMatchObject({ remote: DND, failure: { message: 'No.' } });
});

it('[ED4] while a save is in flight, saving is blocked and board changes are no conflict', () => {
  const view = toView(send(dirty()), DND);
  expect(view).toMatchObject({ saving: true, remote: null });
  expect(findSaveBlocker(view)).toEqual({ kind: 'saving' });
});

it('[ED4] a successful save removes the draft', () => {
  const draft = send(dirty());
  expect(applyReply(draft, { ok: true, presence: draft.local })).toBeNull();
});

it('[ED4] edits during a save are kept, based on the saved value', () => {
  const inFlight = send(dirty());
  const typed = edit(inFlight, AWAY, { message: 'and more' });
  expect(typed && applyReply(typed, { ok: true, presence: inFlight.local })).toMatchObject({
    base: inFlight.local,
    local: { message: 'and more' },
    inFlight: null,
  });
});

it('[ED5] a failure keeps the text and shows the reason until the next edit', () => {
  const draft = applyReply(send(dirty()), { ok: false, code: 'refused-by-asterisk', message: 'No.' });
  expect(toView(draft ?? undefined, AWAY)).toMatchObject({
    form: { message: 'back at three' },
    failure: { code: 'refused-by-asterisk', message: 'No.' },
    saving: false,
  });
  expect(draft && edit(draft, AWAY, { subtype: 'x' })?.failure).toBeNull();
});

it('[ED7] a presence that was never set needs a state before saving', () => {
  const current = valueOf('not_set');
  expect(findSaveBlocker(toView(dirty({ message: 'x' }, current), current))).toEqual({ kind: 'no-state' });
});

it('[TX3] a text that Asterisk would truncate cannot be saved', () => {
  expect(findSaveBlocker(toView(dirty({ message: 'x'.repeat(800) }), AWAY))).toMatchObject({
    kind: 'invalid',
  });
});

it('[TX1] editing one field leaves the others unchanged byte for byte', () => {
  const odd = valueOf('away', 'a\r\nb\rc\n\n', 'two\nlines');
  expect(dirty({ state: 'dnd' }, odd).local).toEqual({ ...odd, state: 'dnd' });
});

it('[RT6] the return time follows the state: none with available, otherwise kept until another is typed', () => {
  const base = { ...AWAY, returnTime: { at: 5, thenState: null } };
  const available = edit(undefined, base, { state: 'available' });
  expect(available?.local.returnTime).toBeNull();
  expect(edit(available ?? undefined, base, { state: 'dnd' })?.local.returnTime).toEqual(base.returnTime);
  const typed = edit(undefined, base, { returnTime: { at: 9, thenState: null } });
  expect(edit(typed ?? undefined, base, { state: 'chat' })?.local.returnTime).toEqual({
    at: 9,
    thenState: null,
  });
});

it('[RT6] an invalid return time keeps the draft and blocks saving', () => {
  const draft = edit(undefined, AWAY, { invalidTime: '14 boxes' });
  expect(findSaveBlocker(toView(draft ?? undefined, AWAY))).toEqual({ kind: 'invalid-return-time' });
  expect(draft && edit(draft, AWAY, { returnTime: null })).toBeNull();
});

it('[ED14] Available clears the old texts, and another state restores them; typed texts are kept', () => {
  const available = edit(undefined, AWAY, { state: 'available' });
  expect(available?.local).toEqual(valueOf('available'));
  expect(edit(available ?? undefined, AWAY, { state: 'dnd' })?.local).toEqual({ ...AWAY, state: 'dnd' });
  const typed = edit(dirty({ message: 'In room 3' }), AWAY, { state: 'available' });
  expect(typed?.local).toEqual(valueOf('available', 'In room 3'));
  const before = valueOf('available', 'In room 3');
  expect(edit(undefined, before, { state: 'away' })?.local).toEqual({ ...before, state: 'away' });
});

it('[RT15] Available has no return time, typed before or after it was chosen', () => {
  const typed = edit(undefined, AWAY, { returnTime: { at: 9, thenState: null } });
  const available = edit(typed ?? undefined, AWAY, { state: 'available' });
  expect(available?.local.returnTime).toBeNull();
  expect(
    edit(available ?? undefined, AWAY, { returnTime: { at: 9, thenState: null } })?.local.returnTime,
  ).toBeNull();
  const invalidTime = edit(edit(undefined, AWAY, { invalidTime: 'x' }) ?? undefined, AWAY, {
    state: 'available',
  });
  expect(invalidTime && findSaveBlocker(toView(invalidTime, AWAY))).toBeNull();
});
