import { expect, it, vi } from 'vitest';
import { asterisk, client } from './testing/per-test.ts';
import { BOOTED, respond, willing } from './testing/scripted-asterisk.ts';

const LAMP =
  'Event: ExtensionStatus\r\nPrivilege: call,all\r\nExten: 1101\r\nContext: default\r\nStatus: 8\r\n\r\n';

it('[AM1] goes live and hears the wanted events', async () => {
  const pbx = await asterisk({ answer: willing() });
  const { reach, events } = client(pbx.port);
  await reach('live');
  pbx.say(`${LAMP}Event: Newchannel\r\nChannel: x\r\n\r\n`);
  await vi.waitFor(() =>
    expect(events).toMatchObject([{ name: 'ExtensionStatus', fields: { exten: '1101', status: '8' } }]),
  );
});

it('[AM2] comes back by itself after the link was lost, and refuses what is asked meanwhile', async () => {
  const first = await asterisk({ answer: willing() });
  const { ami, states, reach } = client(first.port);
  await reach('live');
  await first.close();
  await reach('unreachable');
  expect(await ami.send({ Action: 'Ping' })).toMatchObject({ ok: false, code: 'not-connected' });
  states.length = 0;
  const second = await asterisk({ port: first.port, answer: willing() });
  await reach('live');
  expect(second.actions.map((action) => action['action'])).not.toContain('Ping');
});

it('[AM2] tries at once when asked', async () => {
  const pbx = await asterisk({
    answer: (action) => respond(action, 'Message: Authentication failed', 'Error'),
  });
  const { ami, states } = client(pbx.port);
  const refusals = () => states.filter((state) => state.kind === 'login-refused').length;
  await vi.waitFor(() => expect(refusals()).toBe(1));
  ami.connectNow();
  await vi.waitFor(() => expect(refusals()).toBe(2));
});

it('[AM3] names a closed door: the connection ends before the login is answered', async () => {
  const pbx = await asterisk({ greeting: '', onConnect: (socket) => socket.end(), answer: () => undefined });
  const { states, reach } = client(pbx.port);
  await reach('turned-away');
  expect(states.map((state) => state.kind)).not.toContain('booting');
});

it('[AM3] names a server that takes the connection and says nothing', async () => {
  const pbx = await asterisk({ greeting: '', answer: () => undefined });
  const { states, reach } = client(pbx.port, { loginTimeoutMs: 50 });
  await reach('silent');
  expect(states.map((state) => state.kind)).not.toContain('booting');
});

it('[AM3] names a half-open link as soon as a Ping stays unanswered', async () => {
  const pbx = await asterisk({ answer: willing((action) => (action['action'] === 'Ping' ? '' : undefined)) });
  const { reach, states } = client(pbx.port, { pingEveryMs: 10, silenceMs: 50 });
  await reach('live');
  await reach('silent');
  expect(states.map((state) => state.kind).slice(0, 4)).toEqual(['connecting', 'booting', 'live', 'silent']);
});

it('[AM9] is not live before FullyBooted where the account may see it', async () => {
  const pbx = await asterisk({ answer: (action) => respond(action) });
  const { reach, states } = client(pbx.port);
  await reach('booting');
  pbx.say(BOOTED);
  await reach('live');
  expect(pbx.actions.map((action) => action['action'])).not.toContain('ExtensionStateList');
  expect(states.at(-1)).toEqual({ kind: 'live' });
});

it('[AM9] without the right to see FullyBooted, believes lists only when two of them agree', async () => {
  let asked = 0;
  const pbx = await asterisk({
    answer(action) {
      if (!action['action']?.endsWith('StateList')) return respond(action);
      if (action['action'] === 'ExtensionStateList') asked += 1;
      const id = `ActionID: ${action['actionid']}`;
      const item = asked === 1 ? '' : `Event: ExtensionStatus\r\n${id}\r\nExten: 1101\r\n\r\n`;
      return `${respond(action)}${item}Event: Done\r\n${id}\r\nEventList: Complete\r\n\r\n`;
    },
  });
  await client(pbx.port).reach('live');
  expect(asked).toBe(3);
});

it('[AM3] names an account that may not list, and tries again when asked', async () => {
  const pbx = await asterisk({
    answer: (action) =>
      action['action']?.endsWith('StateList')
        ? respond(action, 'Message: Permission denied', 'Error')
        : respond(action),
  });
  const { ami, reach } = client(pbx.port);
  await reach('permission-denied');
  const logins = () => pbx.actions.filter((action) => action['action'] === 'login').length;
  ami.connectNow();
  await vi.waitFor(() => expect(logins()).toBe(2));
});

it('[AM4] fails what waits for an answer when the link drops, and never sends it again', async () => {
  const pbx = await asterisk({
    answer: willing((action) => (action['action'] === 'Setvar' ? '' : undefined)),
  });
  const { ami, states, reach } = client(pbx.port);
  await reach('live');
  const answer = ami.send({ Action: 'Setvar', Variable: 'X', Value: 'y' });
  await vi.waitFor(() => expect(pbx.actions.at(-1)).toMatchObject({ action: 'Setvar' }));
  states.length = 0;
  pbx.dropAll();
  expect(await answer).toMatchObject({ ok: false, code: 'connection-lost' });
  await reach('live');
  expect(pbx.actions.filter((action) => action['action'] === 'Setvar')).toHaveLength(1);
});

it('[AM4] resets a link that is given up: what is still on its way out never arrives', async () => {
  const ends: string[] = [];
  const pbx = await asterisk({
    onConnect(socket) {
      socket.on('end', () => ends.push('end'));
      socket.on('error', (error: NodeJS.ErrnoException) => ends.push(error.code ?? ''));
    },
    answer: willing((action) => (action['action'] === 'Ping' ? '' : undefined)),
  });
  const { reach } = client(pbx.port, { pingEveryMs: 10, silenceMs: 50 });
  await reach('silent');
  await vi.waitFor(() => expect(ends[0]).toBe('ECONNRESET'));
});

it('[AM4] tells a missing right from another refusal', async () => {
  const pbx = await asterisk({
    answer: willing((action) =>
      action['action'] === 'Setvar' ? respond(action, 'Message: Permission denied', 'Error') : undefined,
    ),
  });
  const { ami, reach } = client(pbx.port);
  await reach('live');
  expect(await ami.send({ Action: 'Setvar' })).toMatchObject({ code: 'permission-denied' });
});

it('[AM5] gives each action an id of its own that cannot be guessed', async () => {
  const pbx = await asterisk({ answer: willing() });
  const { ami, reach } = client(pbx.port);
  await reach('live');
  await Promise.all([
    ami.send({ Action: 'Getvar', Variable: 'A' }),
    ami.send({ Action: 'Getvar', Variable: 'A' }),
  ]);
  const ids = pbx.actions
    .filter((action) => action['action'] === 'Getvar')
    .map((action) => action['actionid']);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

it('[AM7] of an event that may have been typed it tells whom it is about, and nothing that it says', async () => {
  const pbx = await asterisk({ answer: willing() });
  const { reach, events, doubted } = client(pbx.port);
  await reach('live');
  pbx.say(`Event: PresenceStatus\r\nExten: 1101\r\nMessage: hi\r\n\r\n${LAMP}`);
  await vi.waitFor(() => expect(doubted).toHaveLength(1));
  expect(doubted).toEqual([{ name: 'ExtensionStatus', fields: { exten: '1101', context: 'default' } }]);
  expect(events).toEqual([]);
});

it('[AM9] where FullyBooted itself may have been typed, two lists that agree stand in for it', async () => {
  let asked = 0;
  const pbx = await asterisk({
    answer(action) {
      if (action['action'] === 'ExtensionStateList') asked += 1;
      const complete = `Event: Done\r\nActionID: ${action['actionid']}\r\nEventList: Complete\r\n\r\n`;
      return respond(action) + (action['action']?.endsWith('StateList') ? complete : '');
    },
  });
  const { ami, reach, states } = client(pbx.port, { pingEveryMs: 60_000 });
  await reach('booting');
  pbx.say(BOOTED);
  await reach('live');
  states.length = 0;
  // From here on the client expects FullyBooted.
  pbx.dropAll();
  await reach('booting');
  await vi.waitFor(() => expect(pbx.actions.filter(({ action }) => action === 'Filter')).toHaveLength(2));
  pbx.say(`Event: ContactStatus\r\nURI: x\r\n\r\n${BOOTED}`);
  await reach('live');
  expect(asked).toBe(2);
  await ami.close();
});

it('[AM6] a bare LF in a value makes no header', async () => {
  const pbx = await asterisk({ answer: willing() });
  const { reach, events } = client(pbx.port);
  await reach('live');
  pbx.say('Event: ExtensionStatus\r\nHint: a\nStatus: 8\r\nStatus: 0\r\n\r\n');
  await vi.waitFor(() => expect(events).toHaveLength(1));
  expect(events[0]?.fields['status']).toBe('0');
});

it('[TX5] a name that is not UTF-8 is read as Windows-1252', async () => {
  const named = willing();
  const pbx = await asterisk({
    answer: (action) =>
      action['action'] === 'Getvar'
        ? Buffer.from(respond(action, 'Value: J\xe9r\xf4me'), 'latin1')
        : named(action),
  });
  const { ami, reach } = client(pbx.port);
  await reach('live');
  const name = await ami.send({ Action: 'Getvar', Variable: 'HINT(1101@default,n)' });
  expect(name).toMatchObject({ ok: true, value: { value: 'Jérôme' } });
});

it('[AM6] a list of 10,000 hints in one piece costs under 100 ms', async () => {
  const item = (index: number) =>
    `Event: ExtensionStatus\r\nActionID: #\r\nExten: ${index}\r\nContext: default\r\nHint: PJSIP/${index},CustomPresence:${index}\r\nStatus: 0\r\nStatusText: Idle\r\n\r\n`;
  const items = Array.from({ length: 10_000 }, (_, index) => item(index)).join('');
  const text = `Response: Success\r\nActionID: #\r\n\r\n${items}Event: Complete\r\nActionID: #\r\nEventList: Complete\r\n\r\n`;
  let before = process.cpuUsage();
  const pbx = await asterisk({
    answer: willing((action) => {
      if (action['action'] !== 'ExtensionStateList') return undefined;
      const list = text.replaceAll('#', action['actionid'] ?? '');
      before = process.cpuUsage();
      return list;
    }),
  });
  const { ami, reach } = client(pbx.port);
  await reach('live');
  const costs: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    const list = await ami.list({ Action: 'ExtensionStateList' });
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1000);
    expect(list.ok && list.value.length).toBe(10_000);
  }
  // Of the processor: the machine is shared with others. The first runs are compiled yet.
  expect(Math.min(...costs)).toBeLessThan(100);
});

it('[AM10] never writes the secret into a state or an error', async () => {
  const pbx = await asterisk({
    answer: (action) => respond(action, 'Message: Authentication failed', 'Error'),
  });
  const { ami, states, reach } = client(pbx.port);
  await reach('login-refused');
  expect(JSON.stringify([states, await ami.send({ Action: 'Ping' })])).not.toContain('hush');
});
