import { expect, it } from 'vitest';
import { parseHint } from './hint.ts';

it.each([
  ['PJSIP/1101,CustomPresence:1101', ['PJSIP/1101'], 'CustomPresence:1101'],
  ['PJSIP/1101&Custom:DND1101,CustomPresence:1101', ['PJSIP/1101', 'Custom:DND1101'], 'CustomPresence:1101'],
  ['PJSIP/1101', ['PJSIP/1101'], null],
  [',CustomPresence:x', [], 'CustomPresence:x'],
  ['', [], null],
  ['PJSIP/1101,', ['PJSIP/1101'], null],
  ['PJSIP/1101 ,custompresence:1101', ['PJSIP/1101 '], 'custompresence:1101'],
  ['PJSIP/1101, CustomPresence:1101', ['PJSIP/1101'], ' CustomPresence:1101'],
  ['PJSIP/1101,x,CustomPresence:ann@corp', ['PJSIP/1101,x'], 'CustomPresence:ann@corp'],
  ['CustomPresence:1101', ['CustomPresence:1101'], 'CustomPresence:1101'],
  ['SIP/1101&custompresence:a-b,', ['SIP/1101', 'custompresence:a-b'], 'custompresence:a-b'],
])('[LM2] [LM5] reads the hint %j', (hint, devices, provider) => {
  expect(parseHint(hint)).toEqual({ devices, provider });
});
