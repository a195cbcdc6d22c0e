import { type PresenceChange, type Me, SETTABLE_STATES } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { presenceOf, put, snapshotWith, testExtension } from '../../testing/fixtures.ts';
import { MePage, MyStatus } from './my-status-page.tsx';

const BEFORE = presenceOf('available');
const changeTo = (message: string, result: PresenceChange['result'] = 'ok'): PresenceChange => ({
  actor: 'alice',
  isScheduled: false,
  timestamp: 0,
  from: BEFORE,
  to: presenceOf('away', message),
  returnTime: null,
  result,
});

async function setup(me: Me = { ...RITA, role: 'user' }, presenceChanges: readonly PresenceChange[] = []) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-presence-changes', presenceChanges);
  const onSelect = vi.fn<(id: string) => void>();
  const content = () => (
    <MyStatus me={me} id={me.extensions[0] ?? null} onSelect={onSelect} statusMessage={null} />
  );
  const extensions = [testExtension('1101'), testExtension('1102')];
  return { ...(await renderBoard(content, extensions, { me, gateway })), onSelect };
}

it('[ME1] two taps set a state: the state and Save', async () => {
  const { user, sentCommands } = await setup();
  const states = within(screen.getByRole('radiogroup', { name: 'Presence' }));
  expect(states.getAllByRole('radio')).toHaveLength(SETTABLE_STATES.length);
  await user.click(screen.getByRole('radio', { name: 'Do not disturb' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(sentCommands).toEqual([{ id: '1101@default', presence: { ...BEFORE, state: 'dnd' }, base: BEFORE }]);
});

it('[ED14] Available clears texts and return time, another state carries them over', async () => {
  const away = presenceOf('away', 'Until Friday', 'Holiday');
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

it('[KN7] an account whose only extension is a further number has its own status', async () => {
  history.replaceState(null, '', '/me?extension=*801102@default');
  const me: Me = { ...RITA, role: 'user', extensions: ['1101@sales', '*801102@default'] };
  const extensions = [
    testExtension('1101', { aliases: ['1101@sales'] }),
    testExtension('1102', { aliases: ['*801102@default'] }),
  ];
  const { user, sentCommands } = await renderBoard(() => <MePage />, extensions, { me });
  expect(screen.getByRole('heading', { level: 2, name: 'Name 1102' })).toBeDefined();
  await user.click(screen.getByRole('button', { name: '1101 Name 1101' }));
  expect(screen.getByRole('heading', { level: 2, name: 'Name 1101' })).toBeDefined();
  await user.click(screen.getByRole('radio', { name: 'Away' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(sentCommands).toMatchObject([{ id: '1101@default', presence: { state: 'away' } }]);
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
  const message = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  expect(message.value).toBe('Dentist\nback at four');
});

it('[BD37] distinguishes extensions with the same number by context', async () => {
  const extensions = ['1101@default', '1101@warehouse', '1102@default'];
  const { happens, change } = await setup({ ...RITA, extensions });
  const extension = testExtension('1101', { id: '1101@warehouse', context: 'warehouse' });
  await happens(() => change(put(extension)));
  const choice = within(screen.getByRole('region', { name: 'Your extensions' }));
  expect(choice.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    '1101 Name 1101 (default)',
    '1101 Name 1101 (warehouse)',
    '1102 Name 1102',
  ]);
});
