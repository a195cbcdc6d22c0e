import type { Presence } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { applyReply, edit, findSaveBlocker, isReconciled, rebase, send, toView } from './draft.ts';
import type { PresenceValue } from '../presence/current-presence.ts';

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

it('[ED1] without a draft the form follows Asterisk', () => {
  expect(toView(undefined, AWAY)).toMatchObject({ form: AWAY, dirty: false, remote: null });
  expect(toView(undefined, DND)).toMatchObject({ form: DND, dirty: false, remote: null });
});

it('[ED1] typing what was there before leaves no draft', () => {
  expect(edit(dirty(), AWAY, { message: AWAY.message })).toBeNull();
});

it('[ED2] another state keeps subtype and message in the form', () => {
  expect(toView(dirty({ state: 'xa' }), AWAY).form).toEqual({ ...AWAY, state: 'xa' });
});

it('[ED3] a change elsewhere while something is typed shows both versions and hinders the save', () => {
  const view = toView(dirty(), DND);
  expect(view).toMatchObject({ remote: DND, form: { message: 'back at three' } });
  expect(findSaveBlocker(view)).toEqual({ kind: 'conflict' });
});

it('[ED3] typing goes on through a conflict, on top of the old base', () => {
  const draft = edit(dirty(), DND, { message: 'back at four' });
  expect(draft).toMatchObject({ base: AWAY, local: { message: 'back at four' } });
});

it('[ED3] a change elsewhere that says the very same is no conflict, and settles the draft', () => {
  const draft = dirty();
  expect(toView(draft, draft.local)).toMatchObject({ dirty: false, remote: null });
  expect(isReconciled(draft, draft.local)).toBe(true);
});

it('[ED3] “Use mine” sets mine on top of theirs', () => {
  const draft = rebase(dirty(), DND);
  expect(draft).toMatchObject({ base: DND, local: { message: 'back at three' } });
  expect(findSaveBlocker(toView(draft, DND))).toBeNull();
});

it('[ED3] a refusal that tells of a newer presence leads to the same choice before the board knows', () => {
  const draft = applyReply(send(dirty()), { ok: false, code: 'conflict', message: 'No.', current: DND });
  expect(toView(draft ?? undefined, AWAY)).toMatchObject({ remote: DND, failure: { message: 'No.' } });
});

it('[ED4] while it is on its way nothing can be sent again, and the board’s news is no conflict', () => {
  const view = toView(send(dirty()), DND);
  expect(view).toMatchObject({ saving: true, remote: null });
  expect(findSaveBlocker(view)).toEqual({ kind: 'saving' });
});

it('[ED4] a save that went through leaves no draft', () => {
  const draft = send(dirty());
  expect(applyReply(draft, { ok: true, presence: draft.local })).toBeNull();
});

it('[ED4] what was typed while the save was on its way stays, on top of what was saved', () => {
  const inFlight = send(dirty());
  const typed = edit(inFlight, AWAY, { message: 'and more' });
  expect(typed && applyReply(typed, { ok: true, presence: inFlight.local })).toMatchObject({
    base: inFlight.local,
    local: { message: 'and more' },
    inFlight: null,
  });
});

it('[ED5] a refusal keeps every character and says why; the next change takes the reason away', () => {
  const draft = applyReply(send(dirty()), { ok: false, code: 'refused-by-asterisk', message: 'No.' });
  expect(toView(draft ?? undefined, AWAY)).toMatchObject({
    form: { message: 'back at three' },
    failure: { code: 'refused-by-asterisk', message: 'No.' },
    saving: false,
  });
  expect(draft && edit(draft, AWAY, { subtype: 'x' })?.failure).toBeNull();
});

it('[ED7] a presence that was never set cannot be saved before a state is chosen', () => {
  const current = valueOf('not_set');
  expect(findSaveBlocker(toView(dirty({ message: 'x' }, current), current))).toEqual({ kind: 'no-state' });
});

it('[TX3] what Asterisk would cut cannot be saved', () => {
  expect(findSaveBlocker(toView(dirty({ message: 'x'.repeat(800) }), AWAY))).toMatchObject({
    kind: 'invalid',
  });
});

it('[TX1] editing one field leaves the other byte for byte', () => {
  const odd = valueOf('away', 'a\r\nb\rc\n\n', 'two\nlines');
  expect(dirty({ state: 'dnd' }, odd).local).toEqual({ ...odd, state: 'dnd' });
});

it('[RT6] a return time comes with the state: who is there has none, others keep it until another is typed', () => {
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

it('[RT6] what is no return time is no reason to let go of the draft, or to save it', () => {
  const draft = edit(undefined, AWAY, { invalidTime: '14 boxes' });
  expect(findSaveBlocker(toView(draft ?? undefined, AWAY))).toEqual({ kind: 'invalid-return-time' });
  expect(draft && edit(draft, AWAY, { returnTime: null })).toBeNull();
});

it('[ED14] Available takes the old text away, and brings it back with another state; what was typed stays', () => {
  const available = edit(undefined, AWAY, { state: 'available' });
  expect(available?.local).toEqual(valueOf('available'));
  expect(edit(available ?? undefined, AWAY, { state: 'dnd' })?.local).toEqual({ ...AWAY, state: 'dnd' });
  const typed = edit(dirty({ message: 'In room 3' }), AWAY, { state: 'available' });
  expect(typed?.local).toEqual(valueOf('available', 'In room 3'));
  const before = valueOf('available', 'In room 3');
  expect(edit(undefined, before, { state: 'away' })?.local).toEqual({ ...before, state: 'away' });
});

it('[RT15] no return time is kept with Available, typed before or after it was chosen', () => {
  const typed = edit(undefined, AWAY, { returnTime: { at: 9, thenState: null } });
  const available = edit(typed ?? undefined, AWAY, { state: 'available' });
  expect(available?.local.returnTime).toBeNull();
  expect(
    edit(available ?? undefined, AWAY, { returnTime: { at: 9, thenState: null } })?.local.returnTime,
  ).toBeNull();
  const noTime = edit(edit(undefined, AWAY, { invalidTime: 'x' }) ?? undefined, AWAY, { state: 'available' });
  expect(noTime && findSaveBlocker(toView(noTime, AWAY))).toBeNull();
});
