import type { Extension, Lamp, Preferences } from '@lampboard/protocol';
import { act, screen, within } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { patch, personNamed, settingsWith, snapshotWith, testExtension } from '../../testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import { BoardPage } from './board-page.tsx';

// Preloaded, as on a page that has been open for a while.
beforeAll(() =>
  Promise.all([import('../person/person-panel.tsx'), import('../../features/table/table-grid.tsx')]),
);
withLayout(NARROW_BOARD);

const REACHABLE: Partial<Preferences> = { filter: { preset: 'reachable', lamps: [], presences: [] } };

async function opened(preferences: Partial<Preferences>, extensions: readonly Extension[]) {
  const page = renderLive(() => <BoardPage />);
  page.settings.receive(settingsWith(preferences));
  await page.happens(() => page.open(snapshotWith(extensions)));
  const lamp = (exten: string, to: Lamp) =>
    page.happens(() => page.change(patch(`${exten}@default`, { lamp: to, lampSince: 0 })));
  return { ...page, lamp };
}

const tileIds = () =>
  [...document.querySelectorAll<HTMLElement>('[data-extension]')].map(({ dataset }) =>
    dataset['extension']?.replace('@default', dataset['stale'] === undefined ? '' : ' unfit'),
  );
const [ONE, TWO] = [testExtension('1'), testExtension('2')];
const refreshButton = () => screen.queryByRole('button', { name: /Refresh$/u });

it('[AR2] an extension that no longer matches stays in place until refreshed', async () => {
  const { lamp, user } = await opened(REACHABLE, [ONE, TWO, testExtension('3', { lamp: 'busy' })]);
  expect(tileIds()).toEqual(['1', '2']);
  await lamp('1', 'in-use');
  expect(tileIds()).toEqual(['1 unfit', '2']);
  await lamp('3', 'idle');
  expect(tileIds()).toEqual(['1 unfit', '2']);
  expect(refreshButton()?.textContent).toMatch(/^1 new · 1 no longer matches/u);
  await user.keyboard('.');
  expect(tileIds()).toEqual(['2', '3']);
  expect(refreshButton()).toBeNull();
});

it('[AR1] the order survives an outage', async () => {
  const { open, happens, breakOff } = await opened(REACHABLE, [ONE, testExtension('2', { lamp: 'busy' })]);
  await happens(breakOff);
  expect(tileIds()).toEqual(['1']);
  await happens(() => open(snapshotWith([testExtension('1', { lamp: 'busy' }), TWO], { epoch: 'e2' })));
  expect(tileIds()).toEqual(['1 unfit']);
  expect(refreshButton()?.textContent).toMatch(/^1 new · 1 no longer matches/u);
});

it('[AR1] unrelated preferences move nobody', async () => {
  const { lamp, settings, happens } = await opened(REACHABLE, [ONE, TWO]);
  await lamp('1', 'in-use');
  await happens(() => settings.updatePreferences({ alertSound: false }));
  await happens(() => settings.receive(JSON.parse(JSON.stringify(settings.store.getState()))));
  expect(tileIds()).toEqual(['1 unfit', '2']);
});

it('[AR1] a search refreshes the order, and its results are live', async () => {
  const { lamp, user, happens, change } = await opened(REACHABLE, [ONE, TWO, testExtension('3')]);
  await lamp('1', 'in-use');
  await user.keyboard('/name');
  await vi.waitFor(() => expect(tileIds()).toEqual(['2', '3']));
  await happens(() => change(patch('2@default', { person: personNamed('Somebody') })));
  expect(tileIds()).toEqual(['3']);
});

it('[AR3] without a filter, sorted by number, there is nothing to refresh', async () => {
  const { lamp } = await opened({}, [ONE, TWO]);
  await lamp('1', 'ringing');
  expect(tileIds()).toEqual(['1', '2']);
  expect(refreshButton()).toBeNull();
});

it('[BD16] the view is stored for the account', async () => {
  const { user, gateway, settings } = await opened({}, [testExtension('1')]);
  await user.click(screen.getByRole('radio', { name: 'Compact' }));
  expect(document.querySelector('[data-density="compact"]')).not.toBeNull();
  expect(gateway.requests.at(-1)?.body).toMatchObject({ preferences: { view: 'tiles', density: 'compact' } });
  await user.click(screen.getByRole('radio', { name: 'Table' }));
  expect(settings.store.getState().preferences).toMatchObject({ view: 'table', density: 'compact' });
  expect(await screen.findByRole('columnheader', { name: 'Presence' })).toBeDefined();
});

it('[AR5] table headers sort in both directions, and lamps move nobody until refreshed', async () => {
  const { lamp, user } = await opened({ view: 'table' }, [ONE, testExtension('2', { lamp: 'ringing' })]);
  await user.click(await screen.findByRole('button', { name: 'Phone' }));
  expect(tileIds()).toEqual(['2', '1']);
  expect(screen.getByRole('columnheader', { name: 'Phone' }).getAttribute('aria-sort')).toBe('ascending');
  await lamp('2', 'idle');
  await lamp('1', 'ringing');
  expect(tileIds()).toEqual(['2', '1']);
  await user.keyboard('.');
  expect(tileIds()).toEqual(['1', '2']);
  await user.click(screen.getByRole('button', { name: 'Phone' }));
  expect(tileIds()).toEqual(['2', '1']);
  expect(screen.getByRole('columnheader', { name: 'Phone' }).getAttribute('aria-sort')).toBe('descending');
});

it('[BD20] a row of the table has the name and keys of a tile, and a cell for each column', async () => {
  const returnTime = { at: 0, thenState: null };
  const presence = { state: 'away', subtype: 'Lunch', message: 'In town\nMobile' } as const;
  const { user } = await opened({ view: 'table' }, [ONE, testExtension('2', { returnTime, presence })]);
  const tableElement = await screen.findByRole('row', {
    name: '2 Name 2, Idle, Away, Lunch: In town Mobile, <1 min late',
  });
  const cells = within(tableElement).getAllByRole('gridcell');
  const texts = cells.map((cell) => cell.textContent);
  expect(texts).toEqual(['Idle', '2', 'Name 2', '', 'AwayLunch', 'In town', '', '<1 min late']);
  expect(tableElement.dataset).toMatchObject({ extension: '2@default', lamp: 'idle', presence: 'away' });
  act(() => document.querySelector<HTMLElement>('[data-extension="1@default"]')?.focus());
  await user.keyboard('{ArrowDown}{Enter}');
  expect(await screen.findByRole('heading', { name: 'Name 2' })).toBeDefined();
});
