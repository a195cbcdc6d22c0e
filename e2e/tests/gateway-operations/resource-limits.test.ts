import { type Socket, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rssKb } from '../../testkit/processes/proc-stats.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { TEXT, encodeFrame, openUpgrade } from '../../testkit/clients/raw-websocket.ts';
import { httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import { startLoadedGateway } from '../../testkit/clients/test-client.ts';

const EXTENSIONS = 5000;
/** Changes a second. */
const RATE = 50;
const GAP_MS = 1000;
const FLOOD_MS = 2000;
const FLOODING = 4;
const DEAF = 90;
const DEAF_MS = 10_000;
const REQUEST_INTERVAL_MS = 84;
const PONG_EVERY_MS = 500;

const gateway = startLoadedGateway({ extensions: EXTENSIONS, rate: RATE });

/** A client of another user, and its longest time without traffic. */
async function openOther() {
  const board = await openBoardClient(gateway(), { as: 'alice' });
  await board.waitUntilLive(20_000);
  let lastPingAt = performance.now();
  let longestGapMs = 0;
  let disconnects = 0;
  const onPing = () => {
    longestGapMs = Math.max(longestGapMs, performance.now() - lastPingAt);
    lastPingAt = performance.now();
  };
  board.socket.io.on('ping', onPing);
  board.socket.on('delta', onPing).on('disconnect', () => (disconnects += 1));
  return {
    close: board.stop,
    expectUntouched() {
      onPing();
      expect(disconnects).toBe(0);
      expect(longestGapMs).toBeLessThan(GAP_MS);
    },
  };
}

const many = (count: number, frame: Buffer) => Buffer.concat(Array.from({ length: count }, () => frame));
const CONTINUED = [
  encodeFrame({ opcode: TEXT, payload: '42', final: false }),
  many(10_000, encodeFrame({ opcode: 0, payload: '', final: false })),
];

it.each([
  ['pings', many(10_000, encodeFrame({ opcode: 9, payload: '' }))],
  ['pongs', many(10_000, encodeFrame({ opcode: 10, payload: '' }))],
  ['empty messages', many(10_000, encodeFrame({ opcode: TEXT, payload: '' }))],
  ['pongs of Engine.IO', many(10_000, encodeFrame({ opcode: TEXT, payload: '3' }))],
  ['messages without an end', Buffer.concat(CONTINUED)],
])(
  '[GW16] one user who floods %s from four connections holds up nobody else',
  async (_, flood) => {
    const other = await openOther();
    const cookie = await signIn(gateway(), 'rita');
    const end = performance.now() + FLOOD_MS;
    let rejected = 0;

    async function pour(): Promise<void> {
      while (performance.now() < end) {
        const upgraded = await openUpgrade(gateway().url, { cookie }).catch(() => null);
        if (upgraded === null) {
          rejected += 1;
          await delay(10);
          continue;
        }
        const { socket } = upgraded;
        const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
        socket.on('error', () => undefined).resume();
        // Yields between writes, as this process also measures another client.
        const more = () => {
          if (performance.now() > end) socket.destroy();
          else if (!socket.destroyed) socket.write(flood, () => setImmediate(more));
        };
        more();
        await closed;
      }
    }
    await Promise.all(Array.from({ length: FLOODING }, pour));
    expect(rejected).toBeGreaterThan(0);
    other.expectUntouched();
    other.close();
    await waitUntil('the user to connect again', async () => {
      const again = await openUpgrade(gateway().url, { cookie });
      again?.socket.destroy();
      return again !== null;
    });
  },
  60_000,
);

interface NonReadingClient {
  /** Requests a snapshot. */
  send(): void;
  pong(): void;
  close(): void;
}

/** Opens a WebSocket client that reads nothing. */
async function openNonReadingClient(cookie: string): Promise<NonReadingClient> {
  const upgraded = await openUpgrade(gateway().url, { cookie });
  if (upgraded === null) throw new Error('A client was refused.');
  const { socket } = upgraded;
  socket.on('error', () => undefined).pause();
  const send = (payload: string) =>
    void (socket.destroyed || socket.write(encodeFrame({ opcode: TEXT, payload })));
  send('40');
  return { send: () => send('42["resync"]'), pong: () => send('3'), close: () => socket.destroy() };
}

/** Opens a long-polling client that never reads its responses. */
async function openNonReadingPollingClient(cookie: string): Promise<NonReadingClient> {
  const handshake = await httpRequest(`${gateway().url}socket.io/?EIO=4&transport=polling`, {
    headers: { cookie },
  });
  const sid = /"sid":"([^"]+)"/.exec(handshake.text)?.[1];
  if (sid === undefined) throw new Error('A client was refused.');
  const { port, host } = new URL(gateway().url);
  const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`;
  const polls: Socket[] = [];
  const send = (body: string) =>
    void httpRequest(`${gateway().url}${path.slice(1)}`, {
      body,
      headers: { cookie, 'content-type': 'text/plain;charset=UTF-8' },
    }).catch(() => undefined);
  const poll = () => {
    const socket = connect(Number(port), '127.0.0.1')
      .on('error', () => undefined)
      .pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`);
    polls.push(socket);
  };
  send('40');
  return {
    send() {
      send('42["resync"]');
      poll();
    },
    pong: () => send('3'),
    close: () => polls.forEach((socket) => socket.destroy()),
  };
}

it.each([
  ['WebSocket', openNonReadingClient],
  ['long polling', openNonReadingPollingClient],
])(
  '[GW15] one user who asks for the board again and again by %s, and reads nothing, costs no memory',
  async (_, open) => {
    const other = await openOther();
    const cookie = await signIn(gateway(), 'rita');
    const rest = await rssKb(gateway().child());
    const deaf: NonReadingClient[] = [];
    for (let count = 0; count < DEAF; count += 1) deaf.push(await open(cookie));
    let maxKb = 0;
    let turn = 0;
    const asking = setInterval(() => deaf[turn++ % DEAF]?.send(), REQUEST_INTERVAL_MS);
    const ponging = setInterval(() => deaf.forEach((client) => client.pong()), PONG_EVERY_MS);
    for (const end = performance.now() + DEAF_MS; performance.now() < end; await delay(100))
      maxKb = Math.max(maxKb, await rssKb(gateway().child()));
    clearInterval(asking);
    clearInterval(ponging);
    other.expectUntouched();
    expect(maxKb).toBeLessThan(2 * rest);
    for (const client of deaf) client.close();
    other.close();
  },
  120_000,
);
