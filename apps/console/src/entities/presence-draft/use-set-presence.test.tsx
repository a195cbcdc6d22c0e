import type { ReturnTime, Presence } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { testExtension, snapshotWith } from '../../testing/fixtures.ts';
import { createDrafts } from './drafts.ts';
import { DraftsProvider } from './drafts-context.tsx';
import { useSetPresence } from './use-set-presence.ts';

afterEach(cleanup);

const ID = '1101@default';
const BEFORE: Presence = { state: 'available', subtype: '', message: '' };
const AWAY: Presence = { state: 'away', subtype: 'Lunch', message: '' };
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
  const drafts = createDrafts();
  const onOpen = vi.fn<(id: string) => void>();
  const page = renderLive(() => (
    <DraftsProvider drafts={drafts}>
      <TestButton onOpen={onOpen} />
    </DraftsProvider>
  ));
  await page.happens(() => page.open(snapshotWith([testExtension('1101')], { time: Date.now() })));
  const user = userEvent.setup();
  /** Confirms the command and updates the board. */
  const confirm = (presence: Presence, returnTime: ReturnTime | null) =>
    page.happens(() => {
      page.answer({ ok: true, presence });
      const seq = (page.live.store.getState().board?.seq ?? 0) + 1;
      const changes = [
        {
          table: 'extensions',
          op: 'patch',
          id: ID,
          fields: { presence, presenceSetAt: 0, presenceSetBy: null, returnTime },
        },
      ];
      page.delta({ epoch: 'e1', seq, changes });
    });
  return { ...page, user, drafts, onOpen, confirm };
}

it('[ST1] warns where a change is not in the change history yet', async () => {
  const { user, happens, answer } = await setup();
  await user.click(screen.getByRole('button', { name: 'set' }));
  await happens(() => answer({ ok: true, presence: AWAY, recorded: false }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Name 1101: saved in Asterisk, but not yet in the change history');
});

it('[ED13] shows a change made outside the editor, with Undo', async () => {
  const { user, sentCommands, confirm } = await setup();
  await user.click(screen.getByRole('button', { name: 'set' }));
  expect(sentCommands).toEqual([{ id: ID, presence: AWAY, base: BEFORE, returnTime: RETURN_TIME }]);
  await confirm(AWAY, RETURN_TIME);
  expect(await screen.findByText(/^Name 1101: Away, back /u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(sentCommands.at(-1)).toEqual({ id: ID, presence: BEFORE, base: AWAY });
  await confirm(BEFORE, null);
  expect(await screen.findByText('Name 1101: Available')).toBeDefined();
});

it('[ED13] shows a failure, keeps the value as a draft, and opens the editor', async () => {
  const { user, answer, happens, drafts, onOpen } = await setup();
  await user.click(screen.getByRole('button', { name: 'set' }));
  await happens(() => answer({ ok: false, code: 'refused-by-asterisk', message: 'Asterisk says no.' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Asterisk says no.');
  expect(drafts.store.getState().drafts.get(ID)).toMatchObject({
    local: { ...AWAY, returnTime: RETURN_TIME },
  });
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(onOpen).toHaveBeenCalledWith(ID);
});

it('[ED13] keeps the editor’s draft, after success or failure', async () => {
  const { user, answer, happens, drafts, confirm, sentCommands } = await setup();
  const typed = () => drafts.store.getState().drafts.get(ID);
  drafts.edit(ID, { ...BEFORE, returnTime: null }, { message: 'half a sen' });
  await user.click(screen.getByRole('button', { name: 'set' }));
  expect(sentCommands[0]?.presence).toEqual(AWAY);
  await happens(() => answer({ ok: false, code: 'conflict', message: 'No.', current: BEFORE }));
  expect(typed()).toMatchObject({ local: { message: 'half a sen' }, base: BEFORE });
  await user.click(screen.getByRole('button', { name: 'set' }));
  await confirm(AWAY, RETURN_TIME);
  await screen.findByText(/^Name 1101: Away/u);
  expect(typed()).toMatchObject({ local: { ...BEFORE, message: 'half a sen' }, base: AWAY, inFlight: null });
});

it('[ED9] cannot undo once someone has set another value, and shows that', async () => {
  const { user, confirm, sentCommands } = await setup();
  await user.click(screen.getByRole('button', { name: 'set' }));
  await confirm(AWAY, RETURN_TIME);
  await screen.findByRole('button', { name: 'Undo' });
  await confirm({ ...AWAY, state: 'dnd' }, null);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(sentCommands).toHaveLength(1);
  expect(screen.getByRole('alert').textContent).toContain('changed since');
});

it('[BD37] toasts name the context where another extension has the same number', async () => {
  const { user, happens, delta, confirm } = await setup();
  const extension = testExtension('1101', { id: '1101@warehouse', context: 'warehouse' });
  await happens(() =>
    delta({ epoch: 'e1', seq: 1, changes: [{ table: 'extensions', op: 'put', row: extension }] }),
  );
  await user.click(screen.getByRole('button', { name: 'set' }));
  await confirm(AWAY, RETURN_TIME);
  expect(await screen.findByText(/^Name 1101 \(default\): Away, back /u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await confirm(BEFORE, null);
  expect(await screen.findByText('Name 1101 (default): Available')).toBeDefined();
});
