import { expect, it } from 'vitest';
import { getChannelVariable, parkedCalls } from '../testing/calls.ts';
import { login, startPbx } from '../testing/fixtures.ts';
import { readCalls } from '../testing/lamps-by-list.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createConversations } from './conversations.ts';
import { officeDirectory, officeHints } from './directory.ts';
import { officeTelephony } from './office-telephony.ts';
import { startOffice } from './office.ts';
import { createRandom } from './random.ts';

async function startWorkingOffice() {
  const clock = createManualClock();
  const pbx = await startPbx({ hints: officeHints, telephony: officeTelephony, clock });
  const client = await login(pbx, 'full', 'off');
  startOffice({ pbx, clock });
  return { pbx, clock, client };
}

it('[DC9] the list of channels equals the lamps at any moment of an hour, and no call gets stuck', async () => {
  const { pbx, clock, client } = await startWorkingOffice();
  for (let step = 0; step < 900; step += 1) {
    clock.advance(4001);
    const { channels, lampOf } = await readCalls(client);
    for (const { extension } of officeDirectory) {
      const device = `PJSIP/${extension}`;
      const lamp = pbx.deviceState(device);
      const shown = lamp === 'UNAVAILABLE' ? 'NOT_INUSE' : lamp;
      expect(shown, `${device} at step ${step}`).toBe(lampOf(device));
    }
    expect(channels.filter(({ Duration = '' }) => Duration > '00:30:00')).toEqual([]);
  }
}, 60_000);

it('[DC9] two callers usually wait, one is parked, one on hold, and some are in a conference', async () => {
  const { clock, client } = await startWorkingOffice();
  const seen = { waiting: 0, parked: 0, held: 0, conference: 0, menu: 0, voicemail: 0 };
  const STEPS = 300;
  for (let step = 0; step < STEPS; step += 1) {
    const { channels, held } = await readCalls(client);
    const running = (...applications: string[]) =>
      channels.filter(({ Application = '', BridgeId }) => applications.includes(Application) && !BridgeId);
    seen.waiting += running('Queue').length;
    seen.parked += (await parkedCalls(client)).length;
    seen.held += held.size;
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
  const { channels, held } = await readCalls(client);
  const waiting = channels.filter(({ Application }) => Application === 'Queue');
  expect(waiting.map(({ Duration }) => Duration)).toEqual(['00:02:44', '00:00:38']);
  expect(channels.filter(({ ApplicationData }) => ApplicationData === '8000')).toHaveLength(2);
  expect(held).toEqual(
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
    for (const { Channel = '', CallerIDNum = '', CallerIDName = '', Application } of (await readCalls(client))
      .channels) {
      if (!Channel.startsWith('PJSIP/trunk-') || Application === 'AppDial') continue;
      callers.set(CallerIDNum, CallerIDName);
      const presentation = await getChannelVariable(client, Channel, 'CALLERID(pres)');
      if (presentation === 'prohib_not_screened') withheld.add(CallerIDNum);
    }
  }
  expect(callers.size).toBeGreaterThan(15);
  expect([...callers.values()]).toContain('Nordhafen Logistik');
  expect(callers.get('<unknown>')).toBe('<unknown>');
  expect(withheld).toContain('+447700900333');
  expect(withheld.size).toBeLessThan(4);
});

it('[DC9] phones on do not disturb let the mailbox answer, and forwarded ones ring elsewhere', async () => {
  const clock = createManualClock();
  const pbx = await startPbx({ hints: officeHints, telephony: officeTelephony, clock });
  const random = createRandom({ seed: 1 });
  const conversations = createConversations({ pbx, clock, random, idlePhone: () => undefined });
  pbx.setDeviceState('Custom:DND1130', 'BUSY');
  pbx.setDeviceState('Custom:CF1117', 'BUSY');
  const toQuiet = pbx.phone('1101').dial('1130');
  conversations.ring(toQuiet, 1);
  expect(toQuiet.application()).toBe('VoiceMail');
  conversations.ring(pbx.phone('1102').dial('1117'), 1);
  const phones = ['PJSIP/1117', 'PJSIP/1130', 'PJSIP/1133'];
  expect(phones.map(pbx.deviceState)).toEqual(['NOT_INUSE', 'NOT_INUSE', 'RINGING']);
});
