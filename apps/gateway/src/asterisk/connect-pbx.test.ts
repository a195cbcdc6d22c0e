import { startDemoPbx } from '@lampboard/demo-pbx';
import { testPbx } from '@lampboard/model/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLiveBoard } from '../board/live-board.ts';
import { systemClock } from '../platform/clock.ts';
import { connectTestPbx } from './testing/connect-test-pbx.ts';

const USER = { username: 'lampboard', secret: 'hush' };
const RIGHTS = { read: ['call', 'system'], write: ['call'] };
const HINT = { exten: '1101', context: 'default', hint: 'PJSIP/1101,CustomPresence:1101' };
const PBXS = ['north', 'south'] as const;

/** Follows two PBXs, which have the same number and provider, on one board. */
async function followTwo() {
  const board = createLiveBoard({ pbxs: PBXS.map((id) => testPbx(id)), clock: systemClock });
  const [north, south] = await Promise.all(
    PBXS.map(async (id) => {
      const pbx = await startDemoPbx({ hints: [HINT], users: [{ ...USER, ...RIGHTS }] });
      const endpoint = { host: '127.0.0.1', port: pbx.port, ...USER };
      const { presenceFunction, stop } = connectTestPbx({ id, endpoint, board });
      onTestFinished(async () => {
        await stop();
        await pbx.close();
      });
      const extension = () => board.current().extensions.get(`${id}/1101@default`);
      const link = () => board.current().pbxs.get(id)?.link.state;
      return { pbx, presenceFunction, extension, link };
    }),
  );
  if (north === undefined || south === undefined) throw new Error('There are not two PBXs.');
  await eventually(() => expect([north.link(), south.link()]).toEqual(['live', 'live']));
  return { north, south, board };
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

it('[SY1] [LM3] two PBXs with the same number share a board, each with its own lamp and presence', async () => {
  const { north, south, board } = await followTwo();
  expect([...board.current().extensions.keys()].toSorted()).toEqual([
    'north/1101@default',
    'south/1101@default',
  ]);
  south.pbx.setDeviceState('PJSIP/1101', 'RINGING');
  await south.presenceFunction.write('CustomPresence:1101', { state: 'away', subtype: 'Lunch', message: '' });
  await eventually(() =>
    expect(south.extension()).toMatchObject({ lamp: 'ringing', presence: { state: 'away' } }),
  );
  expect(north.extension()).toMatchObject({ lamp: 'idle', presence: { state: 'not_set' } });
});

it('[LK1] while one PBX is down the other stays live', async () => {
  const { north, south } = await followTwo();
  await south.pbx.kill();
  await eventually(() => expect(south.link()).toBe('down'));
  expect(south.extension()?.lamp).toBeDefined();
  north.pbx.setDeviceState('PJSIP/1101', 'INUSE');
  await eventually(() => expect(north.extension()?.lamp).toBe('in-use'));
  expect(north.link()).toBe('live');
});
