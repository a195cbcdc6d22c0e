import { expect, it } from 'vitest';
import type { DemoPbx } from '../ami/server.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import { login, startPbx } from '../testing/fixtures.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { startOffice } from './office.ts';
import { officeDirectory, officeHints, extensionsWithPresence } from './directory.ts';
import { officeTelephony } from './office-telephony.ts';

const MINUTE_MS = 60_000;

const DEVICES = [
  ...new Set(officeHints.flatMap(({ hint }) => hint.slice(0, hint.lastIndexOf(',') >>> 0).split('&'))),
].filter(Boolean);
const STEP_MS = 500;

/** Starts an office on a manual clock, and logs lamp and presence changes in order. */
async function startRecordedOffice(seed = 1) {
  const manual = createManualClock();
  const original = await startPbx({ hints: officeHints, telephony: officeTelephony, clock: manual });
  const log: string[] = [];
  const states = new Map<string, DeviceState>();
  function logDevices(): void {
    for (const device of DEVICES) {
      const state = original.deviceState(device);
      if (states.get(device) !== state) log.push(`${device} ${state}`);
      states.set(device, state);
    }
  }
  const pbx: DemoPbx = {
    ...original,
    setDeviceState(device, state) {
      if (!DEVICES.includes(device)) log.push(`${device} ${state}`);
      original.setDeviceState(device, state);
    },
    setPresence(provider, presence) {
      log.push(`${provider} ${Object.values(presence).join(' ')}`);
      original.setPresence(provider, presence);
    },
  };
  const office = startOffice({ pbx, seed, clock: manual });
  logDevices();
  const clock = {
    ...manual,
    advance(ms: number) {
      for (let left = ms; left > 0; left -= STEP_MS) {
        manual.advance(Math.min(STEP_MS, left));
        logDevices();
      }
    },
  };
  return { pbx, clock, manual, log, office };
}

const lamps = (pbx: DemoPbx): DeviceState[] =>
  officeDirectory.map(({ extension }) => pbx.deviceState(`PJSIP/${extension}`));
const count = (pbx: DemoPbx, ...states: DeviceState[]): number =>
  lamps(pbx).filter((state) => states.includes(state)).length;

it('[DM1] is an office of 48 in six departments, three of them rooms', () => {
  expect(officeDirectory).toHaveLength(48);
  expect(new Set(officeDirectory.map(({ name }) => name)).size).toBe(48);
  expect(new Set(extensionsWithPresence).size).toBe(45);
  const sizes: Record<string, number> = {};
  for (const { department } of officeDirectory) sizes[department] = (sizes[department] ?? 0) + 1;
  expect(sizes).toEqual({ Sales: 11, Support: 14, Accounts: 6, Workshop: 9, Management: 4, Reception: 4 });
  const hints = officeHints.map(({ hint }) => hint);
  expect(hints[0]).toBe('PJSIP/1101,CustomPresence:1101');
  expect(hints[4]).toBe('PJSIP/1105&Custom:DND1105,CustomPresence:1105');
  expect(hints[9]).toBe('PJSIP/1110');
  expect(officeHints.slice(0, 48).map(({ exten }) => exten)).toEqual(
    officeDirectory.map(({ extension }) => extension),
  );
  const addresses = officeDirectory.map(({ email }) => email).filter(Boolean);
  expect(new Set(addresses).size).toBe(45);
  expect(addresses.every((email) => /^[a-z]+(\.[a-z]+)*@example\.com$/.test(email))).toBe(true);
});

it('[DM1] starts in the middle of a working day', async () => {
  const { pbx } = await startRecordedOffice();
  expect(count(pbx, 'INUSE', 'ONHOLD')).toBe(12);
  expect(count(pbx, 'RINGING')).toBe(1);
  expect(count(pbx, 'UNAVAILABLE')).toBe(2);
  expect(pbx.deviceState('PJSIP/1106')).toBe('ONHOLD');
  const lunch = { state: 'away', subtype: 'Lunch', message: 'back 13:30' };
  expect(pbx.presence('CustomPresence:1103')).toEqual(lunch);
  const states = extensionsWithPresence.map((extension) => pbx.presence(`CustomPresence:${extension}`).state);
  const all = ['available', 'chat', 'away', 'xa', 'dnd', 'unavailable', 'not_set'];
  expect(new Set(states)).toEqual(new Set(all));
  expect(states.filter((state) => state === 'available').length).toBeGreaterThan(18);
});

it('[DM1] changes a lamp every second or two and a presence about every 20 s, for an hour', async () => {
  const { pbx, clock, log } = await startRecordedOffice();
  log.length = 0;
  const seen = new Set<DeviceState>();
  for (let minute = 0; minute < 60; minute += 1) {
    clock.advance(MINUTE_MS);
    for (const state of lamps(pbx)) seen.add(state);
    expect(count(pbx, 'INUSE', 'ONHOLD', 'RINGING', 'RINGINUSE')).toBeLessThan(20);
    expect(count(pbx, 'UNAVAILABLE')).toBeLessThan(5);
  }
  const presences = log.filter((line) => line.startsWith('CustomPresence')).length;
  expect((log.length - presences) / 3600).toBeGreaterThan(0.5);
  expect((log.length - presences) / 3600).toBeLessThan(1.2);
  expect(presences / 180).toBeGreaterThan(0.8);
  expect(presences / 180).toBeLessThan(1.2);
  for (const state of ['NOT_INUSE', 'INUSE', 'RINGING', 'ONHOLD', 'UNAVAILABLE'] as const)
    expect(seen).toContain(state);
  expect(log.some((line) => line.endsWith('RINGINUSE'))).toBe(true);
});

it('[DM1] repeats itself with the same seed only', async () => {
  const one = await startRecordedOffice(7);
  const same = await startRecordedOffice(7);
  const other = await startRecordedOffice(8);
  for (const { clock } of [one, same, other]) clock.advance(10 * MINUTE_MS);
  expect(same.log).toEqual(one.log);
  expect(other.log).not.toEqual(one.log);
});

it('[DM1] answers within 2 to 8 s', async () => {
  const { pbx, clock } = await startRecordedOffice();
  clock.advance(1999);
  expect(pbx.deviceState('PJSIP/1102')).toBe('RINGING');
  clock.advance(6001);
  expect(pbx.deviceState('PJSIP/1102')).toMatch(/INUSE/);
});

it('[DM1] does not overwrite a presence set over AMI', async () => {
  const { pbx, manual, log } = await startRecordedOffice();
  const client = await login(pbx, 'board');
  const set = (extension: string, value: string) =>
    client.request('Setvar', `Variable: PRESENCE_STATE(CustomPresence:${extension})`, `Value: ${value}`);
  await set('1101', 'chat,mine,');
  for (const extension of extensionsWithPresence.slice(1, 40)) await set(extension, 'xa,mine,');
  log.length = 0;
  manual.advance(120 * MINUTE_MS);
  expect(pbx.presence('CustomPresence:1101')).toEqual({ state: 'chat', subtype: 'mine', message: '' });
  const touched = log.filter((line) => line.startsWith('CustomPresence')).map((line) => line.slice(15, 19));
  expect(touched.filter((extension) => extensionsWithPresence.indexOf(extension) < 40)).toEqual([]);
  expect(touched.length).toBeGreaterThan(100);
});

it('[DM1] does not overwrite them after a restart either', async () => {
  const store = new Map<string, string>();
  const first = await startPbx({ hints: officeHints, telephony: officeTelephony, store });
  const client = await login(first, 'board');
  await client.request('Setvar', 'Variable: PRESENCE_STATE(CustomPresence:1103)', 'Value: dnd,mine,');
  await first.kill();
  const second = await startPbx({ hints: officeHints, telephony: officeTelephony, store });
  startOffice({ pbx: second, clock: createManualClock() });
  expect(second.presence('CustomPresence:1103').subtype).toBe('mine');
  expect(second.presence('CustomPresence:1104').subtype).toBe('Customer visit');
});

it('[DM1] shows do-not-disturb on the lamp of the extension whose hint watches it', async () => {
  const { pbx } = await startRecordedOffice();
  const client = await login(pbx, 'board');
  expect(pbx.deviceState('Custom:DND1105')).toBe('BUSY');
  expect(await client.request('ExtensionState', 'Exten: 1105')).toContain('StatusText: Busy');
});

it('[DM4] has the functions of a FreePBX, of which some are in use', async () => {
  const { pbx } = await startRecordedOffice();
  const states = ['park:71@parkedcalls', 'park:72@parkedcalls', 'Queue:600', 'confbridge:8000', 'Custom:TC1'];
  expect(states.map((device) => pbx.deviceState(device))).toEqual([
    'INUSE',
    'NOT_INUSE',
    'RINGING',
    'INUSE',
    'INUSE',
  ]);
  const client = await login(pbx, 'board');
  const lot = await client.request('ExtensionState', 'Exten: 70', 'Context: park-hints');
  expect(lot).toContain('StatusText: InUse');
});

it('[DM4] switches, joins and frees each of them in the course of an hour', async () => {
  const { log, clock } = await startRecordedOffice();
  for (let minute = 0; minute < 60; minute += 1) clock.advance(MINUTE_MS);
  const devices = ['park:71@parkedcalls', 'Queue:600', 'confbridge:8000', 'Custom:DAYNIGHT0', 'Custom:TC1'];
  for (const device of devices)
    expect(new Set(log.filter((line) => line.startsWith(`${device} `))).size, device).toBe(2);
  // `*78` and `*79`.
  expect(log).toContain('Custom:DND1122 BUSY');
  expect(log).toContain('Custom:DND1122 UNAVAILABLE');
  expect(log).toContain('Custom:CF1128 BUSY');
});

it('[DM5] lists codes and intercom keys, and has the names of people, as FreePBX writes them', async () => {
  const { pbx } = await startRecordedOffice();
  const client = await login(pbx, 'full');
  const listed = (await client.list('ExtensionStateList')).join('\r\n');
  for (const exten of ['*801130', '*761130', '*961130', '*211130', '*8571', '*87', '*451102*600'])
    expect(listed).toContain(`\r\nExten: ${exten}\r\n`);
  client.send('Action: DBGetTree', 'Family: AMPUSER', 'Key: %/cidname');
  const names = await client.readUntil('TreeComplete');
  expect(names.join()).toContain('Key: /AMPUSER/1104/cidname\r\nVal: Alice Chen');
  client.send('Action: DBGetTree', 'Family: CF');
  const forwards = await client.readUntil('TreeComplete');
  expect(forwards.join()).toContain('Key: /CF/1117\r\nVal: 1133');
});

it('[DM1] stops', async () => {
  const { pbx, clock, office } = await startRecordedOffice();
  clock.advance(8000);
  office.stop();
  await pbx.kill();
  expect(clock.pending()).toBe(0);
});
