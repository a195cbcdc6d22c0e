import type { Entry } from '@lampboard/model';
import { ONLY_PBX } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createDeviceIndex } from './device-index.ts';

const entry = (exten: string, hint: string): Entry => ({
  kind: 'person',
  exten,
  context: 'default',
  hint,
  status: 0,
});

it('[CM1] a device has all its entries, the one of its own first, whatever its case', () => {
  const { extensionsOfDevice } = createDeviceIndex(
    [
      entry('5103', 'PJSIP/1102&PJSIP/1103'),
      entry('1102', 'PJSIP/1102,CustomPresence:1102'),
      { ...entry('1103', 'PJSIP/1103'), aliases: [entry('*801103', 'PJSIP/1103')] },
    ],
    ONLY_PBX,
  );
  expect(extensionsOfDevice('pjsip/1102')).toEqual(['1102@default', '5103@default']);
  expect(extensionsOfDevice('PJSIP/1103')).toEqual(['1103@default', '5103@default']);
  expect(extensionsOfDevice('PJSIP/1104')).toEqual([]);
});

it('[CM8] a number names an entry by each of its hints, unless two contexts have it', () => {
  const { extensionOfNumber } = createDeviceIndex(
    [
      { ...entry('1103', 'PJSIP/1103'), aliases: [entry('*801103', 'PJSIP/1103')] },
      entry('200', 'PJSIP/200'),
      { ...entry('200', 'PJSIP/201'), context: 'warehouse' },
    ],
    ONLY_PBX,
  );
  expect(extensionOfNumber('*801103')).toBe('1103@default');
  expect(extensionOfNumber('200')).toBeNull();
});
