import { NO_FILTER, type Preferences } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
// Preloaded.
import '../person/person-panel.tsx';
import '../../features/group-editor/group-editor.tsx';
import { renderBoard, tileIds } from '../../testing/render-live.tsx';
import {
  favouritesOf,
  put,
  remove,
  settingsWith,
  snapshotWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import { BoardPage } from './board-page.tsx';

const EXTENSIONS = ['1101', '1102', '1104'].map((exten) => testExtension(exten));
const DESK = { id: 'g1', name: 'Desk', members: ['1104@default', '1101@default'] };

withLayout(NARROW_BOARD);

async function opened(address: string, preferences: Partial<Preferences> = {}) {
  history.replaceState(null, '', address);
  const page = await renderBoard(() => <BoardPage />, EXTENSIONS);
  await page.happens(() => page.sendSettings(settingsWith(preferences, [favouritesOf(), DESK])));
  return page;
}

const heading = () => screen.getByRole('heading', { level: 1 }).textContent;

it('[GR2] [GR3] the address has the user group, which keeps its order', async () => {
  const { user } = await opened('/');
  await user.click(screen.getByRole('link', { name: /^Desk/u }));
  expect(location.search).toBe('?group=g1');
  expect(heading()).toBe('Desk');
  expect(tileIds()).toEqual(['1104@default', '1101@default']);
  await user.click(screen.getByRole('link', { name: /^Everyone/u }));
  expect(location.search).toBe('');
});

it('[KN6] the address, a group and the star find an entry by each of its numbers', async () => {
  const { user, happens, open, change, sendSettings, sent } = await opened('/?extension=*801102@default');
  const entry = testExtension('1102', { aliases: ['*801102@default'] });
  await happens(() => open(snapshotWith([testExtension('1101'), entry])));
  const members = ['*801102@default', '1101@default'];
  await happens(() => sendSettings(settingsWith({}, [favouritesOf(...members), { ...DESK, members }])));
  expect(screen.getByRole('heading', { name: /Name 1102/u })).toBeDefined();
  await user.click(screen.getByRole('link', { name: /^Desk/u }));
  expect(tileIds()).toEqual(['1102@default', '1101@default']);
  // A shorter number was added.
  const aliases = [entry.id, '*801102@default'];
  const known = testExtension('102', { ...entry, id: '102@default', exten: '102', aliases });
  await happens(() => change(remove(entry.id), put(known)));
  expect(tileIds()).toEqual(['102@default', '1101@default']);
  expect(screen.getByRole('heading', { name: /Name 1102/u })).toBeDefined();
  const star = screen.getByRole('button', { name: 'Favourite' });
  expect(star.getAttribute('aria-pressed')).toBe('true');
  await user.click(star);
  expect(sent('save-group')).toEqual([{ account: 'rita', group: favouritesOf('1101@default') }]);
});

it('[GR3] a removed group is named as such, and offers everyone', async () => {
  const { user } = await opened('/?group=g2');
  expect(heading()).toBe('This group was deleted');
  await user.click(screen.getByRole('button', { name: 'Show everyone' }));
  expect(tileIds()).toHaveLength(3);
});

it('[GR6] empty favourites explain how to add some, and open the editor', async () => {
  const { user } = await opened('/?group=favourites');
  expect(screen.getByText(/press \* on their tile/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Add people' }));
  const editor = within(await screen.findByRole('dialog', { name: 'Favourites' }));
  await user.type(editor.getByRole('combobox', { name: 'Add someone' }), '1102{Enter}{Escape}');
  await vi.waitFor(() => expect(tileIds()).toEqual(['1102@default']));
});

it('[GR7] removing the current group shows everyone, and keeps the focus', async () => {
  const { user } = await opened('/?group=g1');
  await user.click(screen.getByRole('button', { name: 'Edit Desk' }));
  await user.click(await screen.findByRole('button', { name: 'Delete group' }));
  const confirmDialog = within(screen.getByRole('dialog', { name: 'Delete “Desk”?' }));
  await user.click(confirmDialog.getByRole('button', { name: 'Delete group' }));
  expect(location.search).toBe('');
  expect(tileIds()).toHaveLength(3);
  await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
});

it('[GR5] if the filter matches nobody, the board says so and clears it', async () => {
  const { user } = await opened('/', { filter: { ...NO_FILTER, lamps: ['busy'] } });
  expect(tileIds()).toEqual([]);
  await user.click(within(screen.getByRole('main')).getByRole('button', { name: 'Clear filters' }));
  await vi.waitFor(() => expect(tileIds()).toHaveLength(3));
});
