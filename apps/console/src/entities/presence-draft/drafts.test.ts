import { expect, it } from 'vitest';
import { createDrafts } from './drafts.ts';
import type { PresenceValue } from '../presence/presence-value.ts';

const AWAY: PresenceValue = { state: 'away', subtype: '', message: 'old', returnTime: null };
const NEW: PresenceValue = { ...AWAY, message: 'new' };

function saved() {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'new' });
  drafts.send('a');
  drafts.applyReply('a', { ok: true, presence: NEW });
  return drafts;
}

it('[ED8] keeps a draft for each extension', () => {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'for a' });
  drafts.edit('b', AWAY, { message: 'for b' });
  drafts.revert('a');
  expect([...drafts.store.getState().drafts.keys()]).toEqual(['b']);
  expect(drafts.hasDirtyDrafts(() => AWAY)).toBe(true);
});

it('[ED8] drops a draft that equals Asterisk’s value, for good', () => {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'new' });
  drafts.reconcile(() => NEW);
  expect(drafts.store.getState().drafts.size).toBe(0);
});

it('[ED9] undo sends the previous value, based on the saved one', () => {
  const drafts = saved();
  expect(drafts.undo('a', NEW, 0)?.inFlight).toMatchObject({ base: NEW, value: AWAY });
});

it('[ED9] an undo can be redone, and undone again', () => {
  const drafts = saved();
  const kind = () => drafts.store.getState().lastActions.get('a')?.kind;
  drafts.undo('a', NEW, 0);
  drafts.applyReply('a', { ok: true, presence: AWAY });
  expect(kind()).toBe('undone');
  expect(drafts.undo('a', AWAY, 0)?.inFlight).toMatchObject({ base: AWAY, value: NEW });
  drafts.applyReply('a', { ok: true, presence: NEW });
  expect(kind()).toBe('redone');
});

it('[ED17] later edits are kept by an undo, and are a save of their own', () => {
  const drafts = saved();
  drafts.edit('a', NEW, { message: 'newer' });
  drafts.undo('a', NEW, 0);
  drafts.applyReply('a', { ok: true, presence: AWAY });
  expect(drafts.store.getState().drafts.get('a')).toMatchObject({ base: AWAY, local: { message: 'newer' } });
  drafts.send('a');
  drafts.applyReply('a', { ok: true, presence: { ...NEW, message: 'newer' } });
  expect(drafts.store.getState().lastActions.get('a')).toMatchObject({ kind: 'saved', before: AWAY });
});

it('[KB10] ten changes can be undone; a new change clears redo', () => {
  const drafts = createDrafts();
  const valueOf = (count: number): PresenceValue => ({ ...AWAY, message: String(count) });
  const save = (count: number) => {
    drafts.sendValue('a', valueOf(count - 1), valueOf(count));
    drafts.applyReply('a', { ok: true, presence: valueOf(count) });
  };
  for (let count = 1; count <= 12; count += 1) save(count);
  const { undo } = drafts.store.getState();
  expect([undo.length, undo[0]?.after.message]).toEqual([10, '3']);
  drafts.undo('a', valueOf(12), 0);
  drafts.applyReply('a', { ok: true, presence: valueOf(11) });
  expect(drafts.store.getState()).toMatchObject({ undo: { length: 9 }, redo: { length: 1 } });
  save(12);
  expect(drafts.store.getState()).toMatchObject({ undo: { length: 10 }, redo: { length: 0 } });
});

it('[ED12] a revert can be undone until the next edit', () => {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'new' });
  drafts.revert('a');
  drafts.reconcile(() => AWAY);
  expect(drafts.undo('a', AWAY, 0)).toBeUndefined();
  expect(drafts.store.getState().drafts.get('a')).toMatchObject({ base: AWAY, local: NEW, inFlight: null });
  drafts.revert('a');
  drafts.edit('a', AWAY, { message: 'other' });
  expect(drafts.store.getState().lastActions.has('a')).toBe(false);
});

it('[ED9] undo is dropped once someone sets another value', () => {
  const drafts = saved();
  drafts.reconcile(() => NEW);
  expect(drafts.store.getState().lastActions.has('a')).toBe(true);
  drafts.reconcile(() => AWAY);
  expect(drafts.store.getState().lastActions.has('a')).toBe(false);
});

it('[KN6] a draft stays with its extension when another number becomes the extension’s id', () => {
  const drafts = saved();
  drafts.edit('a', NEW, { message: 'newer' });
  drafts.edit('c', AWAY, { message: 'for c' });
  const sent = drafts.send('c');
  drafts.setAliases(
    new Map([
      ['a', 'b'],
      ['c', 'd'],
    ]),
  );
  const { drafts: byId, lastActions, undo } = drafts.store.getState();
  expect([...byId.keys()]).toEqual(['b', 'd']);
  expect(byId.get('b')?.local.message).toBe('newer');
  expect(lastActions.has('b')).toBe(true);
  expect(undo.map(({ id }) => id)).toEqual(['b']);
  drafts.applyReply('c', { ok: true, presence: { ...AWAY, message: 'for c' } });
  expect(sent?.inFlight).not.toBeNull();
  expect([...drafts.store.getState().drafts.keys()]).toEqual(['b']);
});

it('[KN6] of two drafts for numbers of one extension, the one for its id is kept', () => {
  const drafts = createDrafts();
  drafts.edit('a', AWAY, { message: 'for a' });
  drafts.edit('b', AWAY, { message: 'for b' });
  drafts.setAliases(new Map([['b', 'a']]));
  expect([...drafts.store.getState().drafts].map(([id, { local }]) => [id, local.message])).toEqual([
    ['a', 'for a'],
  ]);
});
