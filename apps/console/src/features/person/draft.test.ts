import type { Presence } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { answered, edit, hindranceOf, isSettled, rebase, send, viewOf } from './draft.ts';
import type { Said } from './said.ts';

const of = (state: Presence['state'], message = '', subtype = ''): Said => ({
  state,
  subtype,
  message,
  back: null,
});
const AWAY = of('away', 'back at two', 'Lunch');
const DND = of('dnd', 'quiet');

function dirty(patch: Partial<Said> = { message: 'back at three' }, now = AWAY) {
  const draft = edit(undefined, now, patch);
  if (draft === null) throw new Error('not dirty');
  return draft;
}

it('[ED1] without a draft the form follows Asterisk', () => {
  expect(viewOf(undefined, AWAY)).toMatchObject({ form: AWAY, dirty: false, theirs: null });
  expect(viewOf(undefined, DND)).toMatchObject({ form: DND, dirty: false, theirs: null });
});

it('[ED1] typing what was there before leaves no draft', () => {
  expect(edit(dirty(), AWAY, { message: AWAY.message })).toBeNull();
});

it('[ED2] another state keeps subtype and message in the form', () => {
  expect(viewOf(dirty({ state: 'xa' }), AWAY).form).toEqual({ ...AWAY, state: 'xa' });
});

it('[ED3] a change elsewhere while something is typed shows both versions and hinders the save', () => {
  const view = viewOf(dirty(), DND);
  expect(view).toMatchObject({ theirs: DND, form: { message: 'back at three' } });
  expect(hindranceOf(view)).toEqual({ kind: 'conflict' });
});

it('[ED3] typing goes on through a conflict, on top of the old base', () => {
  const draft = edit(dirty(), DND, { message: 'back at four' });
  expect(draft).toMatchObject({ base: AWAY, mine: { message: 'back at four' } });
});

it('[ED3] a change elsewhere that says the very same is no conflict, and settles the draft', () => {
  const draft = dirty();
  expect(viewOf(draft, draft.mine)).toMatchObject({ dirty: false, theirs: null });
  expect(isSettled(draft, draft.mine)).toBe(true);
});

it('[ED3] “Use mine” sets mine on top of theirs', () => {
  const draft = rebase(dirty(), DND);
  expect(draft).toMatchObject({ base: DND, mine: { message: 'back at three' } });
  expect(hindranceOf(viewOf(draft, DND))).toBeNull();
});

it('[ED3] a refusal that tells of a newer presence leads to the same choice before the board knows', () => {
  const draft = answered(send(dirty()), { ok: false, code: 'conflict', message: 'No.', current: DND });
  expect(viewOf(draft ?? undefined, AWAY)).toMatchObject({ theirs: DND, failure: { message: 'No.' } });
});

it('[ED4] while it is on its way nothing can be sent again, and the board’s news is no conflict', () => {
  const view = viewOf(send(dirty()), DND);
  expect(view).toMatchObject({ saving: true, theirs: null });
  expect(hindranceOf(view)).toEqual({ kind: 'saving' });
});

it('[ED4] a save that went through leaves no draft', () => {
  const draft = send(dirty());
  expect(answered(draft, { ok: true, presence: draft.mine })).toBeNull();
});

it('[ED4] what was typed while the save was on its way stays, on top of what was saved', () => {
  const sent = send(dirty());
  const typed = edit(sent, AWAY, { message: 'and more' });
  expect(typed && answered(typed, { ok: true, presence: sent.mine })).toMatchObject({
    base: sent.mine,
    mine: { message: 'and more' },
    sent: null,
  });
});

it('[ED5] a refusal keeps every character and says why; the next change takes the reason away', () => {
  const draft = answered(send(dirty()), { ok: false, code: 'refused-by-asterisk', message: 'No.' });
  expect(viewOf(draft ?? undefined, AWAY)).toMatchObject({
    form: { message: 'back at three' },
    failure: { code: 'refused-by-asterisk', message: 'No.' },
    saving: false,
  });
  expect(draft && edit(draft, AWAY, { subtype: 'x' })?.failure).toBeNull();
});

it('[ED7] a presence that was never set cannot be saved before a state is chosen', () => {
  const now = of('not_set');
  expect(hindranceOf(viewOf(dirty({ message: 'x' }, now), now))).toEqual({ kind: 'no-state' });
});

it('[TX3] what Asterisk would cut cannot be saved', () => {
  expect(hindranceOf(viewOf(dirty({ message: 'x'.repeat(800) }), AWAY))).toMatchObject({ kind: 'refused' });
});

it('[TX1] editing one field leaves the other byte for byte', () => {
  const odd = of('away', 'a\r\nb\rc\n\n', 'two\nlines');
  expect(dirty({ state: 'dnd' }, odd).mine).toEqual({ ...odd, state: 'dnd' });
});

it('[RT6] a return time comes with the state: who is there has none, others keep it until another is typed', () => {
  const base = { ...AWAY, back: { at: 5, next: null } };
  const there = edit(undefined, base, { state: 'available' });
  expect(there?.mine.back).toBeNull();
  expect(edit(there ?? undefined, base, { state: 'dnd' })?.mine.back).toEqual(base.back);
  const typed = edit(undefined, base, { back: { at: 9, next: null } });
  expect(edit(typed ?? undefined, base, { state: 'chat' })?.mine.back).toEqual({ at: 9, next: null });
});

it('[RT6] what is no return time is no reason to let go of the draft, or to save it', () => {
  const draft = edit(undefined, AWAY, { unread: '14 boxes' });
  expect(hindranceOf(viewOf(draft ?? undefined, AWAY))).toEqual({ kind: 'no-time' });
  expect(draft && edit(draft, AWAY, { back: null })).toBeNull();
});

it('[ED14] Available takes the old text away, and brings it back with another state; what was typed stays', () => {
  const there = edit(undefined, AWAY, { state: 'available' });
  expect(there?.mine).toEqual(of('available'));
  expect(edit(there ?? undefined, AWAY, { state: 'dnd' })?.mine).toEqual({ ...AWAY, state: 'dnd' });
  const typed = edit(dirty({ message: 'In room 3' }), AWAY, { state: 'available' });
  expect(typed?.mine).toEqual(of('available', 'In room 3'));
  const available = of('available', 'In room 3');
  expect(edit(undefined, available, { state: 'away' })?.mine).toEqual({ ...available, state: 'away' });
});

it('[RT15] no return time is kept with Available, typed before or after it was chosen', () => {
  const typed = edit(undefined, AWAY, { back: { at: 9, next: null } });
  const there = edit(typed ?? undefined, AWAY, { state: 'available' });
  expect(there?.mine.back).toBeNull();
  expect(edit(there ?? undefined, AWAY, { back: { at: 9, next: null } })?.mine.back).toBeNull();
  const noTime = edit(edit(undefined, AWAY, { unread: 'x' }) ?? undefined, AWAY, { state: 'available' });
  expect(noTime && hindranceOf(viewOf(noTime, AWAY))).toBeNull();
});
