import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { dirname } from 'node:path';
import { type Server, type TLSSocket, connect as connectTls, createServer } from 'node:tls';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestAuthority } from '../testing/certificates.ts';
import { listen } from '../testing/fake-asterisk.ts';
import { openTlsRelay } from './tls-relay.ts';

const authority = createTestAuthority();
const certificate = authority.issueCertificate({ names: ['IP:127.0.0.1'] });

let server: Server;
let peer: TLSSocket;
let remote: TLSSocket;

beforeEach(async () => {
  server = createServer({ ...certificate, allowHalfOpen: true });
  const accepted = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve));
  remote = connectTls({ host: '127.0.0.1', port: await listen(server), ca: authority.ca });
  remote.on('error', () => {});
  await once(remote, 'secureConnect');
  peer = await accepted;
  peer.on('error', () => {});
});
afterEach(() => {
  remote.destroy();
  peer.destroy();
  server.close();
});

async function connectTo(path: string): Promise<Socket> {
  const local = connect({ path });
  await once(local, 'connect');
  return local;
}

it.skipIf(process.platform === 'win32')(
  '[AM11] the relay is accessible to this user only, and accepts one connection',
  async () => {
    const path = await openTlsRelay(remote);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    const local = await connectTo(path);
    await vi.waitFor(() => expect(existsSync(dirname(path))).toBe(false));
    const [error] = await once(connect({ path }), 'error');
    expect(error).toMatchObject({ code: 'ENOENT' });
    local.destroy();
  },
);

it('[AM11] the relay is bidirectional, and delivers all data before an end', async () => {
  const local = await connectTo(await openTlsRelay(remote));
  const received = once(peer, 'data');
  local.write('Action: Ping\r\n\r\n');
  expect(String((await received)[0])).toBe('Action: Ping\r\n\r\n');
  const size = 4 * 1024 * 1024;
  peer.end(Buffer.alloc(size, 'x'));
  let receivedBytes = 0;
  local.on('data', (chunk) => (receivedBytes += chunk.length));
  await once(local, 'end');
  expect(receivedBytes).toBe(size);
  await vi.waitFor(() => expect(remote.destroyed).toBe(true));
});

it('[AM11] a slow reader applies back-pressure, and buffers no more than the sockets do', async () => {
  const local = await connectTo(await openTlsRelay(remote));
  local.pause();
  const size = 32 * 1024 * 1024;
  peer.write(Buffer.alloc(size, 'x'));
  let previous = -1;
  await vi.waitFor(
    () => {
      const current = remote.bytesRead;
      const isStalled = current === previous;
      previous = current;
      expect(isStalled).toBe(true);
    },
    { interval: 50, timeout: 5000 },
  );
  expect(previous).toBeLessThan(size / 4);
  let receivedBytes = 0;
  local.on('data', (chunk) => (receivedBytes += chunk.length));
  local.resume();
  await vi.waitFor(() => expect(receivedBytes).toBe(size), { timeout: 8000 });
});

it('[AM11] a loss on one side of the relay propagates', async () => {
  const local = await connectTo(await openTlsRelay(remote));
  local.on('error', () => {});
  local.resume();
  peer.destroy();
  await once(local, 'close');
  expect(remote.destroyed).toBe(true);
});

it('[AM11] closing the local end closes the remote one', async () => {
  const local = await connectTo(await openTlsRelay(remote));
  peer.resume();
  local.destroy();
  await once(peer, 'end');
  await vi.waitFor(() => expect(remote.destroyed).toBe(true));
});

it('[AM11] an unused relay closes with its remote end', async () => {
  const path = await openTlsRelay(remote);
  peer.destroy();
  remote.resume();
  await vi.waitFor(() => expect(existsSync(path)).toBe(false));
});
