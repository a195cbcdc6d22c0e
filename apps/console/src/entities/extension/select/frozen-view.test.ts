import type { Extension, Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createFrozenView } from './frozen-view.ts';
import { orderBy } from './order.ts';
import { isReachable } from '@lampboard/model';
import { testExtension } from '@lampboard/model/testing';

const byLamp = orderBy({ column: 'lamp', descending: false }, 'en');

/** A board of extensions `1`, `2`, … with these lamps; null: there is no such extension. */
function boardOf(...lamps: readonly (Lamp | null)[]) {
  const extensions = lamps.flatMap((lamp, index) =>
    lamp === null ? [] : [testExtension(String(index + 1), { lamp })],
  );
  return new Map<string, Extension>(extensions.map((extension) => [extension.id, extension]));
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

it('[AR1] where lamps decide the order, it is taken once and then stays', () => {
  const { viewOf, refresh } = openView({ filtered: false });
  expect(viewOf(boardOf('idle', 'ringing', 'in-use'))).toMatchObject({ ids: '2 3 1', orderChanged: false });
  expect(viewOf(boardOf('ringing', 'idle', 'in-use'))).toMatchObject({ ids: '2 3 1', orderChanged: true });
  refresh();
  expect(viewOf(boardOf('ringing', 'idle', 'in-use'))).toMatchObject({ ids: '1 3 2', orderChanged: false });
});

it('[AR2] who does not fit any more stays, and is told from the others', () => {
  const { viewOf, refresh } = openView({ filtered: true });
  expect(viewOf(boardOf('idle', 'idle', 'busy'))).toMatchObject({ ids: '1 2', stale: '', newMatches: 0 });
  expect(viewOf(boardOf('in-use', 'idle', 'busy'))).toMatchObject({ ids: '1 2', stale: '1' });
  expect(viewOf(boardOf('idle', 'idle', 'busy'))).toMatchObject({ ids: '1 2', stale: '' });
  refresh();
  expect(viewOf(boardOf('in-use', 'idle', 'busy'))).toMatchObject({ ids: '2', stale: '' });
});

it('[AR3] who would fit by now is counted, until it is asked anew', () => {
  const { viewOf, refresh } = openView({ filtered: true });
  viewOf(boardOf('busy', 'idle', 'busy'));
  expect(viewOf(boardOf('idle', 'idle', 'idle'))).toMatchObject({ ids: '2', newMatches: 2 });
  refresh();
  expect(viewOf(boardOf('idle', 'idle', 'idle'))).toMatchObject({ ids: '1 2 3', newMatches: 0 });
});

it('[AR4] in an order that lamps decide a new extension comes at the end, one that is gone goes, and is back at its place', () => {
  const { viewOf } = openView({ filtered: false });
  viewOf(boardOf('idle', 'ringing'));
  expect(viewOf(boardOf('idle', 'ringing', 'ringing')).ids).toBe('2 1 3');
  expect(viewOf(boardOf('idle', null, 'ringing')).ids).toBe('1 3');
  expect(viewOf(boardOf('idle', 'idle', 'ringing')).ids).toBe('2 1 3');
});

it('[AR1] nothing is taken before there is a board', () => {
  const { viewOf } = openView({ filtered: true });
  viewOf(new Map());
  expect(viewOf(boardOf('idle', 'busy'))).toMatchObject({ ids: '1', newMatches: 0 });
});

it('[AR4] in an order that nothing moves extensions come and go at their places at once', () => {
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
