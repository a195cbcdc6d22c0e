import type { DemoPbx } from '../ami/server.ts';
import { liveEvent } from '../ami/blocks.ts';
import { type Clock, realClock, startAtRate } from '../pbx/clock.ts';

const TICK_MS = 2;

const CHANNEL_HEADERS = {
  Channel: 'PJSIP/1101-00000a2c',
  ChannelState: '6',
  ChannelStateDesc: 'Up',
  CallerIDNum: '1101',
  CallerIDName: 'Alice Chen',
  ConnectedLineNum: '1102',
  ConnectedLineName: 'Bob Marsh',
  Language: 'en',
  AccountCode: '',
  Context: 'default',
  Exten: '1102',
  Priority: '1',
  Uniqueid: '1795391650.2604',
  Linkedid: '1795391650.2604',
};

/** Events of calls other than lamps, as large as Asterisk's. */
const EVENTS = [
  liveEvent('Newchannel', 'call', CHANNEL_HEADERS),
  liveEvent('Newstate', 'call', CHANNEL_HEADERS),
  liveEvent('DialBegin', 'call', { ...CHANNEL_HEADERS, DialString: '1102' }),
  liveEvent('Hangup', 'call', { ...CHANNEL_HEADERS, Cause: '16' }),
  liveEvent('DeviceStateChange', 'call', { Device: 'PJSIP/1101', State: 'INUSE' }),
].map(({ text }) => text);

/** Average size of a noise event. */
export const NOISE_EVENT_BYTES = EVENTS.join('').length / EVENTS.length;

interface NoiseOptions {
  pbx: Pick<DemoPbx, 'injectRaw'>;
  rate: number;
  clock?: Clock;
}

/** Sends events that no board needs, at `rate` per second. */
export function startNoiseGenerator({ pbx, rate, clock = realClock }: NoiseOptions): { stop(): void } {
  let sent = 0;
  return startAtRate(clock, TICK_MS, rate, (count) => {
    let text = '';
    for (const end = sent + count; sent < end; sent += 1) text += EVENTS[sent % EVENTS.length];
    pbx.injectRaw(text);
  });
}
