import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Socket, connect } from 'node:net';
import type { HintFact } from '@lampboard/board';
import { Server } from 'socket.io';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { createLiveBoard } from '../pbx/live-board.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { type ConsoleServer, createAudience } from './audience.ts';
import { keepPace } from './keep-pace.ts';

const PBX = { version: null, demo: true };
const WAIT = { timeout: 15_000, interval: 5 };
vi.setConfig({ testTimeout: 30_000 });
/** More than a network takes from somebody on its way to somebody who does not read. */
const NETWORK_BYTES = 16 * 1024 * 1024;
const HINT: HintFact = { exten: '1101', context: 'default', hint: 'PJSIP/1101', status: 0 };

/** A text frame as a browser sends it, with a mask of zeros (RFC 6455, 5.2). */
const frame = (text: string) =>
  Buffer.concat([Buffer.from([0x81, 0x80 + text.length, 0, 0, 0, 0]), Buffer.from(text)]);

async function serve() {
  const http = createServer();
  const io: ConsoleServer = new Server(http, { transports: ['websocket'], pingInterval: 60_000 });
  const board = createLiveBoard({ pbx: PBX, clock: systemClock });
  board.restart(PBX, [{ kind: 'listed', hints: [HINT], presences: new Map(), newer: new Set() }]);
  const audience = createAudience({ io, board, hideMessages: false, metrics: createMetrics() });
  const left: string[] = [];
  let behind = 0;
  io.on('connection', (socket) => {
    socket.data.me = { name: 'rita', role: 'receptionist', extensions: [], proof: 'demo' };
    audience.seat(socket);
    keepPace(socket, {
      onBehind() {
        behind += 1;
        audience.unseat(socket);
      },
      onCaughtUp: () => audience.seat(socket),
    });
    socket.on('disconnect', () => left.push(socket.id));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => io.close());
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  let status = 0;
  const lampChanges = () => {
    status = status === 0 ? 1 : 0;
    board.observe([{ kind: 'status', id: '1101@default', status }]);
  };
  const fillNetworks = (bytes: number) =>
    io.emit('me', { name: 'x'.repeat(bytes), role: 'user', extensions: [], proof: 'demo' });
  return {
    board,
    left,
    behind: () => behind,
    lampChanges,
    fillNetworks,
    open: () => openConsole(port, io),
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

async function openConsole(port: number, io: ConsoleServer) {
  const wire = connect(port, '127.0.0.1');
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
}

/** Every step follows on the one before; a whole board follows on anything. */
function expectInStep(steps: readonly { kind: string; seq: number }[]): void {
  for (const [at, { kind, seq }] of steps.entries())
    if (kind === 'frame') expect(seq).toBe((steps[at - 1]?.seq ?? Number.NaN) + 1);
}

it('[GW11] a console that stops reading is sent no frames meanwhile, and the whole board once it reads again', async () => {
  const { board, left, behind, lampChanges, fillNetworks, open } = await serve();
  const reading = await open();
  const sleeping = await open();
  sleeping.wire.pause();
  fillNetworks(NETWORK_BYTES);
  await vi.waitFor(() => {
    lampChanges();
    expect(behind()).toBe(1);
  }, WAIT);
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
  expect(reading.steps.filter(({ kind }) => kind === 'snapshot')).toHaveLength(1);
  expect(left).toEqual([]);
});

it('[GW11] a console that does not read whatever else it is sent is cut, and no other', async () => {
  const { left, fillNetworks, open } = await serve();
  const reading = await open();
  const silent = await open();
  silent.wire.pause();
  await vi.waitFor(() => {
    for (let count = 0; count < 10; count++) fillNetworks(100_000);
    expect(left).toEqual([silent.id]);
  }, WAIT);
  expect(reading.wire.destroyed).toBe(false);
});
