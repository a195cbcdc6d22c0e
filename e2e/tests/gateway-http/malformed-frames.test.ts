import { setTimeout as delay } from 'node:timers/promises';
import { FAILURE_CODES } from '@lampboard/protocol';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { rssKb } from '../../testkit/processes/proc-stats.ts';
import {
  arbitraryJson,
  connectRawClient,
  reservedName,
  resultCodeOf,
  sendableName,
} from '../../testkit/clients/raw-client.ts';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import {
  BINARY,
  type RawFrame,
  type RawWebSocket,
  TEXT,
  openRawWebSocket,
} from '../../testkit/clients/raw-websocket.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';
import { httpRequest, sendCommand, signIn } from '../../testkit/gateway/http-client.ts';
import { type AccountPool, createAccountPool } from '../../testkit/gateway/account-pool.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';

const FRAMES = 10_000;
const COMMANDS = 4000;
/** Rate limit of an account in five seconds. */
const BATCH_SIZE = 50;
const WINDOW_MS = 5100;
const ACCOUNTS = 20;
/** Sent twice by each client, within its rate limit of 50 a second. */
const EVENTS = 20;
const CROWD = 8;
/** Permitted growth of a healthy process. */
const GROWTH_KB = 24 * 1024;

// A leak would crash the process.
const env = { NODE_OPTIONS: '--max-old-space-size=96' };
const gateway = startForSuite(() => startGateway({ env }));
const client = startForSuite(() => openBoardClient(gateway()));
let cookie: string;
/** Enough accounts for all frames despite rate limits. */
let crowd: readonly string[];
let staff: AccountPool;
let watched = 0;
beforeAll(async () => {
  cookie = await signIn(gateway(), 'rita');
  staff = await createAccountPool(gateway());
  const hire = () => staff.create('receptionist');
  crowd = (await Promise.all(Array.from({ length: CROWD }, hire))).map((member) => member.cookie);
  await client().waitUntilLive();
  client().socket.on('disconnect', () => (watched += 1));
});

/** Expects that the gateway and another client are unaffected, edits work, and nothing was logged. */
async function expectUnharmed(): Promise<void> {
  expect(gateway().child().isRunning()).toBe(true);
  expect(client().socket.connected).toBe(true);
  expect(watched).toBe(0);
  expect((await httpRequest(`${gateway().url}healthz`)).status).toBe(200);
  const text = `still here ${Math.random()}`;
  await client().forceSetPresence('1112@default', { state: 'away', subtype: '', message: text });
  await client().waitUntil('the edit', () => client().presence('1112@default').message === text);
  expect(await gateway().output()).not.toMatch(/uncaught|unhandled|TypeError|RangeError|at .*\.js:\d/i);
}

/** Nearly valid Engine.IO and Socket.IO packets. */
const packet = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .tuple(fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '9', 'b'), fc.string())
    .map(([type, rest]) => `${type}${rest}`),
  fc
    .tuple(
      fc.constantFrom('40', '41', '42', '43', '44', '45', '46', '47'),
      fc.constantFrom('', ...'/, /admin, /__proto__, 1- 999999999- -1- 0- 7 99999999999999999999'.split(' ')),
      fc.oneof(
        arbitraryJson.map((value) => JSON.stringify(value)),
        fc.tuple(reservedName, arbitraryJson, arbitraryJson).map((event) => JSON.stringify(event)),
        fc.string(),
        fc.constantFrom(
          ...'[ { ["x" [] {} [null] [[]] ["set-presence",{"_placeholder":true,"num":0}]'.split(' '),
        ),
      ),
    )
    .map((parts) => parts.join('')),
);
const bytesFrame = (opcode: number, maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => ({ opcode, payload: Buffer.from(bytes) }));
const rawFrame: fc.Arbitrary<RawFrame> = fc.oneof(
  { weight: 8, arbitrary: packet.map((payload) => ({ opcode: TEXT, payload })) },
  bytesFrame(BINARY, 300),
  bytesFrame(TEXT, 50),
  fc.record({
    opcode: fc.nat(15),
    payload: fc.string({ maxLength: 130 }),
    masked: fc.boolean(),
    final: fc.boolean(),
  }),
  fc
    .constantFrom(17_000, 70_000, 2 ** 31, 2 ** 40)
    .map((length) => ({ opcode: TEXT, payload: '42["x"]', length })),
);

/** Sends the frames in order, reconnecting whenever the gateway has closed the connection. */
async function sendAll(frames: readonly RawFrame[]): Promise<number> {
  let connections = 0;
  let socket: RawWebSocket | null = null;
  for (const [index, frame] of frames.entries()) {
    if (socket === null || !socket.isOpen()) {
      socket = await openRawWebSocket(gateway().url, { cookie: crowd[connections % CROWD] ?? '' });
      expect(socket).not.toBeNull();
      connections += 1;
      // Half of them join the board first.
      if (connections % 2 === 0) socket?.send({ opcode: TEXT, payload: '40' });
    }
    socket?.send(frame);
    await new Promise(setImmediate);
    // Frames after the closing one are ignored, so that many connections are needed.
    if (index % 4 === 3) socket?.close();
  }
  socket?.close();
  return connections;
}

it(`[GW6] ${FRAMES} malformed frames: nothing breaks, nobody else is affected, and memory does not grow`, async () => {
  const frames = fc.sample(rawFrame, FRAMES);
  const warmUp = FRAMES / 5;
  await sendAll(frames.slice(0, warmUp));
  await delay(2000);
  const before = await rssKb(gateway().child());
  const connections = await sendAll(frames.slice(warmUp));
  await delay(2000);
  const after = await rssKb(gateway().child());
  expect(connections).toBeGreaterThanOrEqual((FRAMES - warmUp) / 4);
  expect(after - before).toBeLessThan(GROWTH_KB);
  await expectUnharmed();
}, 240_000);

it(`[GW6] ${COMMANDS} malformed commands: each is refused with a code of the closed set, and changes nothing`, async () => {
  const members = [];
  for (let count = 0; count < ACCOUNTS; count += 1) members.push(await staff.create('user'));
  const accounts = await staff.accounts();
  // A command that is valid by chance has an unknown target, or fails for another reason.
  const commands = fc.sample(fc.tuple(sendableName, arbitraryJson), COMMANDS);
  const codes: Record<string, number> = {};

  async function sendBatch(cookie: string, batch: typeof commands): Promise<void> {
    for (const [name, body] of batch) {
      const { json } = await sendCommand(gateway(), cookie, name, body);
      const code = resultCodeOf(json);
      codes[code] = (codes[code] ?? 0) + 1;
      expect([...FAILURE_CODES, 'ok'], JSON.stringify([name, body, json])).toContain(code);
    }
  }
  for (let start = 0; start < COMMANDS; start += BATCH_SIZE * ACCOUNTS) {
    const batchOf = (member: number) =>
      commands.slice(start + member * BATCH_SIZE, start + (member + 1) * BATCH_SIZE);
    const batches = members.map(({ cookie }, member) => sendBatch(cookie, batchOf(member)));
    await Promise.all([delay(WINDOW_MS), ...batches]);
  }
  expect(codes['internal-error']).toBeUndefined();
  expect(codes['invalid']).toBeGreaterThan(COMMANDS / 2);
  expect(await staff.accounts()).toEqual(accounts);
  await expectUnharmed();
}, 120_000);

it('[GW6] events that the protocol does not have, malformed or valid as commands, are ignored: no reply, no change', async () => {
  await expectUnharmed();
  const accounts = await staff.accounts();
  const id = '1112@default';
  const base = client().presence(id);
  const edit = { id, presence: { state: 'dnd', subtype: '', message: 'by the socket' }, base };
  const name = sendableName.filter((name) => name !== 'resync' && name !== 'reconnect');
  let replies = 0;

  async function emitAll(cookie: string): Promise<void> {
    const socket = connectRawClient(gateway(), { cookie });
    const snapshot = () => new Promise((resolve) => socket.once('snapshot', resolve));
    await snapshot();
    const events = [['set-presence', edit], ...fc.sample(fc.tuple(name, arbitraryJson), EVENTS)] as const;
    for (const [event, body] of events) {
      socket.emit(event, body);
      socket.emit(event, body, () => (replies += 1));
    }
    await delay(1000);
    // Its reply shows that all events before have been handled.
    socket.emit('resync');
    await snapshot();
    socket.disconnect();
  }
  await Promise.all(crowd.map(emitAll));
  expect(replies).toBe(0);
  expect(client().presence(id)).toEqual(base);
  expect(await staff.accounts()).toEqual(accounts);
  await expectUnharmed();
});

it('[GW6] malformed bodies over HTTP are refused alike', async () => {
  const json = arbitraryJson.map((value) => JSON.stringify(value));
  const send = (body: unknown) =>
    httpRequest(`${gateway().url}api/commands/set-presence`, { body, headers: { cookie } });
  for (const body of fc.sample(fc.oneof(json, fc.string()), 40)) {
    const answer = await send(body);
    expect(answer.json, body).toMatchObject({ ok: false, code: 'invalid' });
    expect(answer.status).toBe(400);
  }
  expect((await send({ id: 'x'.repeat(17_000) })).status).toBe(413);
  await expectUnharmed();
});

it('[GW6] an event too large, in one frame or in pieces, ends its own connection', async () => {
  const large = `42["set-presence",{"id":"${'x'.repeat(16 * 1024)}"}]`;
  const piece = { opcode: 0, payload: 'x'.repeat(1024), final: false };
  const pieces = [{ ...piece, opcode: TEXT }, ...Array.from({ length: 39 }, () => piece)];
  for (const frames of [[{ opcode: TEXT, payload: large }], pieces]) {
    const socket = await openRawWebSocket(gateway().url, { cookie });
    for (const frame of frames) socket?.send(frame);
    await socket?.closed;
    expect(socket?.isOpen()).toBe(false);
  }
  await expectUnharmed();
});

it('[GW7] a socket is refused to another site’s page, to another name, and without a session', async () => {
  const { host } = new URL(gateway().url);
  const sameOrigin = { cookie, origin: `http://${host}` };
  const connects = async (headers: Record<string, string>) => {
    const socket = await openRawWebSocket(gateway().url, headers);
    socket?.close();
    return socket !== null;
  };
  expect(await connects(sameOrigin)).toBe(true);
  for (const different of [
    { origin: 'http://evil.example' },
    { origin: `http://${host}.evil.example` },
    { origin: 'null' },
    { origin: `http://127.0.0.1:1` },
    { host: 'evil.example', origin: 'http://evil.example' },
    { cookie: '' },
    { cookie: `${sameOrigin.cookie.split('=')[0]}=forged` },
  ])
    expect(await connects({ ...sameOrigin, ...different }), JSON.stringify(different)).toBe(false);
});
