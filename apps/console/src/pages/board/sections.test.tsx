import type { Extension } from '@lampboard/protocol';
import { act, screen, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import {
  favouritesOf,
  patch,
  patchPresence,
  personNamed,
  settingsWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import { renderBoard, tileIds } from '../../testing/render-live.tsx';
import { BoardPage } from './board-page.tsx';

beforeEach(() => history.replaceState(null, '', '/'));
withLayout(NARROW_BOARD);

const person = (exten: string, name: string, department: string): Extension =>
  testExtension(exten, { person: personNamed(name, department) });
const EXTENSIONS = [
  person('1101', 'Rita Moreno', 'Sales'),
  person('1102', 'Josh Okafor', 'Support'),
  person('1103', 'Alice Chen', 'Sales'),
  person('1104', 'Bruce Wayne', ''),
  testExtension('1105', { kind: 'room', person: personNamed('Boardroom', 'Support') }),
];

async function opened(...favourites: readonly string[]) {
  const page = await renderBoard(() => <BoardPage />, EXTENSIONS);
  const settings = settingsWith({}, [favouritesOf(...favourites.map((exten) => `${exten}@default`))]);
  await page.happens(() => page.sendSettings(settings));
  return page;
}
const numbers = () => tileIds().map((id) => id?.split('@')[0]);
const grid = () => within(screen.getByRole('grid'));
const headings = () =>
  grid()
    .queryAllByRole('heading')
    .map(({ parentElement }) =>
      [...(parentElement?.children ?? [])].map((part) => part.textContent).join(' '),
    );

it('[BR8] favourites first, then departments by name; each person once, with counts that follow the board', async () => {
  const { happens, change } = await opened('1102', '1101');
  expect(numbers()).toEqual(['1102', '1101', '1103', '1105', '1104']);
  expect(headings()).toEqual([
    'Favourites 2 2 reachable',
    'Sales 2 2 reachable 1 above',
    'Support 2 1 reachable 1 above',
    'No department 1 1 reachable',
  ]);
  await happens(() => change(patchPresence('1101@default', { state: 'away', subtype: '', message: '' })));
  await happens(() => change(patch('1104@default', { lamp: 'in-use' })));
  expect(numbers()).toEqual(['1102', '1101', '1103', '1105', '1104']);
  expect(headings()).toEqual([
    'Favourites 2 1 reachable',
    'Sales 2 1 reachable 1 above',
    'Support 2 1 reachable 1 above',
    'No department 1',
  ]);
});

it('[BR8] [TH16] while not live no heading says who is reachable', async () => {
  const { happens, breakOff } = await opened();
  await happens(breakOff);
  expect(headings()).toEqual(['Sales 2', 'Support 2', 'No department 1']);
});

it('[BR8] the arrow keys lead through all sections, and every line has its index', async () => {
  const { user } = await opened('1101');
  act(() => document.querySelector<HTMLElement>('[data-extension="1101@default"]')?.focus());
  const focused = () => document.activeElement?.getAttribute('data-extension');
  const visited = [];
  for (let step = 0; step < 5; step += 1) {
    visited.push(focused());
    await user.keyboard('{ArrowDown}');
  }
  expect(visited).toEqual(tileIds());
  const lines = grid().getAllByRole('row');
  expect(lines.map((line) => line.getAttribute('aria-rowindex'))).toEqual(
    Array.from({ length: 9 }, (_, index) => String(index + 1)),
  );
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('9');
});

it('[BR8] search results have no sections, and show departments instead', async () => {
  const { user } = await opened('1101');
  await user.keyboard('/110');
  await vi.waitFor(() => expect(headings()).toEqual([]));
  const tile = (name: RegExp) => grid().getByRole('gridcell', { name });
  expect(within(tile(/^1101/u)).getByText('Sales')).toBeDefined();
  expect(within(tile(/^1102/u)).getByText('Support')).toBeDefined();
});

it('[BR8] a department has no sections; its people are by name', async () => {
  history.replaceState(null, '', '/?department=Sales');
  await opened('1101');
  expect(headings()).toEqual([]);
  expect(numbers()).toEqual(['1103', '1101']);
});
