import type { DemoPbx } from '../types.ts';
import { formatBlock } from '../ami/event.ts';
import { type Clock, realClock } from './clock.ts';

const TICK_MS = 2;

const CHANNEL_HEADERS = [
  ['Channel', 'PJSIP/1101-00000a2c'],
  ['ChannelState', '6'],
  ['ChannelStateDesc', 'Up'],
  ['CallerIDNum', '1101'],
  ['CallerIDName', 'Alice Chen'],
  ['ConnectedLineNum', '1102'],
  ['ConnectedLineName', 'Bob Marsh'],
  ['Language', 'en'],
  ['AccountCode', ''],
  ['Context', 'default'],
  ['Exten', '1102'],
  ['Priority', '1'],
  ['Uniqueid', '1795391650.2604'],
  ['Linkedid', '1795391650.2604'],
] as const;

/** What calls bring besides lamps, of the size that Asterisk gives it. */
const EVENTS = [
  formatBlock([['Event', 'Newchannel'], ['Privilege', 'call,all'], ...CHANNEL_HEADERS]),
  formatBlock([['Event', 'Newstate'], ['Privilege', 'call,all'], ...CHANNEL_HEADERS]),
  formatBlock([
    ['Event', 'DialBegin'],
    ['Privilege', 'call,all'],
    ...CHANNEL_HEADERS,
    ['DialString', '1102'],
  ]),
  formatBlock([['Event', 'Hangup'], ['Privilege', 'call,all'], ...CHANNEL_HEADERS, ['Cause', '16']]),
  formatBlock([
    ['Event', 'DeviceStateChange'],
    ['Privilege', 'call,all'],
    ['Device', 'PJSIP/1101'],
    ['State', 'INUSE'],
  ]),
];

/** Bytes of an event of the noise, on average. */
export const NOISE_EVENT_BYTES = EVENTS.join('').length / EVENTS.length;

/** Says at a steady rate, in events a second, what a busy PBX says and no board wants. */
export function startNoiseGenerator(options: {
  pbx: Pick<DemoPbx, 'injectRaw'>;
  rate: number;
  clock?: Clock;
}): {
  stop(): void;
} {
  const { pbx, rate, clock = realClock } = options;
  let sent = 0;
  let due = 0;
  let last = clock.now();
  let cancel = clock.after(TICK_MS, tick);
  function tick(): void {
    let text = '';
    const now = clock.now();
    for (due += (rate * (now - last)) / 1000; due >= 1; due -= 1) {
      text += EVENTS[sent % EVENTS.length];
      sent += 1;
    }
    last = now;
    pbx.injectRaw(text);
    cancel = clock.after(TICK_MS, tick);
  }
  return { stop: () => cancel() };
}
