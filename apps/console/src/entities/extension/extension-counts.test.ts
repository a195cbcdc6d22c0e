import { LAMPS, type Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { testExtension } from '../../testing/fixtures.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { countsLabel } from './extension-counts.ts';

it('[SN5] [SN6] [SN7] counts telephones, and not what a hint joins with them', () => {
  const extensions = [
    testExtension('dnd', { lamp: 'busy', phone: { lamp: 'idle', dnd: true } }),
    testExtension('call', { lamp: 'busy', phone: { lamp: 'in-use', dnd: true } }),
    testExtension('unregistered', { lamp: 'idle', phone: { lamp: 'unavailable', dnd: false } }),
    testExtension('*4520', { lamp: 'idle', phone: null }),
    testExtension('*280', { lamp: 'in-use', phone: null }),
    testExtension('*281', { lamp: 'ringing', phone: null }),
  ];
  expect(countsLabel(translateEnglish, extensions, null)).toBe('0 reachable · 1 on a call');
});

it('[BD7] counts who can be reached, who is on the phone, and whose telephone rings', () => {
  const lamp = (value: Lamp) => testExtension(value, { lamp: value });
  const extensions = [
    ...LAMPS.map(lamp),
    testExtension('a', { presence: { state: 'dnd', subtype: '', message: '' } }),
    testExtension('b', { presence: null }),
  ];
  expect(countsLabel(translateEnglish, extensions, null)).toBe('1 reachable · 5 on a call · 2 ringing');
  expect(countsLabel(translateEnglish, [], null)).toBe('');
});
