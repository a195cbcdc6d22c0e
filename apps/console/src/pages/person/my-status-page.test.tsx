import { type PresenceChange, type Me, SETTABLE_STATES } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { testExtension, snapshotWith } from '../../testing/fixtures.ts';
import { createDrafts } from '../../entities/presence-draft/drafts.ts';
import { DraftsProvider } from '../../entities/presence-draft/drafts-context.tsx';
import { MyStatus } from './my-status-page.tsx';

afterEach(cleanup);

const BEFORE = { state: 'available', subtype: '', message: '' } as const;
const changeTo = (message: string, result: PresenceChange['result'] = 'ok'): PresenceChange => ({
  actor: 'alice',
  isScheduled: false,
  timestamp: 0,
  from: BEFORE,
  to: { state: 'away', subtype: '', message },
  returnTime: null,
  result,
});

async function setup(me: Me = { ...RITA, role: 'user' }, presenceChanges: readonly PresenceChange[] = []) {
  const gateway = createFakeGateway();
  gateway.stub('POST /api/commands/list-presence-changes', { reply: { ok: true, value: presenceChanges } });
  const onSelect = vi.fn<(id: string) => void>();
  const page = renderLive(
    () => (
      <DraftsProvider drafts={createDrafts()}>
        <MyStatus me={me} id={me.extensions[0] ?? null} onSelect={onSelect} statusMessage={null} />
      </DraftsProvider>
    ),
    { me, gateway },
  );
  await page.happens(() => page.open(snapshotWith([testExtension('1101'), testExtension('1102')])));
  return { ...page, onSelect, user: userEvent.setup() };
}

it('[ME1] two taps set a state: the state and Save', async () => {
  const { user, sentCommands } = await setup();
  expect(within(screen.getByRole('radiogroup', { name: 'Presence' })).getAllByRole('radio')).toHaveLength(
    SETTABLE_STATES.length,
  );
  await user.click(screen.getByRole('radio', { name: 'Do not disturb' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(sentCommands).toEqual([{ id: '1101@default', presence: { ...BEFORE, state: 'dnd' }, base: BEFORE }]);
});

it('[ED14] Available clears texts and return time, another state carries them over', async () => {
  const away = { state: 'away', subtype: 'Holiday', message: 'Until Friday' } as const;
  const { user, sentCommands, happens, open } = await setup();
  await happens(() => open(snapshotWith([testExtension('1101', { presence: away })])));
  await user.click(screen.getByRole('radio', { name: 'Do not disturb' }));
  expect(screen.getByRole('button', { name: 'Clear text' })).toBeDefined();
  await user.click(screen.getByRole('radio', { name: 'Available' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(sentCommands).toEqual([{ id: '1101@default', presence: BEFORE, base: away }]);
});

it('[ME1] several extensions have a picker', async () => {
  const { user, onSelect } = await setup({ ...RITA, extensions: ['1101@default', '1102@default'] });
  await user.click(screen.getByRole('button', { name: '1102 Name 1102' }));
  expect(onSelect).toHaveBeenCalledWith('1102@default');
});

it('[ME1] without an extension it says whom to ask', async () => {
  await setup({ ...RITA, extensions: [] });
  expect(screen.getByText(/Ask your Lampboard administrator/u).textContent).toContain('rita');
});

it('[ME2] offers recent messages without duplicates and rejected ones', async () => {
  const presenceChanges = [
    changeTo('Lunch'),
    changeTo('refused', 'forbidden'),
    changeTo(''),
    changeTo('Dentist\nback at four'),
    changeTo('Lunch'),
  ];
  const { user } = await setup(undefined, presenceChanges);
  const chips = within(await screen.findByRole('region', { name: 'Recently used' })).getAllByRole('button');
  expect(chips.map(({ textContent }) => textContent)).toEqual(['Lunch', 'Dentist …']);
  await user.click(screen.getByRole('button', { name: 'Dentist …' }));
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }).value).toBe(
    'Dentist\nback at four',
  );
});

it('[BD37] distinguishes extensions with the same number by context', async () => {
  const extensions = ['1101@default', '1101@warehouse', '1102@default'];
  const { happens, delta } = await setup({ ...RITA, extensions });
  const extension = testExtension('1101', { id: '1101@warehouse', context: 'warehouse' });
  await happens(() =>
    delta({ epoch: 'e1', seq: 1, changes: [{ table: 'extensions', op: 'put', row: extension }] }),
  );
  const choice = within(screen.getByRole('region', { name: 'Your extensions' }));
  expect(choice.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    '1101 Name 1101 (default)',
    '1101 Name 1101 (warehouse)',
    '1102 Name 1102',
  ]);
});
