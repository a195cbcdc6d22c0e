import { NO_FILTER, type Preferences, type UserGroup } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderBoard } from '../../testing/render-live.tsx';
import {
  favouritesOf,
  patch,
  personNamed,
  presenceOf,
  remove,
  settingsWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { ALL_EXTENSIONS, type Group } from '../../entities/group/groups.ts';
import { Sidebar } from './board-page.tsx';

const inDepartment = (department: string) => personNamed('', department);
const EXTENSIONS = [
  testExtension('1101', { person: inDepartment('Sales'), lamp: 'in-use' }),
  testExtension('1102', { person: inDepartment('Sales') }),
  testExtension('1103', {
    person: inDepartment('Support'),
    presence: presenceOf('away'),
    returnTime: { at: 5000, thenState: null },
  }),
];
const GROUPS: UserGroup[] = [
  favouritesOf('1102@default'),
  { id: 'b', name: 'Board room', members: ['1103@default', '1101@default', '9999@default'] },
  { id: 'a', name: 'Away team', members: [] },
];

async function opened(preferences: Partial<Preferences> = {}, group = ALL_EXTENSIONS) {
  const onChoose = vi.fn<(group: Group) => void>();
  const onEdit = vi.fn<(id: string) => void>();
  const content = () => (
    <Sidebar
      {...{ current: group, onChoose, onEdit }}
      hrefOf={() => '/'}
      onNew={() => undefined}
      onManageGroups={() => undefined}
    />
  );
  const page = await renderBoard(content, EXTENSIONS);
  await page.happens(() => page.sendSettings(settingsWith(preferences, GROUPS)));
  return { ...page, onChoose, onEdit, sent: () => page.sent('set-preferences').at(-1) };
}

const links = () =>
  within(screen.getByRole('navigation', { name: 'Groups' }))
    .getAllByRole('link')
    .map(({ textContent }) => textContent);
const toggle = (name: string) => screen.queryByRole('button', { name: new RegExp(`^${name} ?\\d+$`, 'u') });
const filters = () => within(screen.getByRole('region', { name: 'Filters' }));

it('[GR1] lists everyone, favourites, user groups in their order, and departments, each with its count', async () => {
  const { happens, change } = await opened();
  expect(links()).toEqual(['Everyone3', 'Favourites1', 'Board room2', 'Away team0', 'Sales2', 'Support1']);
  await happens(() => change(remove('1103@default')));
  expect(links()).toEqual(['Everyone2', 'Favourites1', 'Board room1', 'Away team0', 'Sales2']);
});

it('[GR1] a user group has a link and an edit button; another computer may rename it', async () => {
  const { user, onChoose, onEdit, happens, sendSettings } = await opened();
  await user.click(screen.getByRole('link', { name: /^Board room/u }));
  expect(onChoose).toHaveBeenCalledWith({ kind: 'user', id: 'b' });
  await user.click(screen.getByRole('button', { name: 'Edit Board room' }));
  expect(onEdit).toHaveBeenCalledWith('b');
  const groups = [favouritesOf(), { id: 'b', name: 'Boardroom', members: [] }];
  await happens(() => sendSettings(settingsWith({}, groups)));
  expect(links()).toEqual(['Everyone3', 'Favourites0', 'Boardroom0', 'Sales2', 'Support1']);
});

it('[GR4] counts the current group, and follows the board', async () => {
  const { happens, change } = await opened({}, { kind: 'department', name: 'Support' });
  expect(toggle('Reachable')?.textContent).toBe('Reachable0');
  expect(toggle('On a call')?.textContent).toBe('On a call0');
  await happens(() => change(patch('1103@default', { lamp: 'in-use', lampSince: 1 })));
  expect(toggle('Reachable')?.textContent).toBe('Reachable0');
  expect(toggle('On a call')?.textContent).toBe('On a call1');
});

it('[GR4] “Late” is there only while anyone is late, without any change of the board, or while it is chosen', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const page = await opened();
  expect(toggle('Late')).toBeNull();
  await page.happens(() => {
    page.timers.now = 6000;
    vi.advanceTimersByTime(1100);
  });
  expect(toggle('Late')?.textContent).toBe('Late1');
  vi.useRealTimers();
  cleanup();
  await opened({ filter: { ...NO_FILTER, preset: 'overdue' } });
  expect(toggle('Late')?.getAttribute('aria-pressed')).toBe('true');
});

it('[GR5] filters are stored for the account, and combine; one click clears them', async () => {
  const { user, sent } = await opened();
  expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Phone state' }));
  await user.click(screen.getByRole('button', { name: 'Presence' }));
  const lamps = within(filters().getByRole('list', { name: 'Phone state' }));
  await user.click(lamps.getByRole('button', { name: /^On a call ?1$/u }));
  await user.click(filters().getByRole('button', { name: /^Away ?1$/u }));
  await user.click(filters().getByRole('button', { name: /^Reachable/u }));
  const filter = { preset: 'reachable', lamps: ['in-use'], presences: ['away'] };
  await vi.waitFor(() => expect(sent()).toEqual({ account: 'rita', preferences: { filter } }));
  const pressed = filters().getAllByRole('button', { pressed: true });
  expect(pressed.map(({ textContent }) => textContent)).toEqual(['Reachable1', 'On a call1', 'Away1']);
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  await vi.waitFor(() => expect(sent()).toEqual({ account: 'rita', preferences: { filter: NO_FILTER } }));
  expect(filters().queryAllByRole('button', { pressed: true })).toEqual([]);
  // The focus survives the removal of the button.
  await vi.waitFor(() => expect(document.activeElement).toBe(toggle('Reachable')));
});

it('[GR5] a collapsed list shows how many filters are active', async () => {
  const { user } = await opened({ filter: { ...NO_FILTER, lamps: ['idle', 'busy'] } });
  const fold = screen.getByRole('button', { name: /^Phone state.*2 selected$/u });
  expect(fold.getAttribute('aria-expanded')).toBe('false');
  await user.click(fold);
  expect(filters().getAllByRole('button', { pressed: true })).toHaveLength(2);
});

it('[GR9] on narrow screens a dialog has the same filters', async () => {
  const { user, sent } = await opened();
  await user.click(screen.getByRole('button', { name: 'Filters' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Filters' }));
  await user.click(dialog.getByRole('button', { name: /^On a call/u }));
  await vi.waitFor(() =>
    expect(sent()).toMatchObject({ preferences: { filter: { preset: 'on-the-phone' } } }),
  );
  await user.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Filters 1' })).toBe(document.activeElement);
});

it('[TH16] while not live the counts are marked as last known', async () => {
  const { happens, breakOff } = await opened();
  expect(screen.getByRole('heading', { name: 'Filters' })).toBeDefined();
  await happens(breakOff);
  expect(screen.getByRole('heading', { name: 'Filters · last known' })).toBeDefined();
});
