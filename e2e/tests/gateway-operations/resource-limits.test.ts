import { type Socket, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rssKb } from '../../testkit/processes/proc-stats.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { TEXT, encodeFrame, openUpgrade } from '../../testkit/clients/raw-websocket.ts';
import { httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import { openTestClient, startLoadedGateway } from '../../testkit/site/test-site.ts';

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

/** Opens a client of another user; the returned function expects that it was never without traffic. */
async function openOther() {
  const board = await openTestClient(gateway(), { as: 'alice' });
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
  return function expectUntouched() {
    onPing();
    expect(disconnects).toBe(0);
    expect(longestGapMs).toBeLessThan(GAP_MS);
    board.stop();
  };
}

const many = (opcode: number, payload = '', final = true) =>
  Buffer.concat(Array<Buffer>(10_000).fill(encodeFrame({ opcode, payload, final })));
const BEGINNING = encodeFrame({ opcode: TEXT, payload: '42', final: false });

it.each([
  ['pings', many(9)],
  ['pongs', many(10)],
  ['empty messages', many(TEXT)],
  ['pongs of Engine.IO', many(TEXT, '3')],
  ['messages without an end', Buffer.concat([BEGINNING, many(0, '', false)])],
])(
  '[GW16] one user who floods %s from four connections holds up nobody else',
  async (_, flood) => {
    const expectUntouched = await openOther();
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
    expectUntouched();
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
  const address = `${gateway().url}socket.io/?EIO=4&transport=polling`;
  const handshake = await httpRequest(address, { headers: { cookie } });
  const sid = /"sid":"([^"]+)"/.exec(handshake.text)?.[1];
  if (sid === undefined) throw new Error('A client was refused.');
  const { port, host } = new URL(gateway().url);
  const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`;
  const polls: Socket[] = [];
  const headers = { cookie, 'content-type': 'text/plain;charset=UTF-8' };
  const send = (body: string) =>
    void httpRequest(`${address}&sid=${sid}`, { body, headers }).catch(() => undefined);
  const poll = () => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined).pause();
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
    const expectUntouched = await openOther();
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
    expectUntouched();
    expect(maxKb).toBeLessThan(2 * rest);
    for (const client of deaf) client.close();
  },
  120_000,
);
