import { expect, it, vi } from 'vitest';
import {
  goLive,
  IMPATIENT,
  LAMP_PROFILE,
  recordEnds,
  startAsterisk,
  startClient,
  startSession,
} from './testing/fixtures.ts';
import { FULLY_BOOTED, type WireAction, failLogin, respond } from './testing/fake-asterisk.ts';
import type { AmiProfile } from './types.ts';

const LAMP =
  'Event: ExtensionStatus\r\nPrivilege: call,all\r\nExten: 1101\r\nContext: default\r\nStatus: 8\r\n\r\n';

const denied = (action: WireAction) => respond(action, 'Message: Permission denied', 'Error');

it('[AM1] goes live and receives the subscribed events', async () => {
  const { pbx, events } = await goLive();
  pbx.broadcast(`${LAMP}Event: Newchannel\r\nChannel: x\r\n\r\n`);
  await vi.waitFor(() =>
    expect(events).toMatchObject([{ name: 'ExtensionStatus', fields: { exten: '1101', status: '8' } }]),
  );
});

it('[AM2] reconnects after the connection was lost, and fails actions sent in between', async () => {
  const first = await startAsterisk();
  const { ami, states, waitForState } = startClient(first.port);
  await waitForState('live');
  await first.close();
  await waitForState('unreachable');
  expect(await ami.send({ Action: 'Ping' })).toMatchObject({ ok: false, code: 'not-connected' });
  states.length = 0;
  const second = await startAsterisk({ port: first.port });
  await waitForState('live');
  expect(second.actions.map((action) => action['action'])).not.toContain('Ping');
});

it('[AM2] reconnects immediately on request', async () => {
  const { ami, kinds } = await startSession({ handleAction: failLogin });
  const loginFailures = () => kinds().filter((kind) => kind === 'login-refused').length;
  await vi.waitFor(() => expect(loginFailures()).toBe(1));
  ami.reconnectNow();
  await vi.waitFor(() => expect(loginFailures()).toBe(2));
});

it('[AM3] reports a connection closed before the login response', async () => {
  const { kinds, waitForState } = await startSession({ banner: '', onConnect: (socket) => socket.end() });
  await waitForState('rejected');
  expect(kinds()).not.toContain('booting');
});

it('[AM3] reports a server that accepts the connection and never responds', async () => {
  const { kinds, waitForState } = await startSession({
    banner: '',
    handleAction: () => undefined,
    loginTimeoutMs: 50,
  });
  await waitForState('unresponsive');
  expect(kinds()).not.toContain('booting');
});

it('[AM3] reports a half-open connection when a Ping is not answered', async () => {
  const { kinds, waitForState } = await goLive({ Ping: () => '' }, IMPATIENT);
  await waitForState('unresponsive');
  expect(kinds().slice(0, 4)).toEqual(['connecting', 'booting', 'live', 'unresponsive']);
});

it('[AM9] is not live before FullyBooted where the account may see it', async () => {
  const { pbx, waitForState, states } = await startSession({ handleAction: (action) => respond(action) });
  await waitForState('booting');
  pbx.broadcast(FULLY_BOOTED);
  await waitForState('live');
  expect(pbx.actions.map((action) => action['action'])).not.toContain('ExtensionStateList');
  expect(states.at(-1)).toEqual({ kind: 'live' });
});

it('[AM9] without the right to read FullyBooted, trusts lists only when two agree', async () => {
  let listRequests = 0;
  const { waitForState } = await startSession({
    handleAction(action) {
      if (!action['action']?.endsWith('StateList')) return respond(action);
      if (action['action'] === 'ExtensionStateList') listRequests += 1;
      const id = `ActionID: ${action['actionid']}`;
      const item = listRequests === 1 ? '' : `Event: ExtensionStatus\r\n${id}\r\nExten: 1101\r\n\r\n`;
      return `${respond(action)}${item}Event: Done\r\n${id}\r\nEventList: Complete\r\n\r\n`;
    },
  });
  await waitForState('live');
  expect(listRequests).toBe(3);
});

it('[AM3] reports an account without the right to list, and retries on request', async () => {
  const { pbx, ami, waitForState } = await startSession({
    handleAction: (action) => (action['action']?.endsWith('StateList') ? denied : respond)(action),
  });
  await waitForState('permission-denied');
  const loginCount = () => pbx.actions.filter((action) => action['action'] === 'login').length;
  ami.reconnectNow();
  await vi.waitFor(() => expect(loginCount()).toBe(2));
});

it('[AM4] fails pending actions when the connection drops, and never resends them', async () => {
  const { pbx, ami, states, waitForState } = await goLive({ Setvar: () => '' });
  const reply = ami.send({ Action: 'Setvar', Variable: 'X', Value: 'y' });
  await vi.waitFor(() => expect(pbx.actions.at(-1)).toMatchObject({ action: 'Setvar' }));
  states.length = 0;
  pbx.disconnectAll();
  expect(await reply).toMatchObject({ ok: false, code: 'connection-lost' });
  await waitForState('live');
  expect(pbx.actions.filter((action) => action['action'] === 'Setvar')).toHaveLength(1);
});

it('[AM4] closes an abandoned connection with RST: buffered output is never delivered', async () => {
  const { ends, onConnect } = recordEnds();
  const { waitForState } = await goLive({ Ping: () => '' }, { ...IMPATIENT, onConnect });
  await waitForState('unresponsive');
  await vi.waitFor(() => expect(ends[0]).toBe('ECONNRESET'));
});

it('[AM4] distinguishes a missing right from other error responses', async () => {
  const { ami } = await goLive({ Setvar: denied });
  expect(await ami.send({ Action: 'Setvar' })).toMatchObject({ code: 'permission-denied' });
});

it('[AM5] gives each action an id of its own that cannot be guessed', async () => {
  const { pbx, ami } = await goLive();
  const getvar = { Action: 'Getvar', Variable: 'A' };
  await Promise.all([ami.send(getvar), ami.send(getvar)]);
  const ids = pbx.actions.filter(({ action }) => action === 'Getvar').map(({ actionid }) => actionid);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

it('[AM7] reports only the identifying headers of an untrusted event', async () => {
  const { pbx, events, untrustedEvents } = await goLive();
  pbx.broadcast(`Event: PresenceStatus\r\nExten: 1101\r\nMessage: hi\r\n\r\n${LAMP}`);
  await vi.waitFor(() => expect(untrustedEvents).toHaveLength(1));
  expect(untrustedEvents).toEqual([
    { name: 'ExtensionStatus', fields: { exten: '1101', context: 'default' } },
  ]);
  expect(events).toEqual([]);
});

it('[AM7] a profile of calls decides what is received, trusted and handed on', async () => {
  const profile: AmiProfile = {
    ...LAMP_PROFILE,
    eventClasses: ['call', 'agent'],
    subscriptions: [{ name: 'Hold', identifiedBy: ['Channel'] }],
    echoesUserText: ({ Action: action }) => action === 'CoreShowChannels',
  };
  const { pbx, ami, events, untrustedEvents } = await goLive({}, { profile, pingIntervalMs: 60_000 });
  expect(pbx.actions).toMatchObject([
    { action: 'login' },
    { action: 'Events', eventmask: 'call,agent,system' },
    { action: 'Filter', filter: '^Event: (Hold|FullyBooted)' },
  ]);
  const hold = 'Event: Hold\r\nChannel: PJSIP/1101-1\r\nCallerIDNum: 1\r\n\r\n';
  await ami.send({ Action: 'Getvar' });
  pbx.broadcast(hold);
  await vi.waitFor(() => expect(events).toMatchObject([{ name: 'Hold', fields: { calleridnum: '1' } }]));
  await ami.send({ Action: 'CoreShowChannels' });
  pbx.broadcast(hold);
  await vi.waitFor(() =>
    expect(untrustedEvents).toEqual([{ name: 'Hold', fields: { channel: 'PJSIP/1101-1' } }]),
  );
});

it('[AM9] when FullyBooted is untrusted, two lists that agree replace it', async () => {
  let listRequests = 0;
  const { pbx, ami, waitForState, states } = await startSession({
    pingIntervalMs: 60_000,
    handleAction(action) {
      if (action['action'] === 'ExtensionStateList') listRequests += 1;
      const complete = `Event: Done\r\nActionID: ${action['actionid']}\r\nEventList: Complete\r\n\r\n`;
      return respond(action) + (action['action']?.endsWith('StateList') ? complete : '');
    },
  });
  await waitForState('booting');
  pbx.broadcast(FULLY_BOOTED);
  await waitForState('live');
  states.length = 0;
  // Now the client expects FullyBooted.
  pbx.disconnectAll();
  await waitForState('booting');
  await vi.waitFor(() => expect(pbx.actions.filter(({ action }) => action === 'Filter')).toHaveLength(2));
  pbx.broadcast(`Event: ContactStatus\r\nURI: x\r\n\r\n${FULLY_BOOTED}`);
  await waitForState('live');
  expect(listRequests).toBe(2);
  await ami.close();
});

it('[AM6] a bare LF in a value forges no header', async () => {
  const { pbx, events } = await goLive();
  pbx.broadcast('Event: ExtensionStatus\r\nHint: a\nStatus: 8\r\nStatus: 0\r\n\r\n');
  await vi.waitFor(() => expect(events).toHaveLength(1));
  expect(events[0]?.fields['status']).toBe('0');
});

it('[NM4] a list ends at its last event, whatever headers the text of an item forges', async () => {
  const { ami } = await goLive({
    DBGetTree(action) {
      const id = `ActionID: ${action['actionid']}`;
      const item = (text: string) => `Event: DBGetTreeResponse\r\nVal: ${text}\r\n${id}\r\n\r\n`;
      const forged = item('Rita\r\nEventList: Complete\r\nResponse: Error');
      const end = `Event: DBGetTreeComplete\r\n${id}\r\nEventList: Complete\r\n\r\n`;
      return respond(action, 'EventList: start') + forged + item('Josh') + end;
    },
  });
  const names = await ami.list({ Action: 'DBGetTree', Family: 'AMPUSER' });
  expect(names.ok && names.value.map(({ fields }) => fields['val'])).toEqual(['Rita', 'Josh']);
});

it('[TX5] a name that is not UTF-8 is decoded as Windows-1252', async () => {
  const { ami } = await goLive({
    Getvar: (action) => Buffer.from(respond(action, 'Value: J\xe9r\xf4me'), 'latin1'),
  });
  const name = await ami.send({ Action: 'Getvar', Variable: 'HINT(1101@default,n)' });
  expect(name).toMatchObject({ ok: true, value: { value: 'Jérôme' } });
});

it('[AM6] a list of 10,000 hints in one piece costs under 100 ms', async () => {
  const items = Array.from(
    { length: 10_000 },
    (_, index) =>
      `Event: ExtensionStatus\r\nActionID: #\r\nExten: ${index}\r\nContext: default\r\nHint: PJSIP/${index},CustomPresence:${index}\r\nStatus: 0\r\nStatusText: Idle\r\n\r\n`,
  );
  const text = `Response: Success\r\nActionID: #\r\n\r\n${items.join('')}Event: Complete\r\nActionID: #\r\nEventList: Complete\r\n\r\n`;
  let before = process.cpuUsage();
  const { ami } = await goLive({
    ExtensionStateList({ actionid }) {
      const list = text.replaceAll('#', actionid ?? '');
      before = process.cpuUsage();
      return list;
    },
  });
  const costs: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    const list = await ami.list({ Action: 'ExtensionStateList' });
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1000);
    expect(list.ok && list.value.length).toBe(10_000);
  }
  // CPU time, since the machine is shared; the first runs are not compiled yet.
  expect(Math.min(...costs)).toBeLessThan(100);
});

it('[AM10] never writes the secret into a state or an error', async () => {
  const { ami, states, waitForState } = await startSession({ handleAction: failLogin });
  await waitForState('login-refused');
  expect(JSON.stringify([states, await ami.send({ Action: 'Ping' })])).not.toContain('hush');
});
