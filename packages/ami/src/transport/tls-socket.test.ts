import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createTestAuthority } from '../testing/certificates.ts';
import {
  IMPATIENT,
  openClient,
  recordEnds,
  startAsterisk,
  startClient,
  startSession as startPlainSession,
} from '../testing/fixtures.ts';
import { acceptingLogin, failLogin, startFakeAsterisk } from '../testing/fake-asterisk.ts';

const authority = createTestAuthority();
const { ca } = authority;
const certificate = authority.issueCertificate({ names: ['DNS:pbx.example', 'IP:127.0.0.1'] });
const TLS = { ca, serverName: null };

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lampboard-tls-test-'));
  vi.stubEnv('TMPDIR', folder);
  // Runs after servers and clients are closed; throws unless the folder is empty.
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmdirSync(folder);
  });
});

const startSession = (options: Parameters<typeof startPlainSession>[0] = {}) =>
  startPlainSession({ certificate, tls: TLS, ...options });

/** Open sockets and servers of this process. */
const openHandles = () => process.getActiveResourcesInfo().filter((kind) => kind.endsWith('Wrap')).length;

it.each([
  ['of the host', null],
  ['of the name it was given', 'pbx.example'],
  ['of an address it was given', '127.0.0.1'],
])('[AM11] goes live where the certificate is trusted and %s', async (_, serverName) => {
  const { pbx, ami, waitForState, events } = await startSession({ tls: { ca, serverName } });
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
  const { pbx, states, waitForState } = await startSession(options);
  await waitForState('tls-error');
  expect(states[1]).toMatchObject({ kind: 'tls-error', errorCode: expect.stringMatching(code) });
  expect(pbx.actions).toEqual([]);
});

it('[AM11] sends nothing to a server with an expired certificate', async () => {
  const expired = authority.issueCertificate({ names: ['IP:127.0.0.1'], expired: true });
  const { pbx, states, waitForState } = await startSession({ certificate: expired });
  await waitForState('tls-error');
  expect(states[1]).toEqual({ kind: 'tls-error', errorCode: 'CERT_HAS_EXPIRED' });
  expect(pbx.actions).toEqual([]);
});

it('[AM11] sends nothing to a server without TLS, and tells it from one that is unreachable', async () => {
  let bytes = '';
  const { port } = await startAsterisk({
    onConnect: (socket) => socket.on('data', (chunk) => (bytes += chunk.toString('latin1'))),
  });
  const { states, waitForState } = startClient(port, { tls: TLS });
  await waitForState('rejected');
  expect(states[1]).toEqual({ kind: 'rejected' });
  expect(bytes).not.toContain('hush');
});

it('[AM11] reports a refused connection as without TLS', async () => {
  const stoppedServer = await startFakeAsterisk({ certificate });
  await stoppedServer.close();
  const { states, waitForState } = startClient(stoppedServer.port, { tls: TLS });
  await waitForState('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', errorCode: 'ECONNREFUSED' });
});

it('[AM11] reports a failed login, an early close, an unresponsive server and a half-open connection as without TLS', async () => {
  const rejecting = await startSession({ handleAction: failLogin });
  await rejecting.waitForState('login-refused');
  const closed = await startSession({ banner: '', onConnect: (socket) => socket.end() });
  await closed.waitForState('rejected');
  const unresponsive = await startAsterisk({ banner: '', handleAction: () => undefined });
  await startClient(unresponsive.port, { tls: TLS, loginTimeoutMs: 50 }).waitForState('unresponsive');
  const handleAction = acceptingLogin({ Ping: () => '' });
  const { kinds, waitForState } = await startSession({ handleAction, ...IMPATIENT });
  await waitForState('unresponsive');
  expect(kinds().slice(0, 4)).toEqual(['connecting', 'booting', 'live', 'unresponsive']);
});

it('[AM4] closes an abandoned connection with RST: buffered output is never delivered', async () => {
  const { ends, onConnect } = recordEnds();
  const handleAction = acceptingLogin({ Ping: () => '' });
  const { waitForState } = await startSession({ onConnect, handleAction, ...IMPATIENT });
  await waitForState('unresponsive');
  await vi.waitFor(() => expect(ends[0]).toBe('ECONNRESET'));
});

it('[AM11] reports the cause of a lost link, fails pending actions, and reconnects', async () => {
  const handleAction = acceptingLogin({ Setvar: () => '' });
  const { pbx, ami, states, waitForState } = await startSession({ handleAction });
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
    const onConnect = (socket: Socket) => socket.on('data', () => socket.destroy());
    const pbx = await startAsterisk({ certificate, onConnect });
    const before = openHandles();
    const { ami, states } = startClient(pbx.port, { tls: TLS });
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
  const pbx = await startAsterisk({ certificate });
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
  vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
  const { states, waitForState } = await startSession();
  await waitForState('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', errorCode: 'ENOENT' });
  vi.stubEnv('TMPDIR', folder);
});
