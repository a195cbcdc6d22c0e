import type { ExtensionRow, Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createArrangement } from './arrangement.ts';
import { orderBy } from './order.ts';
import { isReachable } from './sense.ts';
import { boardRow } from './testing/board-row.ts';

const byLamp = orderBy({ column: 'lamp', descending: false }, 'en');

/** A board of extensions `1`, `2`, … with these lamps; null: there is no such extension. */
function boardOf(...lamps: readonly (Lamp | null)[]) {
  const rows = lamps.flatMap((lamp, place) => (lamp === null ? [] : [boardRow(String(place + 1), { lamp })]));
  return new Map<string, ExtensionRow>(rows.map((row) => [row.id, row]));
}

function opened({ filtered }: { filtered: boolean }) {
  const arrange = createArrangement();
  let asked = {};
  return {
    shows: (rows: ReadonlyMap<string, ExtensionRow>) => {
      const wanted = {
        among: [...rows.keys()],
        fits: filtered ? isReachable : null,
        order: filtered ? null : byLamp,
      };
      const { ids, unfit, more, moved } = arrange(rows, wanted, asked);
      return {
        ids: ids.map(extenOf).join(' '),
        unfit: [...unfit].map(extenOf).join(' '),
        more: more.length,
        moved,
      };
    },
    asksAnew: () => {
      asked = {};
    },
  };
}
const extenOf = (id: string) => id.slice(0, id.indexOf('@'));

it('[AR1] where lamps decide the order, it is taken once and then stays', () => {
  const { shows, asksAnew } = opened({ filtered: false });
  expect(shows(boardOf('idle', 'ringing', 'in-use'))).toMatchObject({ ids: '2 3 1', moved: false });
  expect(shows(boardOf('ringing', 'idle', 'in-use'))).toMatchObject({ ids: '2 3 1', moved: true });
  asksAnew();
  expect(shows(boardOf('ringing', 'idle', 'in-use'))).toMatchObject({ ids: '1 3 2', moved: false });
});

it('[AR2] who does not fit any more stays, and is told from the others', () => {
  const { shows, asksAnew } = opened({ filtered: true });
  expect(shows(boardOf('idle', 'idle', 'busy'))).toMatchObject({ ids: '1 2', unfit: '', more: 0 });
  expect(shows(boardOf('in-use', 'idle', 'busy'))).toMatchObject({ ids: '1 2', unfit: '1' });
  expect(shows(boardOf('idle', 'idle', 'busy'))).toMatchObject({ ids: '1 2', unfit: '' });
  asksAnew();
  expect(shows(boardOf('in-use', 'idle', 'busy'))).toMatchObject({ ids: '2', unfit: '' });
});

it('[AR3] who would fit by now is counted, until it is asked anew', () => {
  const { shows, asksAnew } = opened({ filtered: true });
  shows(boardOf('busy', 'idle', 'busy'));
  expect(shows(boardOf('idle', 'idle', 'idle'))).toMatchObject({ ids: '2', more: 2 });
  asksAnew();
  expect(shows(boardOf('idle', 'idle', 'idle'))).toMatchObject({ ids: '1 2 3', more: 0 });
});

it('[AR4] in an order that lamps decide a new extension comes at the end, one that is gone goes, and is back at its place', () => {
  const { shows } = opened({ filtered: false });
  shows(boardOf('idle', 'ringing'));
  expect(shows(boardOf('idle', 'ringing', 'ringing')).ids).toBe('2 1 3');
  expect(shows(boardOf('idle', null, 'ringing')).ids).toBe('1 3');
  expect(shows(boardOf('idle', 'idle', 'ringing')).ids).toBe('2 1 3');
});

it('[AR1] nothing is taken before there is a board', () => {
  const { shows } = opened({ filtered: true });
  shows(new Map());
  expect(shows(boardOf('idle', 'busy'))).toMatchObject({ ids: '1', more: 0 });
});

it('[AR4] in an order that nothing moves extensions come and go at their places at once', () => {
  const arrange = createArrangement();
  const asked = {};
  const named = { column: 'name', descending: true } as const;
  const shows = (rows: ReadonlyMap<string, ExtensionRow>) =>
    arrange(rows, { among: [...rows.keys()], fits: null, order: orderBy(named, 'en') }, asked).ids.map(
      extenOf,
    );
  expect(shows(boardOf('idle', null, 'idle'))).toEqual(['3', '1']);
  expect(shows(boardOf('ringing', 'idle', 'idle'))).toEqual(['3', '2', '1']);
});
