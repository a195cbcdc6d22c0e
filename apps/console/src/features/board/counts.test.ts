import { LAMPS, type Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { rowOf } from '../../live/testing/row-of.ts';
import { countRows } from './counts.ts';

it('[SN5] [SN6] [SN7] counts telephones, and not what a hint joins with them', () => {
  const rows = [
    rowOf('dnd', { lamp: 'busy', phone: { lamp: 'idle', dnd: true } }),
    rowOf('call', { lamp: 'busy', phone: { lamp: 'in-use', dnd: true } }),
    rowOf('unregistered', { lamp: 'idle', phone: { lamp: 'unavailable', dnd: false } }),
    rowOf('*4520', { lamp: 'idle', phone: null }),
    rowOf('*280', { lamp: 'in-use', phone: null }),
    rowOf('*281', { lamp: 'ringing', phone: null }),
  ];
  expect(countRows(rows, () => true)).toEqual({ all: 6, reachable: 0, onThePhone: 1, ringing: 0 });
});

it('[BD7] counts who can be reached, who is on the phone, and whose telephone rings', () => {
  const lamp = (value: Lamp) => rowOf(value, { lamp: value });
  const rows = [
    ...LAMPS.map(lamp),
    rowOf('a', { presence: { state: 'dnd', subtype: '', message: '' } }),
    rowOf('b', { presence: null }),
  ];
  expect(countRows(rows, () => true)).toEqual({ all: 11, reachable: 1, onThePhone: 5, ringing: 2 });
  expect(countRows(rows, ({ exten }) => exten === 'busy')).toMatchObject({ all: 1, onThePhone: 1 });
});
