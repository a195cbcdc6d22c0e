import { LAMPS, type Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { presenceOf, testExtension } from '../../testing/fixtures.ts';
import { tallyOf } from './group-counts.tsx';

it('[SN5] [SN6] [SN7] counts telephones, and not what a hint joins with them', () => {
  const extensions = [
    testExtension('dnd', { lamp: 'busy', phone: { lamp: 'idle', dnd: true } }),
    testExtension('call', { lamp: 'busy', phone: { lamp: 'in-use', dnd: true } }),
    testExtension('unregistered', { lamp: 'idle', phone: { lamp: 'unavailable', dnd: false } }),
    testExtension('*4520', { lamp: 'idle', phone: null }),
    testExtension('*280', { lamp: 'in-use', phone: null }),
    testExtension('*281', { lamp: 'ringing', phone: null }),
  ];
  expect(tallyOf(extensions)(0)).toEqual({ reachable: 0, onCall: 1, ringing: 0, late: 0 });
});

it('[BD7] counts who is reachable, on a call, ringing and late', () => {
  const lamp = (value: Lamp) => testExtension(value, { lamp: value });
  const extensions = [
    ...LAMPS.map(lamp),
    testExtension('a', { presence: { state: 'dnd', subtype: '', message: '' } }),
    testExtension('b', { presence: null }),
    testExtension('c', { presence: presenceOf('away'), returnTime: { at: 5, thenState: null } }),
  ];
  expect(tallyOf(extensions)(6)).toEqual({ reachable: 1, onCall: 5, ringing: 2, late: 1 });
  expect(tallyOf(extensions)(4)?.late).toBe(0);
  expect(tallyOf([])(0)).toBeNull();
});
