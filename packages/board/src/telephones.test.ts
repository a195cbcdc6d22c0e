import type { Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { parseHint } from './hint.ts';
import { dndDevices, lampOfDevices, telephonesOf } from './telephones.ts';

it.each([
  ['PJSIP/1101&Custom:DND1101,CustomPresence:1101', ['PJSIP/1101'], ['Custom:DND1101']],
  ['SIP/1101&IAX2/1101', ['SIP/1101', 'IAX2/1101'], []],
  ['custom:DEVDND1101', [], ['custom:DEVDND1101']],
  ['Custom:QUEUE20*999', [], []],
  ['park:71@parkedcalls', [], []],
  ['confbridge:8000', [], []],
  ['MWI:1101@default', [], []],
  ['Queue:20_pause_Local/1101@from-queue/n', [], []],
  [',CustomPresence:1101', [], []],
  ['CustomPresence:1101', [], []],
])('[SN5] %j has the telephones %j, and %j for do not disturb', (hint, telephones, dnd) => {
  expect(telephonesOf(parseHint(hint))).toEqual(telephones);
  expect(dndDevices(parseHint(hint))).toEqual(dnd);
});

it.each<[string[], Lamp]>([
  [['NOT_INUSE'], 'idle'],
  [['UNAVAILABLE', 'NOT_INUSE'], 'idle'],
  [['UNAVAILABLE', 'INVALID'], 'unavailable'],
  [['RINGING', 'NOT_INUSE'], 'ringing'],
  [['RINGING', 'ONHOLD'], 'in-use-ringing'],
  [['INUSE', 'BUSY'], 'busy'],
  [['ONHOLD', 'INUSE'], 'in-use'],
  [['something new'], 'unknown'],
])('[SN5] telephones that are %j are %s together', (states, lamp) => {
  expect(lampOfDevices(states)).toBe(lamp);
});
