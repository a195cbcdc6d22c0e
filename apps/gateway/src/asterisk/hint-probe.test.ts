import { startDemoPbx } from '@lampboard/demo-pbx';
import { expect, it, onTestFinished, vi } from 'vitest';
import { testPbx } from '@lampboard/model/testing';
import { createLiveBoard } from '../board/live-board.ts';
import { systemClock } from '../platform/clock.ts';
import { connectTestPbx } from './testing/connect-test-pbx.ts';

const USER = { username: 'lampboard', secret: 'hush' };
const joinedHint = (exten: string) => ({
  exten,
  context: 'default',
  hint: `PJSIP/${exten}&Custom:DND${exten},CustomPresence:${exten}`,
});

/** Connects to a PBX with these events and the probe alone; the next resync is a day later. */
async function connectWithoutResync(count: number, events = 'ExtensionStatus|Reload|FullyBooted') {
  const hints = Array.from({ length: count }, (_, index) => joinedHint(String(1101 + index)));
  const eventfilter = [`^Event: (${events})`];
  const user = { ...USER, read: ['call', 'system'], write: ['call'], eventfilter };
  const pbx = await startDemoPbx({ hints, users: [user] });
  for (const { exten } of hints) pbx.setDeviceState(`PJSIP/${exten}`, 'NOT_INUSE');
  const board = createLiveBoard({ pbxs: [testPbx()], clock: systemClock });
  const endpoint = { host: '127.0.0.1', port: pbx.port, ...USER };
  const { isLive, stop } = connectTestPbx({ endpoint, board, listBytesPerSecond: 0.01 });
  onTestFinished(async () => {
    await stop();
    await pbx.close();
  });
  const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });
  await eventually(() => expect(isLive()).toBe(true));
  return { pbx, hints, getExtensions: () => board.current().extensions, eventually };
}

it('[AM22] [LM4] a reload that removes most hints, or all, is detected', async () => {
  const { pbx, hints, getExtensions, eventually } = await connectWithoutResync(200);
  pbx.reload(hints.slice(0, 20));
  await eventually(() => expect(getExtensions().size).toBe(20));
  pbx.reload([]);
  await eventually(() => expect(getExtensions().size).toBe(0));
});

it('[SN6] a phone that unregisters behind “do not disturb” is updated by its event, however many there are', async () => {
  const { pbx, getExtensions } = await connectWithoutResync(
    1500,
    'ExtensionStatus|DeviceStateChange|FullyBooted',
  );
  for (const state of ['UNAVAILABLE', 'NOT_INUSE'] as const) {
    pbx.setDeviceState('PJSIP/2600', state);
    const lamp = state === 'NOT_INUSE' ? 'idle' : 'unavailable';
    const expectPhone = () =>
      expect(getExtensions().get('2600@default')?.phone).toEqual({ lamp, dnd: false });
    await vi.waitFor(expectPhone, { timeout: 2000, interval: 10 });
  }
});

it('[AM22] [SN5] phones on “do not disturb” are followed without events', async () => {
  const { pbx, getExtensions, eventually } = await connectWithoutResync(200);
  const phone = (exten: string) => getExtensions().get(`${exten}@default`)?.phone;
  for (const exten of ['1150', '1250']) {
    pbx.setDeviceState(`Custom:DND${exten}`, 'BUSY');
    await eventually(() => expect(phone(exten)).toEqual({ lamp: 'idle', dnd: true }));
    pbx.setDeviceState(`PJSIP/${exten}`, 'INUSE');
    await eventually(() => expect(phone(exten)).toEqual({ lamp: 'in-use', dnd: true }));
    pbx.setDeviceState(`PJSIP/${exten}`, 'NOT_INUSE');
    await eventually(() => expect(phone(exten)).toEqual({ lamp: 'idle', dnd: true }));
  }
});
