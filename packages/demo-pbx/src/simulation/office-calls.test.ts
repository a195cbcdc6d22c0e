import { expect, it } from 'vitest';
import { aggregateStates, type DeviceState } from '../pbx/device-state.ts';
import { fieldsOf, listChannels, parkedCalls } from '../testing/calls.ts';
import { login, startPbx } from '../testing/fixtures.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import type { RawClient } from '../testing/raw-client.ts';
import { officeDirectory, officeHints } from './directory.ts';
import { officeTelephony } from './office-telephony.ts';
import { startOffice } from './office.ts';

type Fields = Record<string, string>;

async function startWorkingOffice() {
  const clock = createManualClock();
  const pbx = await startPbx({ hints: officeHints, telephony: officeTelephony, clock });
  const client = await login(pbx, 'full', 'off');
  startOffice({ pbx, clock });
  return { pbx, clock, client };
}

const list = async (client: RawClient): Promise<Fields[]> => (await listChannels(client)).map(fieldsOf);

const deviceOf = ({ Channel = '' }: Fields): string => Channel.slice(0, Channel.lastIndexOf('-'));

/** Channels that are on hold, as `CHANNEL(onhold)`. */
async function listHeld(client: RawClient, channels: readonly Fields[]): Promise<Set<string>> {
  const bridged = channels.flatMap(({ Channel = '', BridgeId = '' }) => (BridgeId ? [Channel] : []));
  const held = new Set<string>();
  for (const name of bridged) {
    const answer = await client.request('Getvar', `Channel: ${name}`, 'Variable: CHANNEL(onhold)');
    if (answer.endsWith('Value: 1')) held.add(name);
  }
  return held;
}

/** The state of a phone as its channels in the list have it. */
function stateByList(device: string, channels: readonly Fields[], held: ReadonlySet<string>): DeviceState {
  const states = channels
    .filter((channel) => deviceOf(channel) === device)
    .map(({ Channel = '', ChannelState }): DeviceState => {
      if (held.has(Channel)) return 'ONHOLD';
      return ChannelState === '5' ? 'RINGING' : 'INUSE';
    });
  return states.length === 0 ? 'NOT_INUSE' : aggregateStates(states);
}

it('[DC9] the list of channels equals the lamps at any moment of an hour, and no call gets stuck', async () => {
  const { pbx, clock, client } = await startWorkingOffice();
  for (let step = 0; step < 900; step += 1) {
    clock.advance(4001);
    const channels = await list(client);
    const held = await listHeld(client, channels);
    for (const { extension } of officeDirectory) {
      const device = `PJSIP/${extension}`;
      const lamp = pbx.deviceState(device);
      const expected = stateByList(device, channels, held);
      expect(lamp === 'UNAVAILABLE' ? 'NOT_INUSE' : lamp, `${device} at step ${step}`).toBe(expected);
    }
    expect(channels.filter(({ Duration = '' }) => Duration > '00:30:00')).toEqual([]);
  }
}, 60_000);

it('[DC9] two callers usually wait, one is parked, one on hold, and some are in a conference', async () => {
  const { clock, client } = await startWorkingOffice();
  const seen = { waiting: 0, parked: 0, held: 0, conference: 0, menu: 0, voicemail: 0 };
  const STEPS = 300;
  for (let step = 0; step < STEPS; step += 1) {
    const channels = await list(client);
    const running = (...applications: string[]) =>
      channels.filter(({ Application = '', BridgeId }) => applications.includes(Application) && !BridgeId);
    seen.waiting += running('Queue').length;
    seen.parked += (await parkedCalls(client)).length;
    seen.held += (await listHeld(client, channels)).size;
    seen.conference += channels.filter(({ Application }) => Application === 'ConfBridge').length;
    seen.menu += running('BackGround', 'WaitExten').length;
    seen.voicemail += running('VoiceMail', 'VoiceMailMain').length;
    clock.advance(12_000);
  }
  const average = Object.fromEntries(Object.entries(seen).map(([what, sum]) => [what, sum / STEPS]));
  expect(average['waiting']).toBeCloseTo(2, 0);
  expect(average['parked']).toBeCloseTo(1, 0);
  expect(average['held']).toBeCloseTo(1, 0);
  expect(average['conference']).toBeCloseTo(3, 0);
  expect(average['menu']).toBeGreaterThan(0);
  expect(average['voicemail']).toBeGreaterThan(0);
}, 60_000);

it('[DC9] starts with calls of different age, two callers who wait, one on hold, one parked and a conference', async () => {
  const { client } = await startWorkingOffice();
  const channels = await list(client);
  const waiting = channels.filter(({ Application }) => Application === 'Queue');
  expect(waiting.map(({ Duration }) => Duration)).toEqual(['00:02:44', '00:00:38']);
  expect(channels.filter(({ ApplicationData }) => ApplicationData === '8000')).toHaveLength(2);
  expect(await listHeld(client, channels)).toEqual(
    new Set(channels.flatMap(({ Channel = '' }) => (Channel.startsWith('PJSIP/1106-') ? [Channel] : []))),
  );
  expect(await parkedCalls(client)).toHaveLength(1);
});

it('[DC9] people outside have names and numbers; some are withheld, which only the presentation says', async () => {
  const { clock, client } = await startWorkingOffice();
  const callers = new Map<string, string>();
  const withheld = new Set<string>();
  for (let step = 0; step < 120; step += 1) {
    clock.advance(15_000);
    for (const { Channel = '', CallerIDNum = '', CallerIDName = '', Application } of await list(client)) {
      if (!Channel.startsWith('PJSIP/trunk-') || Application === 'AppDial') continue;
      callers.set(CallerIDNum, CallerIDName);
      const answer = await client.request('Getvar', `Channel: ${Channel}`, 'Variable: CALLERID(pres)');
      if (answer.endsWith('prohib_not_screened')) withheld.add(CallerIDNum);
    }
  }
  expect(callers.size).toBeGreaterThan(15);
  expect([...callers.values()]).toContain('Nordhafen Logistik');
  expect(callers.get('<unknown>')).toBe('<unknown>');
  expect(withheld).toContain('+447700900333');
  expect(withheld.size).toBeLessThan(4);
});
