import { NO_FILTER, type Extension } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import { Pages } from '../../app.tsx';
import { ADA, RITA } from '../../testing/fake-gateway.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import {
  favouritesOf,
  patch,
  personNamed,
  put,
  settingsWith,
  testExtension,
  testLine,
} from '../../testing/fixtures.ts';
import { renderBoard, tileIds } from '../../testing/render-live.tsx';

beforeAll(() => import('../person/person-panel.tsx'), 60_000);
withLayout(NARROW_BOARD);

const EXTENSIONS: readonly Extension[] = [
  testExtension('1101', { person: personNamed('Rita Moreno', 'Sales') }),
  testExtension('1141', {
    kind: 'room',
    person: personNamed('Boardroom', 'Sales'),
    presence: null,
    provider: null,
  }),
  testLine('other', '900', { person: personNamed('Door') }),
  testLine('parking', '71', { lamp: 'in-use' }),
  testLine('parking', '72'),
  testLine('queue', '600', { person: personNamed('Support', 'Sales'), lamp: 'ringing' }),
  testLine('switch', '*280', { context: 'app-daynight-toggle', person: personNamed('Night service') }),
];

async function openedAt(address: string, settings = settingsWith(), me = RITA) {
  history.replaceState(null, '', address);
  const page = await renderBoard(() => <Pages />, EXTENSIONS, { me });
  await page.happens(() => page.sendSettings(settings));
  const search = (text: string) => page.user.type(screen.getByRole('textbox', { name: 'Search' }), text);
  return { ...page, search };
}
const counts = () => [...document.querySelectorAll('.group-counts li')].map(({ textContent }) => textContent);
const numbers = () => tileIds().map((id) => id?.split('@')[0]);
const link = (name: RegExp) => screen.queryByRole('link', { name });
const panel = () => within(screen.getByRole('dialog'));

it('[KP1] Everyone and its counts are people, rooms and what no kind fits', async () => {
  await openedAt('/');
  expect(numbers()).toEqual(['1141', '1101', '900']);
  expect(link(/^Everyone ?3$/u)).not.toBeNull();
  expect(link(/^Sales ?2$/u)).not.toBeNull();
  expect(counts()).toEqual(['1 reachable', '0 on a call', '0 ringing']);
  expect(screen.queryByText('Contexts')).toBeNull();
});

it('[KP1] each kind is a group that the address keeps', async () => {
  const { user } = await openedAt('/');
  expect(screen.getByRole('heading', { name: 'Lines & rooms' })).toBeDefined();
  expect(
    [/^Queues ?1$/u, /^Parking ?2$/u, /^Switches ?1$/u, /^Rooms ?1$/u].map((name) => link(name) !== null),
  ).toEqual([true, true, true, true]);
  expect(link(/^Mailboxes/u)).toBeNull();
  await user.click(screen.getByRole('link', { name: /^Parking/u }));
  expect(location.search).toBe('?kind=parking');
  await expect.poll(numbers).toEqual(['71', '72']);
});

it('[KP3] the header of such a group counts what is taken, live', async () => {
  const { happens, change } = await openedAt('/?kind=parking');
  expect(screen.getByText('1 of 2 taken')).toBeDefined();
  await happens(() => change(patch('72@default', { lamp: 'in-use' })));
  expect(screen.getByText('2 of 2 taken')).toBeDefined();
});

it('[KP3] the sidebar counts no lot among its slots', async () => {
  const { happens, change } = await openedAt('/?kind=parking');
  await happens(() => change(put(testLine('parking', '70', { lot: true }))));
  expect(numbers()).toEqual(['70', '71', '72']);
  expect(link(/^Parking ?2$/u)).not.toBeNull();
});

it('[KP1] filters are for people: they hide no slot, and are not offered there', async () => {
  const filter = { ...NO_FILTER, preset: 'reachable' as const };
  await openedAt('/?kind=parking', settingsWith({ filter }));
  expect(numbers()).toEqual(['71', '72']);
  expect(screen.queryByRole('region', { name: 'Filters' })).toBeNull();
});

it('[KP1] a user’s group shows its functions, but none of them matches a filter', async () => {
  const groups = [favouritesOf('71@default', '1101@default')];
  const { happens, sendSettings } = await openedAt('/?group=favourites', settingsWith({}, groups));
  expect(numbers()).toEqual(['71', '1101']);
  const filter = { ...NO_FILTER, lamps: ['in-use' as const, 'idle' as const] };
  await happens(() => sendSettings(settingsWith({ filter }, groups)));
  expect(numbers()).toEqual(['1101']);
});

it.each([
  ['a name', 'night', 'Night service *280'],
  ['a number', '71', 'Parking 71'],
  ['a kind, where it has no name', 'parking 72', 'Parking 72'],
])('[KP2] in Everyone, a function is found elsewhere by %s, and Enter opens it', async (_, text, name) => {
  const { user, search } = await openedAt('/');
  await search(text);
  expect(await screen.findByRole('button', { name })).toBeDefined();
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('dialog')).toBeDefined();
});

it('[KP7] the panel of a function tells what it is, and offers nothing that is for people', async () => {
  await openedAt('/?kind=parking&extension=71@default', settingsWith(), ADA);
  expect(await screen.findByRole('heading', { name: 'Parking 71' })).toBeDefined();
  expect(panel().getByText('Taken')).toBeDefined();
  expect(panel().queryByRole('radiogroup')).toBeNull();
  expect(panel().queryByRole('region', { name: 'Presence' })).toBeNull();
  expect(panel().queryByText(/presence|hint|Change history|Add account/u)).toBeNull();
  expect(panel().queryByRole('button', { name: /Notify me|reachable/u })).toBeNull();
});

it('[KP7] in the group of a function “!” explains that there is nothing to wait for', async () => {
  const { user } = await openedAt('/?kind=parking');
  screen.getByRole('gridcell', { name: /^71/u }).focus();
  await user.keyboard('!');
  expect(screen.getByText('Parking 71 has no phone that could become reachable.')).toBeDefined();
});

it('[KP22] the table of a group of functions has no columns of a presence', async () => {
  await openedAt('/?kind=parking', settingsWith({ view: 'table' }));
  const headers = await screen.findAllByRole('columnheader');
  expect(headers.map(({ textContent }) => textContent)).toEqual(['Lamp', 'Number', 'Name', 'State', 'Since']);
});

it('[KP4] the table and a compact tile tell a function’s state in words', async () => {
  const { happens, sendSettings } = await openedAt('/?kind=parking', settingsWith({ view: 'table' }));
  const taken = await screen.findByRole('row', { name: /^71,/u });
  expect(
    within(taken)
      .getAllByRole('gridcell')
      .map(({ textContent }) => textContent),
  ).toContain('Taken');
  await happens(() => sendSettings(settingsWith({ density: 'compact' })));
  expect((await screen.findByRole('gridcell', { name: /^72,/u })).textContent).toContain('Free');
});
