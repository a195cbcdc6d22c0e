import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { MAX_LIST_BUFFER, createPendingActions } from './pending-actions.ts';
import { LAMP_PROFILE, goLive, recordEnds, startSession } from './testing/fixtures.ts';
import { type WireAction, respond, acceptingLogin } from './testing/fake-asterisk.ts';

const listItem = ({ actionid }: WireAction, extraHeaders = '') =>
  `Event: ExtensionStatus\r\nActionID: ${actionid}\r\nExten: 1101\r\nContext: default\r\nStatus: 0\r\n${extraHeaders}\r\n`;
const listComplete = ({ actionid }: WireAction) =>
  `Event: ExtensionStateListComplete\r\nActionID: ${actionid}\r\nEventList: Complete\r\n\r\n`;

it('[AM16] a response queued behind an arriving list does not mark the connection unresponsive', async () => {
  let list: WireAction | undefined;
  const queuedActions: WireAction[] = [];
  const { pbx, ami, states, waitForState } = await startSession({
    pingIntervalMs: 10,
    inactivityTimeoutMs: 150,
    handleAction(action) {
      if (list !== undefined) return void queuedActions.push(action);
      if (action['action'] !== 'ExtensionStateList') return acceptingLogin()(action);
      list = action;
      return respond(action);
    },
  });
  await waitForState('live');
  const listResult = ami.list({ Action: 'ExtensionStateList' });
  await vi.waitFor(() => expect(list).toBeDefined());
  for (let items = 0; items < 25 && list !== undefined; items += 1) {
    await sleep(20);
    pbx.broadcast(listItem(list));
  }
  if (list !== undefined) pbx.broadcast(listComplete(list));
  list = undefined;
  pbx.broadcast(queuedActions.map((action) => respond(action)).join(''));
  expect(await listResult).toMatchObject({ ok: true });
  expect(queuedActions.length).toBeGreaterThan(10);
  expect(states.at(-1)).toEqual({ kind: 'live' });
});

it('[AM16] the inactivity timeout includes the round trip', async () => {
  const roundTripMs = 400;
  const defaultReply = acceptingLogin();
  const { pbx, ami, kinds, waitForState } = await startSession({
    pingIntervalMs: 50,
    inactivityTimeoutMs: 150,
    handleAction(action) {
      setTimeout(() => pbx.broadcast(defaultReply(action)), roundTripMs);
      return undefined;
    },
  });
  await waitForState('live');
  for (let pings = 0; pings < 3; pings += 1) expect((await ami.send({ Action: 'Ping' })).ok).toBe(true);
  expect(kinds()).toEqual(['connecting', 'booting', 'live']);
});

it('[AM17] an action times out only after Asterisk stops answering earlier ones', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const pending = createPendingActions({ ...LAMP_PROFILE, echoesUserText: () => false });
  const list = pending.add({ Action: 'ExtensionStateList' }, 5000, true);
  const getvar = pending.add({ Action: 'Getvar' }, 5000);
  const outcomes: string[] = [];
  void getvar.reply.then((result) => outcomes.push(result.ok ? 'ok' : result.code));
  for (let seconds = 0; seconds < 20; seconds += 4) {
    await vi.advanceTimersByTimeAsync(4000);
    pending.receive(list.actionId, { event: 'ExtensionStatus' }, { bytes: 100, lines: 7 });
  }
  expect(outcomes).toEqual([]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(outcomes).toEqual(['timeout']);
  vi.useRealTimers();
});

it.each([
  ['entries', MAX_LIST_BUFFER.lines / 5 + 1, ''],
  ['lines', MAX_LIST_BUFFER.lines / 1000, 'a: b\r\n'.repeat(1000)],
  ['bytes', MAX_LIST_BUFFER.bytes / 60_000 + 1, `Hint: ${'x'.repeat(60_000)}\r\n`],
])(
  '[AM18] a list with too many %s resets the connection with state overrun',
  async (_, items, extraHeaders) => {
    const { ends, onConnect } = recordEnds();
    const list = (action: WireAction) => respond(action) + listItem(action, extraHeaders).repeat(items);
    const { ami, waitForState } = await goLive({ ExtensionStateList: list }, { onConnect });
    const listResult = ami.list({ Action: 'ExtensionStateList' });
    await waitForState('overrun');
    expect(await listResult).toMatchObject({ ok: false, code: 'connection-lost' });
    await vi.waitFor(() => expect(ends[0]).toMatch(/ECONNRESET|EPIPE/));
  },
);

it('[AM18] accepts lists of 100,000 entries repeatedly', async () => {
  const entries = 100_000;
  const { ami } = await goLive({
    ExtensionStateList: (action) => respond(action) + listItem(action).repeat(entries) + listComplete(action),
  });
  for (let lists = 0; lists < 2; lists += 1) {
    const listResult = await ami.list({ Action: 'ExtensionStateList' });
    expect(listResult.ok && listResult.value.length).toBe(entries);
  }
});

it('[AM19] unproductive sessions increase the reconnect delay', async () => {
  const logins: number[] = [];
  const { pbx, waitForState, states } = await startSession({
    isProductive: false,
    handleAction(action) {
      if (action['action'] === 'login') logins.push(performance.now());
      return acceptingLogin()(action);
    },
  });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await waitForState('live');
    states.length = 0;
    pbx.disconnectAll();
  }
  await waitForState('live');
  const delays = logins.slice(1).map((timestamp, index) => timestamp - (logins[index] ?? 0));
  // At least half of 500, 1,000 and 2,000 ms.
  expect(delays.map((delay, index) => delay >= 250 * 2 ** index)).toEqual([true, true, true]);
});
