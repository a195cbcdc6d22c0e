import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Socket, connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createConnectionGuard, connectionLimits } from './connection-guard.ts';

const LIMITS = { total: 6, perNetwork: 3 };

async function serve({ isTrusted = false } = {}) {
  const server = createServer((request, response) => {
    // `/slow` and `/poll` are never answered; `/admit` bears a session for good, `/poll` and `/polled` until the answer.
    if (request.url === '/admit') guard.markAuthenticated(request);
    if (request.url?.startsWith('/poll')) guard.markAuthenticated(request, response);
    if (request.url !== '/slow' && request.url !== '/poll') response.end();
  });
  const onDropped = vi.fn<() => void>();
  const guard = createConnectionGuard({ limits: LIMITS, isTrusted: () => isTrusted, onDropped });
  guard.watch(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
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

it('[GW12] one connection too many of a network takes the place of the one that was idle for longest', async () => {
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

it('[GW12] where all wait for an answer, the one that has waited for longest gives way', async () => {
  const { open } = await serve();
  const first = await open('/slow');
  const others = [await open('/slow'), await open('/slow'), await open('/slow')];
  await isClosed(first);
  expect(others.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
});

it('[GW12] connections with a session, and those of a trusted proxy, do not count for their network', async () => {
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

it.each([64, 1024, 20_000, 1_048_576])(
  '[GW12] of %i descriptors some are left for everything else',
  (descriptors) => {
    const { total, perNetwork } = connectionLimits(descriptors);
    expect(total).toBeLessThanOrEqual((descriptors * 7) / 8);
    expect(total).toBeGreaterThan(Math.min(descriptors, 10_000) / 2);
    expect(perNetwork).toBeLessThanOrEqual(total / 2);
  },
);

it('[GW12] a poll with a session counts for its network only once it is answered', async () => {
  const { open } = await serve();
  const polling = [await open('/poll'), await open('/poll')];
  const polled = await open('/polled');
  for (let count = 0; count < LIMITS.perNetwork; count += 1) await open();
  await isClosed(polled);
  expect(polling.map(({ destroyed }) => destroyed)).toEqual([false, false]);
});
