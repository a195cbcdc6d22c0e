import { type EditRecord, type Me, SETTABLE_STATES } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../api/testing/fake-gateway.ts';
import { renderLive } from '../../live/testing/render-live.tsx';
import { rowOf } from '../../live/testing/row-of.ts';
import { snapshotWith } from '../../live/testing/snapshot-with.ts';
import { createDrafts } from './drafts.ts';
import { DraftsProvider } from './drafts-context.tsx';
import { MyStatus } from './my-status.tsx';

afterEach(cleanup);

const BEFORE = { state: 'available', subtype: '', message: '' } as const;
const edited = (message: string, result: EditRecord['result'] = 'ok'): EditRecord => ({
  by: 'alice',
  planned: false,
  at: 0,
  from: BEFORE,
  to: { state: 'away', subtype: '', message },
  back: null,
  result,
});

async function opened(me: Me = { ...RITA, role: 'user' }, edits: readonly EditRecord[] = []) {
  const gateway = createFakeGateway();
  gateway.answer('POST /api/commands/list-edits', { reply: { ok: true, value: edits } });
  const onChoose = vi.fn<(id: string) => void>();
  const page = renderLive(
    () => (
      <DraftsProvider drafts={createDrafts()}>
        <MyStatus me={me} id={me.extensions[0] ?? null} onChoose={onChoose} news={null} />
      </DraftsProvider>
    ),
    { me, gateway },
  );
  await page.happens(() => page.open(snapshotWith([rowOf('1101'), rowOf('1102')])));
  return { ...page, onChoose, user: userEvent.setup() };
}

it('[ME1] two taps are enough: a state, and Save', async () => {
  const { user, asked } = await opened();
  expect(within(screen.getByRole('radiogroup', { name: 'Presence' })).getAllByRole('radio')).toHaveLength(
    SETTABLE_STATES.length,
  );
  await user.click(screen.getByRole('radio', { name: 'Do not disturb' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(asked).toEqual([{ id: '1101@default', presence: { ...BEFORE, state: 'dnd' }, base: BEFORE }]);
});

it('[ED14] two taps on Available leave nothing of the absence, and with another state it stays', async () => {
  const away = { state: 'away', subtype: 'Holiday', message: 'Until Friday' } as const;
  const { user, asked, happens, open } = await opened();
  await happens(() => open(snapshotWith([rowOf('1101', { presence: away })])));
  await user.click(screen.getByRole('radio', { name: 'Do not disturb' }));
  expect(screen.getByRole('button', { name: 'Clear text' })).toBeDefined();
  await user.click(screen.getByRole('radio', { name: 'Available' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(asked).toEqual([{ id: '1101@default', presence: BEFORE, base: away }]);
});

it('[ME1] who has several extensions chooses among them', async () => {
  const { user, onChoose } = await opened({ ...RITA, extensions: ['1101@default', '1102@default'] });
  await user.click(screen.getByRole('button', { name: '1102 Name 1102' }));
  expect(onChoose).toHaveBeenCalledWith('1102@default');
});

it('[ME1] who has none is told whom to ask, and for what', async () => {
  await opened({ ...RITA, extensions: [] });
  expect(screen.getByText(/Ask your Lampboard administrator/u).textContent).toContain('rita');
});

it('[ME2] the messages used last are one tap each, every one once, and none that was refused', async () => {
  const edits = [
    edited('Lunch'),
    edited('refused', 'forbidden'),
    edited(''),
    edited('Dentist\nback at four'),
    edited('Lunch'),
  ];
  const { user } = await opened(undefined, edits);
  const chips = within(await screen.findByRole('region', { name: 'Last used' })).getAllByRole('button');
  expect(chips.map(({ textContent }) => textContent)).toEqual(['Lunch', 'Dentist …']);
  await user.click(screen.getByRole('button', { name: 'Dentist …' }));
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }).value).toBe(
    'Dentist\nback at four',
  );
});

it('[BD37] one’s own extensions of one number are told apart by their contexts', async () => {
  const extensions = ['1101@default', '1101@warehouse', '1102@default'];
  const { happens, frame } = await opened({ ...RITA, extensions });
  const row = rowOf('1101', { id: '1101@warehouse', context: 'warehouse' });
  await happens(() => frame({ epoch: 'e1', seq: 1, changes: [{ kind: 'put', row }] }));
  const choice = within(screen.getByRole('region', { name: 'Your extensions' }));
  expect(choice.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    '1101 Name 1101 (default)',
    '1101 Name 1101 (warehouse)',
    '1102 Name 1102',
  ]);
});
