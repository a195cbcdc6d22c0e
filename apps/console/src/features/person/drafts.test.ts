import type { Presence } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createDrafts } from './drafts.ts';

const AWAY: Presence = { state: 'away', subtype: '', message: 'old' };
const NEW: Presence = { ...AWAY, message: 'new' };

function saved() {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'new' });
  drafts.send('a');
  drafts.answered('a', { ok: true, presence: NEW });
  return drafts;
}

it('[ED8] keeps a draft for each extension', () => {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'for a' });
  drafts.edit('b', AWAY, { message: 'for b' });
  drafts.revert('a');
  expect([...drafts.store.getState().drafts.keys()]).toEqual(['b']);
  expect(drafts.anyDirty(() => AWAY)).toBe(true);
});

it('[ED8] a draft that Asterisk agrees with is let go of, and does not come back when Asterisk moves on', () => {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'new' });
  drafts.settle(() => NEW);
  expect(drafts.store.getState().drafts.size).toBe(0);
});

it('[ED9] undo sends what was before, on top of what was saved', () => {
  const drafts = saved();
  drafts.undo('a');
  expect(drafts.send('a')).toMatchObject({ base: NEW, mine: AWAY });
});

it('[ED9] undo is gone once somebody has set something else', () => {
  const drafts = saved();
  drafts.settle(() => NEW);
  expect(drafts.store.getState().saved.has('a')).toBe(true);
  drafts.settle(() => AWAY);
  expect(drafts.store.getState().saved.has('a')).toBe(false);
});
