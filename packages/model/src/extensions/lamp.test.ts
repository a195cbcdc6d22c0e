import type { Lamp } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { parseHint } from './hint.ts';
import { dndDevices, lampFromDeviceStates, phoneDevices, lampFromStatus } from './lamp.ts';

it.each([
  [0, 'idle'],
  [1, 'in-use'],
  [2, 'busy'],
  [4, 'unavailable'],
  [8, 'ringing'],
  [9, 'in-use-ringing'],
  [16, 'on-hold'],
  [17, 'in-use-on-hold'],
  [-1, 'unknown'],
  [-2, 'unknown'],
  [3, 'unknown'],
  [Number.NaN, 'unknown'],
])('[LM1] status %d is the lamp %s', (status, lamp) => {
  expect(lampFromStatus(status)).toBe(lamp);
});

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
])('[SN5] %j has the phones %j, and %j for do not disturb', (hint, phones, dnd) => {
  expect(phoneDevices(parseHint(hint))).toEqual(phones);
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
])('[SN5] phones in the states %j are %s together', (states, lamp) => {
  expect(lampFromDeviceStates(states)).toBe(lamp);
});
