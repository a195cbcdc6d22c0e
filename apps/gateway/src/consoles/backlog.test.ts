import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Socket, connect } from 'node:net';
import type { HintFact } from '@lampboard/board';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createLiveBoard } from '../pbx/live-board.ts';
import { type Audience, createAudience } from './audience.ts';
import { createBacklogs } from './backlog.ts';
import { createConsoleServer } from './console-server.ts';

const PBX = { version: null, demo: true };
const WAIT = { timeout: 15_000, interval: 5 };
vi.setConfig({ testTimeout: 30_000 });
/** More than a network takes from somebody on its way to somebody who does not read. */
const NETWORK_BYTES = 16 * 1024 * 1024;
/** More than a client may let wait. */
const FRAMES_BYTES = 300 * 1024;
const HINT: HintFact = { exten: '1101', context: 'default', hint: 'PJSIP/1101', status: 0 };

/** A text frame as a browser sends it, with a mask of zeros (RFC 6455, 5.2). */
const frame = (text: string) =>
  Buffer.concat([Buffer.from([0x81, 0x80 + text.length, 0, 0, 0, 0]), Buffer.from(text)]);

async function serve() {
  const http = createServer();
  const io = createConsoleServer({});
  io.attach(http);
  const board = createLiveBoard({ pbx: PBX, clock: systemClock });
  board.restart(PBX, [{ kind: 'listed', hints: [HINT], presences: new Map(), newer: new Set() }]);
  const onBehind = vi.fn<() => void>();
  const backlogs = createBacklogs({ audience: () => audience, onBehind });
  const audience: Audience = createAudience({
    io,
    board,
    hideMessages: false,
    onWholeBoard: backlogs.writesBoard,
    metrics: createMetrics(),
  });
  const left: string[] = [];
  io.on('connection', (socket) => {
    socket.data.accountId = 1;
    socket.data.me = { id: 1, name: 'rita', role: 'receptionist', extensions: [], proof: 'demo' };
    backlogs.follow(socket);
    backlogs.giveBoard(socket);
    socket.on('disconnect', () => left.push(socket.id));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => io.close());
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  let status = 0;

  /** Sends every client so many bytes; `x` is nobody's name. */
  const fill = (bytes: number) =>
    io.emit('me', { id: 1, name: 'x'.repeat(bytes), role: 'user', extensions: [], proof: 'demo' });
  return {
    board,
    left,
    onBehind,
    fill,
    lampChanges() {
      status = status === 0 ? 1 : 0;
      board.observe([{ kind: 'status', id: '1101@default', status }]);
    },
    askBoards: () => io.of('/').sockets.forEach(backlogs.giveBoard),
    async open() {
      const wire = connect(port, '127.0.0.1').on('error', () => undefined);
      onTestFinished(() => void wire.destroy());
      wire.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      );
      await once(wire, 'data');
      const steps = readSteps(wire);
      const connected = once(io, 'connection');
      wire.write(frame('40'));
      const [socket] = await connected;
      await vi.waitFor(() => expect(steps).not.toEqual([]), WAIT);
      return { wire, steps, id: socket.id };
    },
  };
}

/** What the wire brought, step by step: whole boards and frames, with their `seq`. */
function readSteps(wire: Socket): { kind: string; seq: number }[] {
  const steps: { kind: string; seq: number }[] = [];
  let rest = '';
  wire.on('data', (bytes: Buffer) => {
    rest += bytes.toString('latin1');
    const found = [...rest.matchAll(/42\["(snapshot|frame)",\{"epoch":"[^"]*","seq":(\d+),/g)];
    steps.push(...found.map(([, kind = '', seq]) => ({ kind, seq: Number(seq) })));
    const last = found.at(-1);
    rest = last === undefined ? rest.slice(-200) : rest.slice(last.index + last[0].length).slice(-200);
  });
  return steps;
}

/** Every step follows on the one before; a whole board follows on anything. */
function expectInStep(steps: readonly { kind: string; seq: number }[]): void {
  for (const [at, { kind, seq }] of steps.entries())
    if (kind === 'frame') expect(seq).toBe((steps[at - 1]?.seq ?? Number.NaN) + 1);
}

const wholeBoards = (steps: readonly { kind: string }[]) =>
  steps.filter(({ kind }) => kind === 'snapshot').length;

it('[GW11] a client that stops reading is sent no frames meanwhile, and the whole board once it reads again', async () => {
  const { board, left, onBehind, lampChanges, fill, open } = await serve();
  const reading = await open();
  const sleeping = await open();
  sleeping.wire.pause();
  fill(NETWORK_BYTES);
  fill(FRAMES_BYTES);
  await vi.waitFor(() => expect(onBehind).toHaveBeenCalled(), WAIT);
  // Everybody else goes on as if nothing were.
  const { seq } = board.current();
  await vi.waitFor(() => {
    lampChanges();
    expect(reading.steps.at(-1)?.seq).toBeGreaterThan(seq + 3);
  }, WAIT);
  sleeping.wire.resume();
  await vi.waitFor(() => {
    lampChanges();
    const whole = sleeping.steps.findLast(({ kind }) => kind === 'snapshot');
    expect(whole?.seq).toBeGreaterThan(seq);
    expect(sleeping.steps.at(-1)).toMatchObject({ kind: 'frame' });
  }, WAIT);
  expectInStep(sleeping.steps);
  expectInStep(reading.steps);
  expect(left).toEqual([]);
});

it('[GW11] a client that does not read whatever else it is sent is cut, and no other', async () => {
  const { left, fill, open } = await serve();
  const reading = await open();
  const silent = await open();
  silent.wire.pause();
  await vi.waitFor(() => {
    for (let count = 0; count < 5; count++) fill(100_000);
    expect(left).toEqual([silent.id]);
  }, WAIT);
  expect(reading.wire.destroyed).toBe(false);
});

it('[GW15] a client that asks for whole boards and does not read them is sent one once it reads, and no more', async () => {
  const { fill, askBoards, open } = await serve();
  const reading = await open();
  const sleeping = await open();
  sleeping.wire.pause();
  fill(NETWORK_BYTES);
  const before = wholeBoards(reading.steps);
  await vi.waitFor(() => {
    askBoards();
    expect(wholeBoards(reading.steps)).toBeGreaterThan(before + 3);
  }, WAIT);
  sleeping.wire.resume();
  await vi.waitFor(() => expect(wholeBoards(sleeping.steps)).toBe(2), WAIT);
  // A board for the other one, and with it all that was meant for this one, has come since.
  askBoards();
  await vi.waitFor(() => expect(wholeBoards(sleeping.steps)).toBe(3), WAIT);
});

it('[GW15] of the clients of an account sixteen are sent a whole board at a time, the next once one has read it', async () => {
  const { fill, askBoards, open } = await serve();
  const clients = await Promise.all(Array.from({ length: 18 }, open));
  for (const { wire } of clients) wire.pause();
  fill(NETWORK_BYTES);
  askBoards();
  for (const { wire } of clients.slice(0, 1)) wire.resume();
  await vi.waitFor(() => expect(wholeBoards(clients[0]?.steps ?? [])).toBe(2), WAIT);
  for (const { wire } of clients) wire.resume();
  await vi.waitFor(() => expect(clients.every(({ steps }) => wholeBoards(steps) === 2)).toBe(true), WAIT);
});
