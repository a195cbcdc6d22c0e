import { LAMPS, type Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { rowOf } from '../../live/testing/row-of.ts';
import { countRows } from './counts.ts';

it('[BD7] counts who can be reached, who is on the phone, and whose telephone rings', () => {
  const lamp = (value: Lamp) => rowOf(value, { lamp: value });
  const rows = [
    ...LAMPS.map(lamp),
    rowOf('a', { presence: { state: 'dnd', subtype: '', message: '' } }),
    rowOf('b', { presence: null }),
  ];
  expect(countRows(rows, () => true)).toEqual({ all: 11, reachable: 2, onThePhone: 5, ringing: 2 });
  expect(countRows(rows, ({ exten }) => exten === 'busy')).toMatchObject({ all: 1, onThePhone: 1 });
});
