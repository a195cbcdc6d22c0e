import { DEFAULT_PREFERENCES, FAVOURITES, NO_FILTER, type Preferences } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createDrafts } from '../features/person/drafts.ts';
import { DraftsProvider } from '../features/person/drafts-context.tsx';
import { renderLive } from '../live/testing/render-live.tsx';
import { rowOf } from '../live/testing/row-of.ts';
import { snapshotWith } from '../live/testing/snapshot-with.ts';
import { NARROW_BOARD, withLayout } from '../live/testing/with-layout.ts';
import { Pages } from './app.tsx';

const ALICE = '1104@default';
const person = (name: string, department: string) => ({ name, department, email: '', mobile: '' });
const ROWS = [
  rowOf('1101', {
    person: person('Tom Smithson', 'Workshop'),
    presence: { state: 'away', subtype: '', message: 'Back soon.\nUrgent: ask Alice' },
  }),
  rowOf('1102', { person: person('Priya Raman', 'Workshop') }),
  rowOf('1104', { person: person('Alice Chen', 'Sales') }),
];

beforeAll(() => import('./open-panel.tsx'), 60_000);
beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
});
withLayout(NARROW_BOARD);

async function openedAt(address: string, preferences: Partial<Preferences> = {}) {
  history.replaceState(null, '', address);
  const page = renderLive(() => (
    <DraftsProvider drafts={createDrafts()}>
      <Pages />
    </DraftsProvider>
  ));
  await page.happens(() => page.open(snapshotWith(ROWS)));
  await page.happens(() =>
    page.tellOwn({
      preferences: { ...DEFAULT_PREFERENCES, ...preferences },
      groups: [{ id: FAVOURITES, name: '', members: [] }],
    }),
  );
  const user = userEvent.setup();
  const search = async (text: string) => user.type(screen.getByRole('textbox', { name: 'Search' }), text);
  return { user, search };
}

const tiles = () =>
  [...document.querySelectorAll<HTMLElement>('[data-extension]')].map((tile) => tile.dataset['extension']);
const openId = () => new URLSearchParams(location.search).get('extension');

it('[SR3] who is called so stands first', async () => {
  const { search } = await openedAt('/');
  await search('alice');
  await expect.poll(tiles).toEqual([ALICE, '1101@default']);
});

const marked = (id: string) => {
  const tile = document.querySelector(`[data-extension="${id}"]`);
  return [...(tile?.querySelectorAll('mark') ?? [])].map(({ textContent }) => textContent);
};

it('[SR12] what was found is marked, and the line of the message shown in which it is', async () => {
  const { search } = await openedAt('/');
  const tom = () => document.querySelector('[data-extension="1101@default"]')?.textContent;
  expect(tom()).toContain('Back soon.');
  await search('alice');
  await expect.poll(() => marked(ALICE)).toEqual(['Alice']);
  await expect.poll(() => marked('1101@default')).toEqual(['Alice']);
  expect(tom()).toContain('Urgent: ask Alice');
});

it('[SR12] and so is the department, where it was that', async () => {
  const { search } = await openedAt('/');
  await search('sales');
  await expect.poll(() => marked(ALICE)).toEqual(['Sales']);
});

it('[SR3] the table keeps its order', async () => {
  const { search } = await openedAt('/', { view: 'table', sort: { column: 'number', descending: false } });
  await search('alice');
  await expect.poll(tiles, { timeout: 10_000 }).toEqual(['1101@default', ALICE]);
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

it('[SR10] beside hits in the group, too, and Enter opens that of the group', async () => {
  const { user, search } = await openedAt('/?department=Workshop');
  await search('alice');
  const other = await screen.findByRole('button', { name: 'Alice Chen 1104' });
  await user.keyboard('{Enter}');
  await expect.poll(openId).toBe('1101@default');
  await user.click(other);
  await expect.poll(openId).toBe(ALICE);
});
