import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Socket, connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listen } from '../platform/testing/listen.ts';
import { createConnectionLimiter, connectionLimits } from './connection-limiter.ts';

const LIMITS = { total: 6, perNetwork: 3 };

async function serve({ isTrusted = false } = {}) {
  const server = createServer((request, response) => {
    // `/slow` and `/poll` get no response; `/admit` is authenticated permanently, `/poll` and `/polled` until the response.
    if (request.url === '/admit') guard.markAuthenticated(request);
    if (request.url?.startsWith('/poll')) guard.markAuthenticated(request, response);
    if (request.url !== '/slow' && request.url !== '/poll') response.end();
  });
  const onDropped = vi.fn<() => void>();
  const guard = createConnectionLimiter({ limits: LIMITS, isTrusted: () => isTrusted, onDropped });
  guard.watch(server);
  const port = await listen(server);
  return {
    onDropped,
    async open(path: string | null = null): Promise<Socket> {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      onTestFinished(() => void socket.destroy());
      const accepted = once(server, 'connection');
      if (path === null) await accepted;
      else {
        const requested = once(server, 'request');
        socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
        await requested;
        if (path !== '/slow' && path !== '/poll') await once(socket, 'data');
      }
      return socket.resume();
    },
  };
}

const isClosed = (socket: Socket) => vi.waitFor(() => expect(socket.destroyed).toBe(true));

it('[GW12] a connection over the network’s limit evicts the one that was idle for longest', async () => {
  const { open, onDropped } = await serve();
  const first = await open('/slow');
  const second = await open();
  const third = await open('/');
  const fourth = await open();
  await isClosed(second);
  const fifth = await open();
  await isClosed(third);
  expect([first, fourth, fifth].map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  expect(onDropped).toHaveBeenCalledTimes(2);
});

it('[GW12] if all are busy, the one that was busy for longest is evicted', async () => {
  const { open } = await serve();
  const first = await open('/slow');
  const others = [await open('/slow'), await open('/slow'), await open('/slow')];
  await isClosed(first);
  expect(others.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
});

it('[GW12] authenticated connections and those of trusted proxies do not count for their network', async () => {
  const direct = await serve();
  const signedIn = [await direct.open('/admit'), await direct.open('/admit'), await direct.open('/admit')];
  for (let count = 0; count < LIMITS.total; count += 1) await direct.open();
  const proxied = await serve({ isTrusted: true });
  const proxiedSockets = [];
  for (let count = 0; count < LIMITS.total; count += 1) proxiedSockets.push(await proxied.open());
  expect([...signedIn, ...proxiedSockets].filter(({ destroyed }) => destroyed)).toEqual([]);
  const last = await proxied.open();
  await isClosed(proxiedSockets[0] ?? last);
  expect(last.destroyed).toBe(false);
});

it.each([64, 1024, 20_000, 1_048_576])('[GW12] reserves some of %i descriptors', (descriptors) => {
  const { total, perNetwork } = connectionLimits(descriptors);
  expect(total).toBeLessThanOrEqual((descriptors * 7) / 8);
  expect(total).toBeGreaterThan(Math.min(descriptors, 10_000) / 2);
  expect(perNetwork).toBeLessThanOrEqual(total / 2);
});

it('[GW12] an authenticated poll counts for its network after the response', async () => {
  const { open } = await serve();
  const polling = [await open('/poll'), await open('/poll')];
  const polled = await open('/polled');
  for (let count = 0; count < LIMITS.perNetwork; count += 1) await open();
  await isClosed(polled);
  expect(polling.map(({ destroyed }) => destroyed)).toEqual([false, false]);
});
