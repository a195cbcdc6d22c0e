import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { MAX_WAITING, createPendingActions } from './pending.ts';
import { asterisk, client } from './testing/per-test.ts';
import { type WireAction, respond, willing } from './testing/scripted-asterisk.ts';

const item = ({ actionid }: WireAction, more = '') =>
  `Event: ExtensionStatus\r\nActionID: ${actionid}\r\nExten: 1101\r\nContext: default\r\nStatus: 0\r\n${more}\r\n`;
const complete = ({ actionid }: WireAction) =>
  `Event: ExtensionStateListComplete\r\nActionID: ${actionid}\r\nEventList: Complete\r\n\r\n`;

it('[AM16] while a list is arriving, an answer that waits behind it is no sign of a dead link', async () => {
  let list: WireAction | undefined;
  const behind: WireAction[] = [];
  const pbx = await asterisk({
    answer(action) {
      if (list !== undefined) return void behind.push(action);
      if (action['action'] !== 'ExtensionStateList') return willing()(action);
      list = action;
      return respond(action);
    },
  });
  const { ami, states, reach } = client(pbx.port, { pingEveryMs: 10, silenceMs: 150 });
  await reach('live');
  const listed = ami.list({ Action: 'ExtensionStateList' });
  await vi.waitFor(() => expect(list).toBeDefined());
  for (let items = 0; items < 25 && list !== undefined; items += 1) {
    await sleep(20);
    pbx.say(item(list));
  }
  if (list !== undefined) pbx.say(complete(list));
  list = undefined;
  pbx.say(behind.map((action) => respond(action)).join(''));
  expect(await listed).toMatchObject({ ok: true });
  expect(behind.length).toBeGreaterThan(10);
  expect(states.at(-1)).toEqual({ kind: 'live' });
});

it('[AM16] on a distant line the round trip is waited for as well', async () => {
  const tripMs = 400;
  const answerAt = willing();
  const pbx = await asterisk({
    answer(action) {
      setTimeout(() => pbx.say(answerAt(action)), tripMs);
      return undefined;
    },
  });
  const { ami, states, reach } = client(pbx.port, { pingEveryMs: 50, silenceMs: 150 });
  await reach('live');
  for (let pings = 0; pings < 3; pings += 1) expect((await ami.send({ Action: 'Ping' })).ok).toBe(true);
  expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'booting', 'live']);
});

it('[AM17] an action waits as long as Asterisk answers those before it, and no longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const pending = createPendingActions();
  const list = pending.add({ action: { Action: 'ExtensionStateList' }, isList: true, timeoutMs: 5000 });
  const getvar = pending.add({ action: { Action: 'Getvar' }, isList: false, timeoutMs: 5000 });
  const outcomes: string[] = [];
  void getvar.answer.then((result) => outcomes.push(result.ok ? 'ok' : result.code));
  for (let seconds = 0; seconds < 20; seconds += 4) {
    await vi.advanceTimersByTimeAsync(4000);
    pending.take(list.actionId, { event: 'ExtensionStatus' }, { bytes: 100, lines: 7 });
  }
  expect(outcomes).toEqual([]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(outcomes).toEqual(['timeout']);
  vi.useRealTimers();
});

it.each([
  ['entries', MAX_WAITING.lines / 5 + 1, ''],
  ['lines', MAX_WAITING.lines / 1000, 'a: b\r\n'.repeat(1000)],
  ['bytes', MAX_WAITING.bytes / 60_000 + 1, `Hint: ${'x'.repeat(60_000)}\r\n`],
])('[AM18] a list of too many %s ends in a reset link, which says why', async (_, items, more) => {
  const ends: string[] = [];
  const pbx = await asterisk({
    onConnect(socket) {
      socket.on('error', (error: NodeJS.ErrnoException) => ends.push(error.code ?? ''));
    },
    answer: willing((action) =>
      action['action'] === 'ExtensionStateList'
        ? respond(action) + item(action, more).repeat(items)
        : undefined,
    ),
  });
  const { ami, reach } = client(pbx.port);
  await reach('live');
  const listed = ami.list({ Action: 'ExtensionStateList' });
  await reach('overrun');
  expect(await listed).toMatchObject({ ok: false, code: 'connection-lost' });
  await vi.waitFor(() => expect(ends[0]).toMatch(/ECONNRESET|EPIPE/));
});

it('[AM18] lists of 100,000 entries are taken, again and again', async () => {
  const entries = 100_000;
  const pbx = await asterisk({
    answer: willing((action) =>
      action['action'] === 'ExtensionStateList'
        ? respond(action) + item(action).repeat(entries) + complete(action)
        : undefined,
    ),
  });
  const { ami, reach } = client(pbx.port);
  await reach('live');
  for (let lists = 0; lists < 2; lists += 1) {
    const listed = await ami.list({ Action: 'ExtensionStateList' });
    expect(listed.ok && listed.value.length).toBe(entries);
  }
});

it('[AM19] sessions that are of no use follow each other more and more slowly', async () => {
  const logins: number[] = [];
  const pbx = await asterisk({
    answer: willing((action) => {
      if (action['action'] === 'login') logins.push(performance.now());
      return undefined;
    }),
  });
  const { reach, states } = client(pbx.port, {}, { isOfUse: false });
  for (let losses = 0; losses < 3; losses += 1) {
    await reach('live');
    states.length = 0;
    pbx.dropAll();
  }
  await reach('live');
  const pauses = logins.slice(1).map((at, index) => at - (logins[index] ?? 0));
  // At least half of 500, 1,000 and 2,000 ms.
  expect(pauses.map((pause, index) => pause >= 250 * 2 ** index)).toEqual([true, true, true]);
});
