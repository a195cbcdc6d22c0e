import { DEFAULT_PREFERENCES, FAVOURITES, NO_FILTER, type UserSettings } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { createFakeGateway } from '../../testing/fake-gateway.ts';
import { createDrafts } from '../../entities/presence-draft/drafts.ts';
// Loaded before it is asked for.
import '../../features/group-editor/group-editor.tsx';
import { DraftsProvider } from '../../entities/presence-draft/drafts-context.tsx';
import { renderLive } from '../../testing/render-live.tsx';
import { testExtension } from '../../testing/extension-fixture.ts';
import { snapshotWith } from '../../testing/snapshot-fixture.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import { BoardPage } from './board-page.tsx';

const EXTENSIONS = ['1101', '1102', '1104'].map((exten) => testExtension(exten));
const GROUPS = [
  { id: FAVOURITES, name: '', members: [] },
  { id: 'g1', name: 'Desk', members: ['1104@default', '1101@default'] },
];

withLayout(NARROW_BOARD);

async function opened(address: string, settings: Partial<UserSettings> = {}) {
  history.replaceState(null, '', address);
  const gateway = createFakeGateway();
  for (const command of ['save-group', 'remove-group', 'set-preferences'])
    gateway.stub(`POST /api/commands/${command}`, { reply: { ok: true, value: null } });
  const page = renderLive(
    () => (
      <DraftsProvider drafts={createDrafts()}>
        <BoardPage />
      </DraftsProvider>
    ),
    { gateway },
  );
  await page.happens(() => {
    page.sendSettings({ preferences: DEFAULT_PREFERENCES, groups: GROUPS, ...settings });
    page.open(snapshotWith(EXTENSIONS));
  });
  return { ...page, user: userEvent.setup() };
}

const tileIds = () =>
  [...document.querySelectorAll<HTMLElement>('[data-extension]')].map((tile) => tile.dataset['extension']);
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;

it('[GR2] [GR3] the address keeps an own group, which stands in the order that was chosen', async () => {
  const { user } = await opened('/');
  await user.click(screen.getByRole('link', { name: /^Desk/u }));
  expect(location.search).toBe('?group=g1');
  expect(heading()).toBe('Desk');
  expect(tileIds()).toEqual(['1104@default', '1101@default']);
  await user.click(screen.getByRole('link', { name: /^Everyone/u }));
  expect(location.search).toBe('');
});

it('[GR3] a group that was removed says that it is gone, and offers everyone', async () => {
  const { user } = await opened('/?group=g2');
  expect(heading()).toBe('This group is gone');
  await user.click(screen.getByRole('button', { name: 'Show everyone' }));
  expect(tileIds()).toHaveLength(3);
});

it('[GR6] favourites with nobody in them say how to add some, and lead to where they are searched', async () => {
  const { user } = await opened('/?group=favourites');
  expect(screen.getByText(/Press \* on a tile/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Add people' }));
  const editor = within(await screen.findByRole('dialog', { name: 'Favourites' }));
  await user.type(editor.getByRole('combobox', { name: 'Add somebody' }), '1102{Enter}{Escape}');
  await vi.waitFor(() => expect(tileIds()).toEqual(['1102@default']));
});

it('[GR7] the group that one looks at is removed: everyone is shown, and the focus is not lost', async () => {
  const { user } = await opened('/?group=g1');
  await user.click(screen.getByRole('button', { name: 'Edit Desk' }));
  await user.click(await screen.findByRole('button', { name: 'Delete the group' }));
  const confirmDialog = within(screen.getByRole('dialog', { name: 'Delete “Desk”?' }));
  await user.click(confirmDialog.getByRole('button', { name: 'Delete the group' }));
  expect(location.search).toBe('');
  expect(tileIds()).toHaveLength(3);
  await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
});

it('[GR5] where the filter leaves nobody, the board says so and takes it away', async () => {
  const filter = { ...NO_FILTER, lamps: ['busy' as const] };
  const { user } = await opened('/', { preferences: { ...DEFAULT_PREFERENCES, filter } });
  expect(tileIds()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Take the filter away' }));
  await vi.waitFor(() => expect(tileIds()).toHaveLength(3));
});
