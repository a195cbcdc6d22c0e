import type { Back, Presence } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../live/testing/render-live.tsx';
import { rowOf } from '../../live/testing/row-of.ts';
import { snapshotWith } from '../../live/testing/snapshot-with.ts';
import { createDrafts } from './drafts.ts';
import { DraftsProvider } from './drafts-context.tsx';
import { useQuickSet } from './use-quick-set.ts';

afterEach(cleanup);

const ID = '1101@default';
const BEFORE: Presence = { state: 'available', subtype: '', message: '' };
const AWAY: Presence = { state: 'away', subtype: 'Lunch', message: '' };
const BACK: Back = { at: Date.now() + 400 * 60_000, next: null };

function Palette({ onOpen }: { onOpen: (id: string) => void }) {
  const set = useQuickSet(onOpen);
  return (
    <button type="button" onClick={() => void set(ID, AWAY, BACK)}>
      set
    </button>
  );
}

async function opened() {
  const drafts = createDrafts();
  const onOpen = vi.fn<(id: string) => void>();
  const page = renderLive(() => (
    <DraftsProvider drafts={drafts}>
      <Palette onOpen={onOpen} />
    </DraftsProvider>
  ));
  await page.happens(() => page.open(snapshotWith([rowOf('1101')], { time: Date.now() })));
  const user = userEvent.setup();
  /** Asterisk takes what was asked, and the board shows it. */
  const taken = (presence: Presence, back: Back | null) =>
    page.happens(() => {
      page.answer({ ok: true, presence });
      const seq = (page.live.store.getState().board?.seq ?? 0) + 1;
      const changes = [{ kind: 'presence', id: ID, presence, since: 0, by: null, back }];
      page.frame({ epoch: 'e1', seq, changes });
    });
  return { ...page, user, drafts, onOpen, taken };
}

it('[ST1] what is set and not written down yet says so', async () => {
  const { user, happens, answer } = await opened();
  await user.click(screen.getByRole('button', { name: 'set' }));
  await happens(() => answer({ ok: true, presence: AWAY, recorded: false }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Name 1101: saved in Asterisk, but not in the list of edits yet');
});

it('[ED13] what was set from outside the editor is told, and one click takes it back', async () => {
  const { user, asked, taken } = await opened();
  await user.click(screen.getByRole('button', { name: 'set' }));
  expect(asked).toEqual([{ id: ID, presence: AWAY, base: BEFORE, back: BACK }]);
  await taken(AWAY, BACK);
  expect(await screen.findByText(/^Name 1101: Away, back /u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(asked.at(-1)).toEqual({ id: ID, presence: BEFORE, base: AWAY });
  await taken(BEFORE, null);
  expect(await screen.findByText('Name 1101: Available')).toBeDefined();
});

it('[ED13] what was refused is told, waits in the editor, and one click leads there', async () => {
  const { user, answer, happens, drafts, onOpen } = await opened();
  await user.click(screen.getByRole('button', { name: 'set' }));
  await happens(() => answer({ ok: false, code: 'refused-by-asterisk', message: 'Asterisk says no.' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Asterisk says no.');
  expect(drafts.store.getState().drafts.get(ID)).toMatchObject({ mine: { ...AWAY, back: BACK } });
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(onOpen).toHaveBeenCalledWith(ID);
});

it('[ED13] what was typed in the editor stays as it was, saved or refused', async () => {
  const { user, answer, happens, drafts, taken, asked } = await opened();
  const typed = () => drafts.store.getState().drafts.get(ID);
  drafts.edit(ID, { ...BEFORE, back: null }, { message: 'half a sen' });
  await user.click(screen.getByRole('button', { name: 'set' }));
  expect(asked[0]?.presence).toEqual(AWAY);
  await happens(() => answer({ ok: false, code: 'conflict', message: 'No.', current: BEFORE }));
  expect(typed()).toMatchObject({ mine: { message: 'half a sen' }, base: BEFORE });
  await user.click(screen.getByRole('button', { name: 'set' }));
  await taken(AWAY, BACK);
  await screen.findByText(/^Name 1101: Away/u);
  expect(typed()).toMatchObject({ mine: { ...BEFORE, message: 'half a sen' }, base: AWAY, sent: null });
});

it('[ED9] undo is gone once somebody has set something else, and says so', async () => {
  const { user, taken, asked } = await opened();
  await user.click(screen.getByRole('button', { name: 'set' }));
  await taken(AWAY, BACK);
  await screen.findByRole('button', { name: 'Undo' });
  await taken({ ...AWAY, state: 'dnd' }, null);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(asked).toHaveLength(1);
  expect(screen.getByRole('alert').textContent).toContain('changed since');
});

it('[BD37] a notice names the context, with Undo too, where another one has the number', async () => {
  const { user, happens, frame, taken } = await opened();
  const row = rowOf('1101', { id: '1101@warehouse', context: 'warehouse' });
  await happens(() => frame({ epoch: 'e1', seq: 1, changes: [{ kind: 'put', row }] }));
  await user.click(screen.getByRole('button', { name: 'set' }));
  await taken(AWAY, BACK);
  expect(await screen.findByText(/^Name 1101 \(default\): Away, back /u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await taken(BEFORE, null);
  expect(await screen.findByText('Name 1101 (default): Available')).toBeDefined();
});
