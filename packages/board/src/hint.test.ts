import { expect, it } from 'vitest';
import { parseHint } from './hint.ts';

it.each([
  ['PJSIP/1101,CustomPresence:1101', ['PJSIP/1101'], 'CustomPresence:1101'],
  ['PJSIP/1101&Custom:DND1101,CustomPresence:1101', ['PJSIP/1101', 'Custom:DND1101'], 'CustomPresence:1101'],
  ['PJSIP/1101', ['PJSIP/1101'], null],
  [',CustomPresence:x', [], 'CustomPresence:x'],
  ['', [], null],
  ['PJSIP/1101,', ['PJSIP/1101'], null],
])('[LM2] reads the hint %j', (hint, devices, provider) => {
  expect(parseHint(hint)).toEqual({ devices, provider });
});
