import { expect, it } from 'vitest';
import { eventNames, startWithClient } from '../testing/fixtures.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { generateHints, startCallLoad, startLoadGenerator } from './load-generator.ts';
import { startNoiseGenerator } from './noise-generator.ts';

it('[DM3] changes at the given rate, one presence in twenty', async () => {
  const { pbx, client } = await startWithClient('call', { hints: generateHints(500) });
  const clock = createManualClock();
  const load = startLoadGenerator({ pbx, extensions: 500, rate: 130, clock });
  clock.advance(10_000);
  const names = await eventNames(client);
  const count = (name: string): number => names.filter((other) => other === name).length;
  expect(count('DeviceStateChange') + count('PresenceStateChange')).toBeGreaterThanOrEqual(1299);
  expect(count('PresenceStateChange')).toBeGreaterThanOrEqual(64);
  expect(count('ExtensionStatus')).toBeGreaterThan(1000);
  load.stop();
  expect(clock.pending()).toBe(0);
});

it('[DM3] numbers extensions from 10000', () => {
  const hints = generateHints(3);
  expect(hints.map(({ exten }) => exten)).toEqual(['10000', '10001', '10002']);
  expect(hints[2]?.hint).toBe('PJSIP/10002,CustomPresence:10002');
});

it('[DM3] holds the number of calls, of which as many end as begin', async () => {
  const clock = createManualClock();
  const { pbx, client } = await startWithClient('call', { hints: generateHints(500), clock });
  const load = startCallLoad({ pbx, extensions: 500, calls: 50, clock });
  clock.advance(60_000);
  const names = await eventNames(client);
  const count = (name: string): number => names.filter((other) => other === name).length;
  expect(count('Hangup')).toBe(120);
  expect(count('Newchannel')).toBe(100 + 120);
  load.stop();
});

it('[DM3] sends noise at the given rate', async () => {
  const { pbx, client } = await startWithClient('call');
  const clock = createManualClock();
  const noise = startNoiseGenerator({ pbx, rate: 1250, clock });
  clock.advance(1000);
  expect(await eventNames(client)).toHaveLength(1250);
  noise.stop();
  expect(clock.pending()).toBe(0);
});

it('[DM3] holds the rate although timers are late', async () => {
  const { pbx, client } = await startWithClient('call', { hints: generateHints(500) });
  const clock = createManualClock();
  const lateClock = { ...clock, after: (ms: number, run: () => void) => clock.after(3 * ms, run) };
  const noise = startNoiseGenerator({ pbx, rate: 1250, clock: lateClock });
  clock.advance(1200);
  noise.stop();
  expect(await eventNames(client)).toHaveLength(1500);
  const load = startLoadGenerator({ pbx, extensions: 500, rate: 130, clock: lateClock });
  clock.advance(1200);
  load.stop();
  const changes = (await eventNames(client)).filter((name) => /^(?:Device|Presence)StateChange$/.test(name));
  expect(changes.length).toBeGreaterThanOrEqual(155);
});
