import { DEFAULT_PREFERENCES, FAVOURITES, NO_FILTER, type OwnBoard } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { createFakeGateway } from '../api/testing/fake-gateway.ts';
import { createDrafts } from '../features/person/drafts.ts';
// Loaded before it is asked for.
import '../features/group-sheet/group-sheets.tsx';
import { DraftsProvider } from '../features/person/drafts-context.tsx';
import { renderLive } from '../live/testing/render-live.tsx';
import { rowOf } from '../live/testing/row-of.ts';
import { snapshotWith } from '../live/testing/snapshot-with.ts';
import { NARROW_BOARD, withLayout } from '../live/testing/with-layout.ts';
import { BoardPage } from './board-page.tsx';

const ROWS = ['1101', '1102', '1104'].map((exten) => rowOf(exten));
const GROUPS = [
  { id: FAVOURITES, name: '', members: [] },
  { id: 'g1', name: 'Desk', members: ['1104@default', '1101@default'] },
];

withLayout(NARROW_BOARD);

async function opened(address: string, own: Partial<OwnBoard> = {}) {
  history.replaceState(null, '', address);
  const gateway = createFakeGateway();
  for (const command of ['save-group', 'remove-group', 'set-preferences'])
    gateway.answer(`POST /api/commands/${command}`, { reply: { ok: true, value: null } });
  const page = renderLive(
    () => (
      <DraftsProvider drafts={createDrafts()}>
        <BoardPage />
      </DraftsProvider>
    ),
    { gateway },
  );
  await page.happens(() => {
    page.tellOwn({ preferences: DEFAULT_PREFERENCES, groups: GROUPS, ...own });
    page.open(snapshotWith(ROWS));
  });
  return { ...page, user: userEvent.setup() };
}

const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-extension]')].map((tile) => tile.dataset['extension']);
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;

it('[GR2] [GR3] the address keeps an own group, which stands in the order that was chosen', async () => {
  const { user } = await opened('/');
  await user.click(screen.getByRole('link', { name: /^Desk/u }));
  expect(location.search).toBe('?group=g1');
  expect(heading()).toBe('Desk');
  expect(shown()).toEqual(['1104@default', '1101@default']);
  await user.click(screen.getByRole('link', { name: /^Everyone/u }));
  expect(location.search).toBe('');
});

it('[GR3] a group that was removed says that it is gone, and offers everyone', async () => {
  const { user } = await opened('/?group=g2');
  expect(heading()).toBe('This group is gone');
  await user.click(screen.getByRole('button', { name: 'Show everyone' }));
  expect(shown()).toHaveLength(3);
});

it('[GR6] favourites with nobody in them say how to add some, and lead to where they are searched', async () => {
  const { user } = await opened('/?group=favourites');
  expect(screen.getByText(/Press \* on a tile/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Add people' }));
  const sheet = within(await screen.findByRole('dialog', { name: 'Favourites' }));
  await user.type(sheet.getByRole('combobox', { name: 'Add somebody' }), '1102{Enter}{Escape}');
  await vi.waitFor(() => expect(shown()).toEqual(['1102@default']));
});

it('[GR7] the group that one looks at is removed: everyone is shown, and the focus is not lost', async () => {
  const { user } = await opened('/?group=g1');
  await user.click(screen.getByRole('button', { name: 'Edit Desk' }));
  await user.click(await screen.findByRole('button', { name: 'Delete the group' }));
  const asks = within(screen.getByRole('dialog', { name: 'Delete “Desk”?' }));
  await user.click(asks.getByRole('button', { name: 'Delete the group' }));
  expect(location.search).toBe('');
  expect(shown()).toHaveLength(3);
  await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
});

it('[GR5] where the filter leaves nobody, the board says so and takes it away', async () => {
  const filter = { ...NO_FILTER, lamps: ['busy' as const] };
  const { user } = await opened('/', { preferences: { ...DEFAULT_PREFERENCES, filter } });
  expect(shown()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Take the filter away' }));
  await vi.waitFor(() => expect(shown()).toHaveLength(3));
});
