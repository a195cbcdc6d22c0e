import type { Extension, Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createFrozenView } from './frozen-view.ts';
import { orderBy } from './order.ts';
import { isReachable } from '@lampboard/model';
import { mapOf, testExtension } from '../../../testing/fixtures.ts';

const byLamp = orderBy({ column: 'lamp', descending: false }, 'en');

/** Extensions `1`, `2`, … with these lamps; null for none. */
function boardOf(...lamps: readonly (Lamp | null)[]) {
  const extensions = lamps.flatMap((lamp, index) =>
    lamp === null ? [] : [testExtension(String(index + 1), { lamp })],
  );
  return mapOf(extensions);
}

function openView({ filtered }: { filtered: boolean }) {
  const freezeView = createFrozenView();
  let queryKey = {};
  return {
    viewOf: (extensions: ReadonlyMap<string, Extension>) => {
      const query = {
        candidates: [...extensions.keys()],
        matches: filtered ? isReachable : null,
        order: filtered ? null : byLamp,
      };
      const { ids, stale, newMatches, orderChanged } = freezeView(extensions, query, queryKey);
      return {
        ids: ids.map(extenOf).join(' '),
        stale: [...stale].map(extenOf).join(' '),
        newMatches: newMatches.length,
        orderChanged,
      };
    },
    refresh: () => {
      queryKey = {};
    },
  };
}
const extenOf = (id: string) => id.slice(0, id.indexOf('@'));

it('[AR1] an order by lamp is frozen', () => {
  const { viewOf, refresh } = openView({ filtered: false });
  expect(viewOf(boardOf('idle', 'ringing', 'in-use'))).toMatchObject({ ids: '2 3 1', orderChanged: false });
  expect(viewOf(boardOf('ringing', 'idle', 'in-use'))).toMatchObject({ ids: '2 3 1', orderChanged: true });
  refresh();
  expect(viewOf(boardOf('ringing', 'idle', 'in-use'))).toMatchObject({ ids: '1 3 2', orderChanged: false });
});

it('[AR2] keeps extensions that no longer match, and marks them', () => {
  const { viewOf, refresh } = openView({ filtered: true });
  expect(viewOf(boardOf('idle', 'idle', 'busy'))).toMatchObject({ ids: '1 2', stale: '', newMatches: 0 });
  expect(viewOf(boardOf('in-use', 'idle', 'busy'))).toMatchObject({ ids: '1 2', stale: '1' });
  expect(viewOf(boardOf('idle', 'idle', 'busy'))).toMatchObject({ ids: '1 2', stale: '' });
  refresh();
  expect(viewOf(boardOf('in-use', 'idle', 'busy'))).toMatchObject({ ids: '2', stale: '' });
});

it('[AR3] counts new matches until a refresh', () => {
  const { viewOf, refresh } = openView({ filtered: true });
  viewOf(boardOf('busy', 'idle', 'busy'));
  expect(viewOf(boardOf('idle', 'idle', 'idle'))).toMatchObject({ ids: '2', newMatches: 2 });
  refresh();
  expect(viewOf(boardOf('idle', 'idle', 'idle'))).toMatchObject({ ids: '1 2 3', newMatches: 0 });
});

it('[AR4] in a frozen order a new extension is appended, a removed one returns to its position', () => {
  const { viewOf } = openView({ filtered: false });
  viewOf(boardOf('idle', 'ringing'));
  expect(viewOf(boardOf('idle', 'ringing', 'ringing')).ids).toBe('2 1 3');
  expect(viewOf(boardOf('idle', null, 'ringing')).ids).toBe('1 3');
  expect(viewOf(boardOf('idle', 'idle', 'ringing')).ids).toBe('2 1 3');
});

it('[AR1] freezes nothing before there is a board', () => {
  const { viewOf } = openView({ filtered: true });
  viewOf(new Map());
  expect(viewOf(boardOf('idle', 'busy'))).toMatchObject({ ids: '1', newMatches: 0 });
});

it('[AR4] in a stable order extensions are added and removed at their positions', () => {
  const freezeView = createFrozenView();
  const queryKey = {};
  const byName = { column: 'name', descending: true } as const;
  const viewOf = (extensions: ReadonlyMap<string, Extension>) =>
    freezeView(
      extensions,
      { candidates: [...extensions.keys()], matches: null, order: orderBy(byName, 'en') },
      queryKey,
    ).ids.map(extenOf);
  expect(viewOf(boardOf('idle', null, 'idle'))).toEqual(['3', '1']);
  expect(viewOf(boardOf('ringing', 'idle', 'idle'))).toEqual(['3', '2', '1']);
});
