import type { ReturnTime, Presence } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderBoard } from '../../testing/render-live.tsx';
import { patchPresence, presenceOf, put, testExtension } from '../../testing/fixtures.ts';
import { useSetPresence } from './use-set-presence.ts';

const ID = '1101@default';
const BEFORE = presenceOf('available');
const AWAY = presenceOf('away', '', 'Lunch');
const RETURN_TIME: ReturnTime = { at: Date.now() + 400 * 60_000, thenState: null };

function TestButton({ onOpen }: { onOpen: (id: string) => void }) {
  const set = useSetPresence(onOpen);
  return (
    <button type="button" onClick={() => void set(ID, AWAY, RETURN_TIME)}>
      set
    </button>
  );
}

async function setup() {
  const onOpen = vi.fn<(id: string) => void>();
  const button = () => <TestButton onOpen={onOpen} />;
  const page = await renderBoard(button, [testExtension('1101')], {}, { time: Date.now() });
  const clickSet = () => page.user.click(screen.getByRole('button', { name: 'set' }));
  const confirm = (presence: Presence, returnTime: ReturnTime | null) =>
    page.happens(() => {
      page.answer({ ok: true, presence });
      page.change(patchPresence(ID, presence, returnTime));
    });
  return { ...page, clickSet, onOpen, confirm };
}

it('[ST1] warns where a change is not in the change history yet', async () => {
  const { clickSet, happens, answer } = await setup();
  await clickSet();
  await happens(() => answer({ ok: true, presence: AWAY, recorded: false }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Name 1101: saved in Asterisk, but not yet in the change history');
});

it('[ED13] shows a change made outside the editor, with Undo', async () => {
  const { user, clickSet, sentCommands, confirm } = await setup();
  await clickSet();
  expect(sentCommands).toEqual([{ id: ID, presence: AWAY, base: BEFORE, returnTime: RETURN_TIME }]);
  await confirm(AWAY, RETURN_TIME);
  expect(await screen.findByText(/^Name 1101: Away, back /u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(sentCommands.at(-1)).toEqual({ id: ID, presence: BEFORE, base: AWAY });
  await confirm(BEFORE, null);
  expect(await screen.findByText('Name 1101: Available')).toBeDefined();
});

it('[ED13] shows a failure, keeps the value as a draft, and opens the editor', async () => {
  const { user, clickSet, answer, happens, drafts, onOpen } = await setup();
  await clickSet();
  await happens(() => answer({ ok: false, code: 'refused-by-asterisk', message: 'Asterisk says no.' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Asterisk says no.');
  const local = { ...AWAY, returnTime: RETURN_TIME };
  expect(drafts.store.getState().drafts.get(ID)).toMatchObject({ local });
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(onOpen).toHaveBeenCalledWith(ID);
});

it('[ED13] keeps the editor’s draft, after success or failure', async () => {
  const { clickSet, answer, happens, drafts, confirm, sentCommands } = await setup();
  const typed = () => drafts.store.getState().drafts.get(ID);
  drafts.edit(ID, { ...BEFORE, returnTime: null }, { message: 'half a sen' });
  await clickSet();
  expect(sentCommands[0]?.presence).toEqual(AWAY);
  await happens(() => answer({ ok: false, code: 'conflict', message: 'No.', current: BEFORE }));
  expect(typed()).toMatchObject({ local: { message: 'half a sen' }, base: BEFORE });
  await clickSet();
  await confirm(AWAY, RETURN_TIME);
  await screen.findByText(/^Name 1101: Away/u);
  expect(typed()).toMatchObject({ local: { ...BEFORE, message: 'half a sen' }, base: AWAY, inFlight: null });
});

it('[ED9] cannot undo once someone has set another value, and shows that', async () => {
  const { user, clickSet, confirm, sentCommands } = await setup();
  await clickSet();
  await confirm(AWAY, RETURN_TIME);
  await screen.findByRole('button', { name: 'Undo' });
  await confirm({ ...AWAY, state: 'dnd' }, null);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(sentCommands).toHaveLength(1);
  expect(screen.getByRole('alert').textContent).toContain('changed since');
});

it('[BD37] toasts name the context where another extension has the same number', async () => {
  const { user, clickSet, happens, change, confirm } = await setup();
  const extension = testExtension('1101', { id: '1101@warehouse', context: 'warehouse' });
  await happens(() => change(put(extension)));
  await clickSet();
  await confirm(AWAY, RETURN_TIME);
  expect(await screen.findByText(/^Name 1101 \(default\): Away, back /u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await confirm(BEFORE, null);
  expect(await screen.findByText('Name 1101 (default): Available')).toBeDefined();
});
