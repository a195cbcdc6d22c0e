import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestAuthority } from '../testing/certificates.ts';
import { IMPATIENT, openClient, recordEnds } from '../testing/fixtures.ts';
import { acceptingLogin, failLogin, listen, startFakeAsterisk } from '../testing/fake-asterisk.ts';

const authority = createTestAuthority();
const { ca } = authority;
const certificate = authority.issueCertificate({ names: ['DNS:pbx.example', 'IP:127.0.0.1'] });
const TLS = { ca, serverName: null };

const resources: { close(): Promise<unknown> }[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lampboard-tls-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  for (const resource of resources.splice(0).toReversed()) await resource.close();
  vi.unstubAllEnvs();
  // Throws unless the folder is empty.
  rmdirSync(folder);
});

async function startAsterisk(options: Parameters<typeof startFakeAsterisk>[0] = {}) {
  const server = await startFakeAsterisk({ certificate, ...options });
  resources.push(server);
  return server;
}

function startClient(port: number, options: Parameters<typeof openClient>[1] = {}) {
  const opened = openClient(port, { tls: TLS, ...options });
  resources.push(opened.ami);
  return opened;
}

/** A TCP server without TLS. */
async function plainServer(onConnect: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnect(socket);
  });
  const port = await listen(server);
  resources.push({
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return { port };
}

/** Open sockets and servers of this process. */
const openHandles = () => process.getActiveResourcesInfo().filter((kind) => kind.endsWith('Wrap')).length;

it.each([
  ['of the host', null],
  ['of the name it was given', 'pbx.example'],
  ['of an address it was given', '127.0.0.1'],
])('[AM11] goes live where the certificate is trusted and %s', async (_, serverName) => {
  const pbx = await startAsterisk();
  const { ami, waitForState, events } = startClient(pbx.port, { tls: { ca, serverName } });
  await waitForState('live');
  pbx.broadcast('Event: ExtensionStatus\r\nExten: 1101\r\nStatus: 8\r\n\r\n');
  await vi.waitFor(() => expect(events).toMatchObject([{ fields: { exten: '1101', status: '8' } }]));
  expect(await ami.send({ Action: 'Ping' })).toMatchObject({ ok: true });
});

const otherAuthority = createTestAuthority();
it.each([
  ['of another authority', { tls: { ca: otherAuthority.ca, serverName: null } }, /SELF_SIGNED|VERIFY/],
  ['that is not of the known authorities', { tls: { ca: null, serverName: null } }, /SELF_SIGNED|VERIFY/],
  ['with no trusted authority', { tls: { ca: 'no PEM', serverName: null } }, /SELF_SIGNED|VERIFY/],
  ['of another server', { tls: { ca, serverName: 'other.example' } }, /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  ['of another address', { tls: { ca, serverName: '127.0.0.2' } }, /^ERR_TLS_CERT_ALTNAME_INVALID$/],
])('[AM11] sends nothing to a server with a certificate %s', async (_, options, code) => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const pbx = await startAsterisk();
  const { states, waitForState } = startClient(pbx.port, options);
  await waitForState('tls-error');
  expect(states[1]).toMatchObject({ kind: 'tls-error', errorCode: expect.stringMatching(code) });
  expect(pbx.actions).toEqual([]);
});

it('[AM11] sends nothing to a server with an expired certificate', async () => {
  const pbx = await startAsterisk({
    certificate: authority.issueCertificate({ names: ['IP:127.0.0.1'], expired: true }),
  });
  const { states, waitForState } = startClient(pbx.port);
  await waitForState('tls-error');
  expect(states[1]).toEqual({ kind: 'tls-error', errorCode: 'CERT_HAS_EXPIRED' });
  expect(pbx.actions).toEqual([]);
});

it('[AM11] sends nothing to a server without TLS, and reports it unreachable', async () => {
  let bytes = '';
  const { port } = await plainServer((socket) => {
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('data', (chunk) => (bytes += chunk.toString('latin1')));
  });
  const { states, waitForState } = startClient(port);
  await waitForState('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', errorCode: 'ERR_SSL_WRONG_VERSION_NUMBER' });
  expect(bytes).not.toContain('hush');
});

it('[AM11] reports a refused connection as without TLS', async () => {
  const stoppedServer = await startFakeAsterisk({ certificate });
  await stoppedServer.close();
  const { states, waitForState } = startClient(stoppedServer.port);
  await waitForState('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', errorCode: 'ECONNREFUSED' });
});

it('[AM11] reports a failed login, an early close, an unresponsive server and a half-open connection as without TLS', async () => {
  const rejecting = await startAsterisk({ handleAction: failLogin });
  await startClient(rejecting.port).waitForState('login-refused');
  const closed = await startAsterisk({ banner: '', onConnect: (socket) => socket.end() });
  await startClient(closed.port).waitForState('rejected');
  const unresponsive = await plainServer(() => {});
  await startClient(unresponsive.port, { loginTimeoutMs: 50 }).waitForState('unresponsive');
  const halfOpen = await startAsterisk({ handleAction: acceptingLogin({ Ping: () => '' }) });
  const { kinds, waitForState } = startClient(halfOpen.port, IMPATIENT);
  await waitForState('unresponsive');
  expect(kinds().slice(0, 4)).toEqual(['connecting', 'booting', 'live', 'unresponsive']);
});

it('[AM4] closes an abandoned connection with RST: buffered output is never delivered', async () => {
  const { ends, onConnect } = recordEnds();
  const pbx = await startAsterisk({ onConnect, handleAction: acceptingLogin({ Ping: () => '' }) });
  const { waitForState } = startClient(pbx.port, IMPATIENT);
  await waitForState('unresponsive');
  await vi.waitFor(() => expect(ends[0]).toBe('ECONNRESET'));
});

it('[AM11] reports the cause of a lost link, fails pending actions, and reconnects', async () => {
  const pbx = await startAsterisk({ handleAction: acceptingLogin({ Setvar: () => '' }) });
  const { ami, states, waitForState } = startClient(pbx.port);
  await waitForState('live');
  const reply = ami.send({ Action: 'Setvar', Variable: 'X', Value: 'y' });
  await vi.waitFor(() => expect(pbx.actions.at(-1)).toMatchObject({ action: 'Setvar' }));
  states.length = 0;
  pbx.disconnectAll();
  expect(await reply).toMatchObject({ ok: false, code: 'connection-lost' });
  await waitForState('live');
  expect(states[0]).toMatchObject({
    kind: 'unreachable',
    errorCode: expect.stringMatching(/^(closed|ECONN\w+)$/),
  });
});

it(
  '[AM11] leaves no socket and no file behind after a hundred connections',
  { timeout: 30_000 },
  async () => {
    const pbx = await startAsterisk({ onConnect: (socket) => socket.on('data', () => socket.destroy()) });
    const before = openHandles();
    const { ami, states } = startClient(pbx.port);
    const rejections = () => states.filter(({ kind }) => kind === 'rejected').length;
    for (let count = 1; count <= 100; count += 1) {
      await vi.waitFor(() => expect(rejections()).toBeGreaterThanOrEqual(count), {
        interval: 1,
        timeout: 5000,
      });
      ami.reconnectNow();
    }
    await ami.close();
    await vi.waitFor(() => expect(openHandles()).toBeLessThanOrEqual(before), { timeout: 5000 });
  },
);

it('[AM11] leaks nothing when closed at any stage of connecting', { timeout: 30_000 }, async () => {
  const pbx = await startAsterisk();
  const before = openHandles();
  for (let turns = 0; turns < 60; turns += 1) {
    const { ami, states } = openClient(pbx.port, { tls: TLS });
    for (let elapsedTurns = 0; elapsedTurns < turns; elapsedTurns += 1) await nextTurn();
    await ami.close();
    expect(states.at(-1)).toEqual({ kind: 'closed' });
  }
  await vi.waitFor(() => {
    expect(readdirSync(folder)).toEqual([]);
    expect(openHandles()).toBeLessThanOrEqual(before);
  });
});

it('[AM11] reports a temporary folder that is not writable', async () => {
  const pbx = await startAsterisk();
  vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
  const { states, waitForState } = startClient(pbx.port);
  await waitForState('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', errorCode: 'ENOENT' });
  vi.stubEnv('TMPDIR', folder);
});
