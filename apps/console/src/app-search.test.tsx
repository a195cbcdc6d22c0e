import { NO_FILTER, type Preferences } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import { renderBoard, tileIds } from './testing/render-live.tsx';
import { personNamed, presenceOf, settingsWith, testExtension } from './testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from './testing/fake-layout.ts';
import { Pages } from './app.tsx';

const ALICE = '1104@default';
const EXTENSIONS = [
  testExtension('1101', {
    person: personNamed('Tom Smithson', 'Workshop'),
    presence: presenceOf('away', 'Back soon.\nUrgent: ask Alice'),
  }),
  testExtension('1102', { person: personNamed('Priya Raman', 'Workshop') }),
  testExtension('1104', { person: personNamed('Alice Chen', 'Sales') }),
];

beforeAll(() => import('./pages/person/person-panel.tsx'), 60_000);
withLayout(NARROW_BOARD);

async function openedAt(address: string, preferences: Partial<Preferences> = {}) {
  history.replaceState(null, '', address);
  const { user, happens, sendSettings } = await renderBoard(() => <Pages />, EXTENSIONS);
  await happens(() => sendSettings(settingsWith(preferences)));
  const search = async (text: string) => user.type(screen.getByRole('textbox', { name: 'Search' }), text);
  return { user, search };
}

const openId = () => new URLSearchParams(location.search).get('extension');

it('[SR3] matching names come first', async () => {
  const { search } = await openedAt('/');
  await search('alice');
  await expect.poll(tileIds).toEqual([ALICE, '1101@default']);
});

const highlightedTexts = (id: string) =>
  [...document.querySelectorAll(`[data-extension="${id}"] mark`)].map(({ textContent }) => textContent);

it('[SR12] highlights matches, and shows the matching line of the message', async () => {
  const { search } = await openedAt('/');
  const tom = () => document.querySelector('[data-extension="1101@default"]')?.textContent;
  expect(tom()).toContain('Back soon.');
  await search('alice');
  await expect.poll(() => highlightedTexts(ALICE)).toEqual(['Alice']);
  await expect.poll(() => highlightedTexts('1101@default')).toEqual(['Alice']);
  expect(tom()).toContain('Urgent: ask Alice');
});

it('[SR12] highlights a matching department', async () => {
  const { search } = await openedAt('/');
  await search('sales');
  await expect.poll(() => highlightedTexts(ALICE)).toEqual(['Sales']);
});

it('[SR3] the table keeps its order', async () => {
  const { search } = await openedAt('/', { view: 'table', sort: { column: 'number', descending: false } });
  await search('alice');
  await expect.poll(tileIds, { timeout: 10_000 }).toEqual(['1101@default', ALICE]);
});

it.each([
  ['in a group', '/?department=Workshop', NO_FILTER, 'chen'],
  ['with a filter', '/', { ...NO_FILTER, presences: ['away' as const] }, 'chen'],
])('[SR10] %s a hit elsewhere is named, and Enter opens it', async (_, address, filter, text) => {
  const { user, search } = await openedAt(address, { filter });
  await search(text);
  expect(await screen.findByText('1 found elsewhere:')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Alice Chen 1104' })).toBeDefined();
  await user.keyboard('{Enter}');
  await expect.poll(openId).toBe(ALICE);
});

it('[SR10] also beside results in the group, and Enter opens the group’s result', async () => {
  const { user, search } = await openedAt('/?department=Workshop');
  await search('alice');
  const other = await screen.findByRole('button', { name: 'Alice Chen 1104' });
  await user.keyboard('{Enter}');
  await expect.poll(openId).toBe('1101@default');
  await user.click(other);
  await expect.poll(openId).toBe(ALICE);
});
