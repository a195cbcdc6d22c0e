import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitUntil } from '../processes/wait-until.ts';
import { type AmiProxy, startAmiProxy } from './ami-proxy.ts';
import { freePort } from '../processes/free-port.ts';
import { isListening } from './tcp-proxy.ts';

let server: Server;
let proxy: AmiProxy;
let port: number;
const received: { socket: Socket; text: string }[] = [];

async function listen(): Promise<void> {
  server = createServer((socket) => {
    const one = { socket, text: '' };
    received.push(one);
    socket.on('data', (bytes) => (one.text += bytes.toString()));
    socket.on('error', () => socket.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function stopListening(): Promise<void> {
  received.splice(0).forEach(({ socket }) => socket.destroy());
  server.close();
  await once(server, 'close');
}

async function dial(): Promise<Socket> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  return socket;
}

const arrives = (text: string) => waitUntil(text, () => received.some((one) => one.text === text));

beforeEach(async () => {
  port = await freePort();
  await listen();
  proxy = await startAmiProxy({ amiPort: port });
});

afterEach(async () => {
  await proxy.stop();
  await stopListening();
});

it('[TE3] a link that delays or drips carries everything, in order, and takes its time', async () => {
  const socket = await dial();
  const began = performance.now();
  proxy.setCondition({ kind: 'throttle', delayMs: 200, bytesPerSecond: 1e6 });
  socket.write('throttle');
  await arrives('throttle');
  expect(performance.now() - began).toBeGreaterThanOrEqual(200);
  proxy.setCondition({ kind: 'throttle', delayMs: 0, bytesPerSecond: 1000 });
  socket.write('x'.repeat(200));
  await arrives(`throttle${'x'.repeat(200)}`);
  expect(performance.now() - began).toBeGreaterThanOrEqual(350);
  expect(proxy.maxLagMs(began)).toBeGreaterThan(150);
  expect(proxy.maxLagMs(performance.now())).toBe(0);
});

it('[TE3] a half-open link delivers later what its sender has not given up, and lets new ones through', async () => {
  const [patient, hasty] = [await dial(), await dial()];
  await waitUntil('both', () => received.length === 2);
  proxy.setCondition({ kind: 'blackhole', exemptsNewConnections: true });
  patient.write('patient');
  hasty.write('hasty');
  const fresh = await dial();
  fresh.write('fresh');
  await arrives('fresh');
  hasty.resetAndDestroy();
  fresh.write(' again');
  await arrives('fresh again');
  expect(received.map(({ text }) => text)).toEqual(['', '', 'fresh again']);
  proxy.setCondition({ kind: 'ok' });
  await arrives('patient');
  await vi.waitFor(() => expect(received.filter(({ socket }) => socket.destroyed)).toHaveLength(1));
  expect(received.map(({ text }) => text)).not.toContain('hasty');
});

it('[TE3] refuses connections while there is nobody behind it, and breaks those that there are when told', async () => {
  const socket = await dial();
  proxy.drop();
  await waitUntil('the break', () => socket.destroyed);
  await stopListening();
  await waitUntil('a refusal', async () => !(await isListening(proxy.port)));
  await listen();
  await waitUntil('a connection', () => isListening(proxy.port));
  expect(received.length).toBeGreaterThan(0);
});
