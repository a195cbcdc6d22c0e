import type { Extension, Me } from '@lampboard/protocol';
import { act, fireEvent, screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RITA } from '../../testing/fake-gateway.ts';
import { renderBoard, tileIds } from '../../testing/render-live.tsx';
import { personNamed, put, snapshotWith, testExtension, testLine } from '../../testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import { BoardPage } from './board-page.tsx';

const named = (exten: string, name: string, department: string): Extension =>
  testExtension(exten, { person: personNamed(name, department) });
const EXTENSIONS = [
  named('1101', 'Rita Moreno', 'Sales'),
  named('1102', 'Josh Okafor', 'Support'),
  named('1104', 'Alice Chen', 'Sales'),
];

const { matchMedia } = window;
/** True if the panel covers the board. */
const narrow = (is: boolean) =>
  vi.spyOn(window, 'matchMedia').mockImplementation(() => matchMedia.call(window, is ? 'all' : 'not all'));

/** Preloaded, as the page does once it is drawn. */
beforeAll(() => import('../person/person-panel.tsx'));
beforeEach(() => void narrow(false));
withLayout(NARROW_BOARD);

const opened = (extensions: readonly Extension[] = EXTENSIONS, me: Me = RITA) =>
  renderBoard(() => <BoardPage />, extensions, { me });

const focusTile = (id: string) =>
  act(() => document.querySelector<HTMLElement>(`[data-extension="${id}"]`)?.focus());
const searchField = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Search' });
const open1102 = ({ user }: { user: UserEvent }) =>
  user.click(screen.getByRole('gridcell', { name: /^1102/u }));
const root = () => document.querySelector<HTMLElement>('[data-link]')?.dataset['link'];
const focused = () =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset['extension'] : null;

it('[LK1] the board’s root is “live” or “down”', async () => {
  const { happens, breakOff } = await opened();
  expect(root()).toBe('live');
  await happens(breakOff);
  expect(root()).toBe('down');
});

it('[LK5] a banner shows the start of the outage and that states are last known, and offers to reconnect', async () => {
  const { happens, breakOff, log, user } = await opened();
  expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
  await happens(breakOff);
  expect(screen.getByText(/show their last known state/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Try now' }));
  expect(log.at(-1)).toBe('connect');
});

it('[LK7] the tab’s title and icon show an outage', async () => {
  const favicon = document.head.appendChild(document.createElement('link'));
  favicon.rel = 'icon';
  const { happens, breakOff } = await opened();
  expect([document.title, favicon.getAttribute('href')]).toEqual(['Everyone · Lampboard', '/favicon.svg']);
  await happens(breakOff);
  expect(document.title).toBe('Not live · Lampboard');
  expect(favicon.getAttribute('href')).toBe('/favicon-down.svg');
  favicon.remove();
});

it('[BD9] without hints, the board says how to add one', async () => {
  await opened([]);
  expect(screen.getByText('Asterisk has no hints yet')).toBeDefined();
});

it('[VI9] a live board on which an account with limits sees nobody says so, also without a PBX', async () => {
  const limits = { pbxs: ['berlin'], contexts: [], departments: [] };
  const { happens, snapshot } = await opened([], { ...RITA, limits });
  expect(screen.getByRole('heading', { name: 'Nobody to show' })).toBeDefined();
  expect(screen.getByText(/^You see only: berlin\./u)).toBeDefined();
  await happens(() => snapshot(snapshotWith([], { pbxs: [] })));
  expect(root()).toBe('live');
  expect(screen.getByRole('heading', { name: 'Nobody to show' })).toBeDefined();
  await happens(() => snapshot(snapshotWith(EXTENSIONS)));
  expect(screen.queryByText('Nobody to show')).toBeNull();
});

it('[LK5] if the first connection fails, the board says why', async () => {
  const { happens, snapshot, log, user } = await opened([]);
  const link = { state: 'down', since: 0, reason: 'login-refused' } as const;
  await happens(() => snapshot(snapshotWith([], { link })));
  expect(screen.getByRole('heading', { name: 'Asterisk refused the login' })).toBeDefined();
  expect(screen.getByText(/LAMPBOARD_AMI_USERNAME/u)).toBeDefined();
  expect(screen.queryByText(/no hints yet|last known/u)).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Try now' }));
  expect(log.at(-1)).toBe('reconnect');
});

it.each([
  ['an administrator', 'admin' as const, 'Tried: pbx.example.com:5038 (ECONNREFUSED).'],
  ['a receptionist', 'receptionist' as const, null],
])('[LK13] %s sees which address was tried, and what the system said: %s', async (_, role, expected) => {
  const pbx = { id: '', name: '', asterisk: 'pbx.example.com:5038', link: [] };
  const health = { time: 0, pbxs: [pbx], samples: [] };
  const { happens, snapshot, gateway } = await opened([], { ...RITA, role });
  gateway.stubCommand('get-health', health);
  const link = { state: 'down', since: 0, reason: 'unreachable', code: 'ECONNREFUSED' } as const;
  await happens(() => snapshot(snapshotWith([], { link })));
  const trouble = screen.getByRole('heading', { name: 'Asterisk cannot be reached' }).parentElement;
  if (expected === null) expect(trouble?.textContent).not.toContain('pbx.example.com');
  else await vi.waitFor(() => expect(trouble?.textContent).toContain(expected));
});

it('[BD8] a group shows its members, and is in the address', async () => {
  const { user } = await opened();
  await user.click(screen.getByRole('link', { name: /Sales/u }));
  expect(tileIds()).toEqual(['1104@default', '1101@default']);
  expect(location.search).toBe('?department=Sales');
});

it('[SR6] “/” focuses the search, typing filters the board, Enter opens the highlighted result', async () => {
  const { user } = await opened();
  await user.keyboard('/ali');
  await vi.waitFor(() => expect(tileIds()).toEqual(['1104@default']));
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('heading', { name: 'Alice Chen' })).toBe(document.activeElement);
});

it('[SR6] “/” pressed again types nothing, Escape in an empty search focuses the tile', async () => {
  const { user } = await opened();
  focusTile('1102@default');
  await user.keyboard('//{Escape}');
  expect(focused()).toBe('1102@default');
  await user.keyboard('//ali');
  expect(searchField().value).toBe('ali');
});

it('[SR6] Arrow down focuses the current result, even before the next render', async () => {
  await opened();
  const field = searchField();
  await act(async () => {
    field.focus();
    fireEvent.input(field, { target: { value: 'josh' } });
    fireEvent.keyDown(field, { key: 'ArrowDown' });
  });
  expect(focused()).toBe('1102@default');
});

it('[KB7] when the focused tile is filtered out, the first result gets the focus', async () => {
  const { happens, change, user } = await opened();
  await user.keyboard('/sales');
  await vi.waitFor(() => expect(tileIds()).toHaveLength(2));
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(focused()).toBe('1101@default');
  await happens(() => change(put(named('1101', 'Rita Moreno', 'Support'))));
  await vi.waitFor(() => expect(focused()).toBe('1104@default'));
});

it('[KB7] the focus stays with its person when another one appears before it', async () => {
  const { happens, change } = await opened();
  focusTile('1104@default');
  await happens(() => change(put(named('1100', 'Abel Baker', 'Sales'))));
  expect(tileIds().slice(0, 2)).toEqual(['1100@default', '1104@default']);
  expect(focused()).toBe('1104@default');
});

it('[KB7] when “Try now” is removed, the open person gets the focus', async () => {
  const { user, happens, breakOff, open } = await opened();
  await open1102({ user });
  await happens(breakOff);
  await user.click(screen.getByRole('button', { name: 'Try now' }));
  await happens(() => open(snapshotWith(EXTENSIONS, { epoch: 'e2' })));
  await vi.waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Josh Okafor' })),
  );
});

it('[SR6] Enter opens the current result, even before the next render', async () => {
  await opened();
  const field = searchField();
  await act(async () => {
    fireEvent.input(field, { target: { value: 'rita' } });
    fireEvent.keyDown(field, { key: 'Enter' });
  });
  expect(await screen.findByRole('heading', { name: 'Rita Moreno' })).toBeDefined();
});

it('[SR7] Escape clears the search; without results the board offers the same', async () => {
  const { user } = await opened();
  await user.keyboard('/zzz');
  expect(await screen.findByText('No results for “zzz”')).toBeDefined();
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(tileIds()).toHaveLength(3));
});

it('[SR7] Escape on a tile clears the search too', async () => {
  const { user } = await opened();
  await user.keyboard('/ali');
  await vi.waitFor(() => expect(tileIds()).toHaveLength(1));
  await user.keyboard('{ArrowDown}{Escape}');
  await vi.waitFor(() => expect(tileIds()).toHaveLength(3));
  expect(focused()).toBe('1104@default');
});

const desk = () => screen.queryByRole('complementary', { name: 'Desk' });

it('[BD14] the desk has the panel’s place while nobody is open, and then knows who was', async () => {
  const { user } = await opened();
  expect(desk()).not.toBeNull();
  await user.click(screen.getByRole('gridcell', { name: /^1102/u }));
  expect(desk()).toBeNull();
  await user.keyboard('{Escape}');
  const { getByRole } = within(screen.getByRole('region', { name: 'Last opened' }));
  expect(getByRole('button', { name: 'Josh Okafor' })).toBeDefined();
});

it('[KP20] the desk is beside a group of functions too', async () => {
  history.replaceState(null, '', '/?kind=parking');
  await opened([...EXTENSIONS, testLine('parking', '71')]);
  expect(desk()).not.toBeNull();
});

it('[ED8] a tile marks an unsaved draft, also with the panel closed', async () => {
  const { user } = await opened();
  await open1102({ user });
  await user.keyboard('5');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.getByRole('gridcell', { name: /^1102 .*, unsaved changes$/u })).toBeDefined();
});

describe('where there is no room for the panel beside the board', () => {
  beforeEach(() => void narrow(true));

  it('[LK9] the open panel says that the board is not live', async () => {
    const { user, happens, breakOff } = await opened();
    await open1102({ user });
    await happens(breakOff);
    const dialog = within(screen.getByRole('dialog', { name: 'Josh Okafor' }));
    expect(dialog.getByText(/connection to the Lampboard gateway was lost, since/u)).toBeDefined();
  });

  it('[KB8] “/” moves from the panel to the search, and keeps the draft', async () => {
    const { user } = await opened();
    await open1102({ user });
    await user.keyboard('5/1104');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(searchField().value).toBe('1104');
  });
});

it('[KB1] one tile is a tab stop, arrows move on from there', async () => {
  const { user } = await opened();
  expect(document.querySelectorAll('[data-extension][tabindex="0"]')).toHaveLength(1);
  focusTile('1104@default');
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(focused()).toBe('1102@default');
});

it.each(['Enter', ' '])(
  '[KB2] “%s” opens the person with the focus in the panel, Escape goes back to the tile',
  async (key) => {
    const { user } = await opened();
    focusTile('1102@default');
    await user.keyboard(`{${key}}`);
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Josh Okafor' }));
    await user.keyboard('{Escape}');
    expect(focused()).toBe('1102@default');
    expect(screen.queryByRole('heading', { name: 'Josh Okafor' })).toBeNull();
  },
);

it('[KB6] the browser’s Back closes the panel', async () => {
  const { user } = await opened();
  await open1102({ user });
  expect(location.search).toBe('?extension=1102%40default');
  await act(async () => {
    history.replaceState(null, '', '/');
    fireEvent(window, new PopStateEvent('popstate'));
  });
  expect(screen.queryByRole('heading', { name: 'Josh Okafor' })).toBeNull();
});
