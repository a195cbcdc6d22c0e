import {
  DEFAULT_PREFERENCES,
  type ExtensionRow,
  FAVOURITES,
  type Lamp,
  type Preferences,
} from '@lampboard/protocol';
import { act, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, expect, it, vi } from 'vitest';
import { createDrafts } from '../features/person/drafts.ts';
import { DraftsProvider } from '../features/person/drafts-context.tsx';
import { renderLive } from '../live/testing/render-live.tsx';
import { rowOf } from '../live/testing/row-of.ts';
import { snapshotWith } from '../live/testing/snapshot-with.ts';
import { NARROW_BOARD, withLayout } from '../live/testing/with-layout.ts';
import { BoardPage } from './board-page.tsx';

// What is loaded when it is wanted is here by then, as on a page that has stood for a while.
beforeAll(async () => {
  await import('./open-panel.tsx');
  await import('../features/table/table-grid.tsx');
});
withLayout(NARROW_BOARD);

const REACHABLE: Partial<Preferences> = { filter: { show: 'reachable', lamps: [], presences: [] } };
const KEPT = { reply: { ok: true, value: null } };

async function opened(wanted: Partial<Preferences>, rows: readonly ExtensionRow[]) {
  const page = renderLive(() => (
    <DraftsProvider drafts={createDrafts()}>
      <BoardPage />
    </DraftsProvider>
  ));
  page.gateway.answer('POST /api/commands/set-preferences', KEPT);
  const groups = [{ id: FAVOURITES, name: '', members: [] }];
  page.own.arrived({ preferences: { ...DEFAULT_PREFERENCES, ...wanted }, groups });
  await page.happens(() => page.open(snapshotWith(rows)));
  let seq = 0;
  const lamp = (exten: string, to: Lamp) =>
    page.happens(() => {
      seq += 1;
      page.frame({
        epoch: 'e1',
        seq,
        changes: [{ kind: 'lamp', id: `${exten}@default`, lamp: to, since: 0 }],
      });
    });
  return { ...page, lamp, user: userEvent.setup() };
}

const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-extension]')].map(({ dataset }) =>
    dataset['extension']?.replace('@default', dataset['unfit'] === undefined ? '' : ' unfit'),
  );
const update = () => screen.queryByRole('button', { name: /Update$/u });

it('[AR2] who can not be reached any more stays in place until the update', async () => {
  const { lamp, user } = await opened(REACHABLE, [rowOf('1'), rowOf('2'), rowOf('3', { lamp: 'busy' })]);
  expect(shown()).toEqual(['1', '2']);
  await lamp('1', 'in-use');
  expect(shown()).toEqual(['1 unfit', '2']);
  await lamp('3', 'idle');
  expect(shown()).toEqual(['1 unfit', '2']);
  expect(update()?.textContent).toMatch(/^1 more · 1 no longer/u);
  await user.keyboard('.');
  expect(shown()).toEqual(['2', '3']);
  expect(update()).toBeNull();
});

it('[AR1] after an outage it stays as it was', async () => {
  const { open, happens, breakOff } = await opened(REACHABLE, [rowOf('1'), rowOf('2', { lamp: 'busy' })]);
  await happens(breakOff);
  expect(shown()).toEqual(['1']);
  await happens(() => open(snapshotWith([rowOf('1', { lamp: 'busy' }), rowOf('2')], { epoch: 'e2' })));
  expect(shown()).toEqual(['1 unfit']);
  expect(update()?.textContent).toMatch(/^1 more · 1 no longer/u);
});

it('[AR1] a preference that has nothing to do with it moves nobody', async () => {
  const { lamp, own, happens } = await opened(REACHABLE, [rowOf('1'), rowOf('2')]);
  await lamp('1', 'in-use');
  await happens(() => own.prefer({ sound: false }));
  await happens(() => own.arrived(JSON.parse(JSON.stringify(own.store.getState()))));
  expect(shown()).toEqual(['1 unfit', '2']);
});

it('[AR1] a search takes it anew, and stays live itself', async () => {
  const { lamp, user, happens, frame } = await opened(REACHABLE, [rowOf('1'), rowOf('2'), rowOf('3')]);
  await lamp('1', 'in-use');
  await user.keyboard('/name');
  await vi.waitFor(() => expect(shown()).toEqual(['2', '3']));
  const person = { name: 'Somebody', department: '', email: '', mobile: '' };
  await happens(() => frame({ epoch: 'e1', seq: 2, changes: [{ kind: 'person', id: '2@default', person }] }));
  expect(shown()).toEqual(['3']);
});

it('[AR3] without a filter, in the order of numbers, there is nothing to update', async () => {
  const { lamp } = await opened({}, [rowOf('1'), rowOf('2')]);
  await lamp('1', 'ringing');
  expect(shown()).toEqual(['1', '2']);
  expect(update()).toBeNull();
});

it('[BD16] the choice of the view is kept for the account', async () => {
  const { user, gateway, own } = await opened({}, [rowOf('1')]);
  await user.click(screen.getByRole('radio', { name: 'Compact' }));
  expect(document.querySelector('[data-density="compact"]')).not.toBeNull();
  expect(gateway.asked.at(-1)?.body).toMatchObject({ preferences: { view: 'tiles', density: 'compact' } });
  await user.click(screen.getByRole('radio', { name: 'Table' }));
  expect(own.store.getState().preferences).toMatchObject({ view: 'table', density: 'compact' });
  expect(await screen.findByRole('columnheader', { name: 'Presence' })).toBeDefined();
});

it('[AR5] the table is sorted by its heads, either way, and lamps move nobody until the update', async () => {
  const { lamp, user } = await opened({ view: 'table' }, [rowOf('1'), rowOf('2', { lamp: 'ringing' })]);
  await user.click(await screen.findByRole('button', { name: 'Lamp' }));
  expect(shown()).toEqual(['2', '1']);
  expect(screen.getByRole('columnheader', { name: 'Lamp' }).getAttribute('aria-sort')).toBe('ascending');
  await lamp('2', 'idle');
  await lamp('1', 'ringing');
  expect(shown()).toEqual(['2', '1']);
  await user.keyboard('.');
  expect(shown()).toEqual(['1', '2']);
  await user.click(screen.getByRole('button', { name: 'Lamp' }));
  expect(shown()).toEqual(['2', '1']);
  expect(screen.getByRole('columnheader', { name: 'Lamp' }).getAttribute('aria-sort')).toBe('descending');
});

it('[BD20] a row of the table has the name and keys of a tile, and a cell for each column', async () => {
  const back = { at: 0, next: null };
  const presence = { state: 'away', subtype: 'Lunch', message: 'In town\nMobile' } as const;
  const { user } = await opened({ view: 'table' }, [rowOf('1'), rowOf('2', { back, presence })]);
  const row = await screen.findByRole('row', {
    name: '2 Name 2, Idle, Away, Lunch: In town Mobile, <1 min late',
  });
  const cells = within(row).getAllByRole('gridcell');
  expect(cells.map((cell) => cell.textContent)).toEqual([
    'Idle',
    '2',
    'Name 2',
    '',
    'AwayLunch',
    'In town',
    '',
    '<1 min late',
  ]);
  expect(row.dataset).toMatchObject({ extension: '2@default', lamp: 'idle', presence: 'away' });
  act(() => document.querySelector<HTMLElement>('[data-extension="1@default"]')?.focus());
  await user.keyboard('{ArrowDown}{Enter}');
  expect(await screen.findByRole('heading', { name: 'Name 2' })).toBeDefined();
});
