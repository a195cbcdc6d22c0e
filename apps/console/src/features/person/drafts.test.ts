import { expect, it } from 'vitest';
import { createDrafts } from './drafts.ts';
import type { Said } from './said.ts';

const AWAY: Said = { state: 'away', subtype: '', message: 'old', back: null };
const NEW: Said = { ...AWAY, message: 'new' };

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
  expect(drafts.takeBack('a', NEW, 0)?.sent).toMatchObject({ base: NEW, said: AWAY });
});

it('[ED9] what was undone can be done again, and undone once more', () => {
  const drafts = saved();
  const kind = () => drafts.store.getState().done.get('a')?.kind;
  drafts.takeBack('a', NEW, 0);
  drafts.answered('a', { ok: true, presence: AWAY });
  expect(kind()).toBe('undone');
  expect(drafts.takeBack('a', AWAY, 0)?.sent).toMatchObject({ base: AWAY, said: NEW });
  drafts.answered('a', { ok: true, presence: NEW });
  expect(kind()).toBe('redone');
});

it('[ED17] what was typed since stays when a save is undone, and is no undo when it is saved itself', () => {
  const drafts = saved();
  drafts.edit('a', NEW, { message: 'newer' });
  drafts.takeBack('a', NEW, 0);
  drafts.answered('a', { ok: true, presence: AWAY });
  expect(drafts.store.getState().drafts.get('a')).toMatchObject({ base: AWAY, mine: { message: 'newer' } });
  drafts.send('a');
  drafts.answered('a', { ok: true, presence: { ...NEW, message: 'newer' } });
  expect(drafts.store.getState().done.get('a')).toMatchObject({ kind: 'saved', before: AWAY });
});

it('[KB10] ten changes can be undone; a new one leaves nothing to redo', () => {
  const drafts = createDrafts();
  const said = (times: number): Said => ({ ...AWAY, message: String(times) });
  const save = (times: number) => {
    drafts.sendAtOnce('a', said(times - 1), said(times));
    drafts.answered('a', { ok: true, presence: said(times) });
  };
  for (let times = 1; times <= 12; times += 1) save(times);
  const { undo } = drafts.store.getState();
  expect([undo.length, undo[0]?.after.message]).toEqual([10, '3']);
  drafts.takeBack('a', said(12), 0);
  drafts.answered('a', { ok: true, presence: said(11) });
  expect(drafts.store.getState()).toMatchObject({ undo: { length: 9 }, redo: { length: 1 } });
  save(12);
  expect(drafts.store.getState()).toMatchObject({ undo: { length: 10 }, redo: { length: 0 } });
});

it('[ED12] what was reverted can be brought back, until the next edit', () => {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'new' });
  drafts.revert('a');
  drafts.settle(() => AWAY);
  expect(drafts.takeBack('a', AWAY, 0)).toBeUndefined();
  expect(drafts.store.getState().drafts.get('a')).toMatchObject({ base: AWAY, mine: NEW, sent: null });
  drafts.revert('a');
  drafts.edit('a', AWAY, { message: 'other' });
  expect(drafts.store.getState().done.has('a')).toBe(false);
});

it('[ED9] undo is gone once somebody has set something else', () => {
  const drafts = saved();
  drafts.settle(() => NEW);
  expect(drafts.store.getState().done.has('a')).toBe(true);
  drafts.settle(() => AWAY);
  expect(drafts.store.getState().done.has('a')).toBe(false);
});
