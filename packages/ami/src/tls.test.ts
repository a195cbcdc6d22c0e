import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestAuthority } from './testing/certificates.ts';
import { openClient } from './testing/open-client.ts';
import { respond, startScriptedAsterisk, willing } from './testing/scripted-asterisk.ts';

const authority = createTestAuthority();
const { ca } = authority;
const certificate = authority.certify({ names: ['DNS:pbx.example', 'IP:127.0.0.1'] });
const TLS = { ca, serverName: null };

const running: { close(): Promise<unknown> }[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lampboard-tls-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.close();
  vi.unstubAllEnvs();
  // Throws where a client has left anything in it.
  rmdirSync(folder);
});

async function asterisk(options: Partial<Parameters<typeof startScriptedAsterisk>[0]> = {}) {
  const server = await startScriptedAsterisk({ certificate, answer: willing(), ...options });
  running.push(server);
  return server;
}

function client(...options: Parameters<typeof openClient>) {
  const opened = openClient(...options);
  running.push(opened.ami);
  return opened;
}

/** A TCP server that speaks no TLS; `bytes` is what was sent to it. */
async function plainServer(onConnect: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnect(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push({
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');
  return { port: address.port };
}

/** Sockets and servers that this process holds. */
const held = () => process.getActiveResourcesInfo().filter((kind) => kind.endsWith('Wrap')).length;

it.each([
  ['of the host', null],
  ['of the name it was given', 'pbx.example'],
  ['of an address it was given', '127.0.0.1'],
])('[AM11] goes live where the certificate is trusted and %s', async (_, serverName) => {
  const pbx = await asterisk();
  const { ami, reach, events } = client(pbx.port, { tls: { ca, serverName } });
  await reach('live');
  pbx.say('Event: ExtensionStatus\r\nExten: 1101\r\nStatus: 8\r\n\r\n');
  await vi.waitFor(() => expect(events).toMatchObject([{ fields: { exten: '1101', status: '8' } }]));
  expect(await ami.send({ Action: 'Ping' })).toMatchObject({ ok: true });
});

const stranger = createTestAuthority();
it.each([
  ['of another authority', { tls: { ca: stranger.ca, serverName: null } }, /SELF_SIGNED|VERIFY/],
  ['that is not of the known authorities', { tls: { ca: null, serverName: null } }, /SELF_SIGNED|VERIFY/],
  ['with no authority believed at all', { tls: { ca: 'no PEM', serverName: null } }, /SELF_SIGNED|VERIFY/],
  ['of another server', { tls: { ca, serverName: 'other.example' } }, /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  ['of another address', { tls: { ca, serverName: '127.0.0.2' } }, /^ERR_TLS_CERT_ALTNAME_INVALID$/],
])('[AM11] says nothing to a server with a certificate %s', async (_, options, code) => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const pbx = await asterisk();
  const { states, reach } = client(pbx.port, options);
  await reach('untrusted');
  expect(states[1]).toMatchObject({ kind: 'untrusted', detail: expect.stringMatching(code) });
  expect(pbx.actions).toEqual([]);
});

it('[AM11] says nothing to a server whose certificate is over', async () => {
  const pbx = await asterisk({ certificate: authority.certify({ names: ['IP:127.0.0.1'], expired: true }) });
  const { states, reach } = client(pbx.port, { tls: TLS });
  await reach('untrusted');
  expect(states[1]).toEqual({ kind: 'untrusted', detail: 'CERT_HAS_EXPIRED' });
  expect(pbx.actions).toEqual([]);
});

it('[AM11] says nothing to a server that speaks no TLS, and names it unreachable', async () => {
  let bytes = '';
  const { port } = await plainServer((socket) => {
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('data', (chunk) => (bytes += chunk.toString('latin1')));
  });
  const { states, reach } = client(port, { tls: TLS });
  await reach('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', detail: 'ERR_SSL_WRONG_VERSION_NUMBER' });
  expect(bytes).not.toContain('hush');
});

it('[AM11] names a refused connection as it does without TLS', async () => {
  const gone = await startScriptedAsterisk({ certificate, answer: willing() });
  await gone.close();
  const { states, reach } = client(gone.port, { tls: TLS });
  await reach('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', detail: 'ECONNREFUSED' });
});

it('[AM11] names a refused login, a closed door, a silent server and a half-open link as it does without TLS', async () => {
  const refusing = await asterisk({
    answer: (action) => respond(action, 'Message: Authentication failed', 'Error'),
  });
  await client(refusing.port, { tls: TLS }).reach('login-refused');
  const closed = await asterisk({ greeting: '', onConnect: (socket) => socket.end() });
  await client(closed.port, { tls: TLS }).reach('turned-away');
  const silent = await plainServer(() => {});
  await client(silent.port, { tls: TLS, loginTimeoutMs: 50 }).reach('silent');
  const halfOpen = await asterisk({
    answer: willing((action) => (action['action'] === 'Ping' ? '' : undefined)),
  });
  const { states, reach } = client(halfOpen.port, { tls: TLS, pingEveryMs: 10, silenceMs: 50 });
  await reach('silent');
  expect(states.map(({ kind }) => kind).slice(0, 4)).toEqual(['connecting', 'booting', 'live', 'silent']);
});

it('[AM4] resets a link that is given up: what is still on its way out never arrives', async () => {
  const ends: string[] = [];
  const pbx = await asterisk({
    onConnect(socket) {
      socket.on('end', () => ends.push('end'));
      socket.on('error', (error: NodeJS.ErrnoException) => ends.push(error.code ?? ''));
    },
    answer: willing((action) => (action['action'] === 'Ping' ? '' : undefined)),
  });
  const { reach } = client(pbx.port, { tls: TLS, pingEveryMs: 10, silenceMs: 50 });
  await reach('silent');
  await vi.waitFor(() => expect(ends[0]).toBe('ECONNRESET'));
});

it('[AM11] names the cause of a lost link, fails what waits, and comes back', async () => {
  const pbx = await asterisk({
    answer: willing((action) => (action['action'] === 'Setvar' ? '' : undefined)),
  });
  const { ami, states, reach } = client(pbx.port, { tls: TLS });
  await reach('live');
  const answer = ami.send({ Action: 'Setvar', Variable: 'X', Value: 'y' });
  await vi.waitFor(() => expect(pbx.actions.at(-1)).toMatchObject({ action: 'Setvar' }));
  states.length = 0;
  pbx.dropAll();
  expect(await answer).toMatchObject({ ok: false, code: 'connection-lost' });
  await reach('live');
  expect(states[0]).toMatchObject({
    kind: 'unreachable',
    detail: expect.stringMatching(/^(closed|ECONN\w+)$/),
  });
});

it(
  '[AM11] leaves no socket and no file behind after a hundred connections',
  { timeout: 30_000 },
  async () => {
    const pbx = await asterisk({ onConnect: (socket) => socket.on('data', () => socket.destroy()) });
    const before = held();
    const { ami, states } = client(pbx.port, { tls: TLS });
    const ended = () => states.filter(({ kind }) => kind === 'turned-away').length;
    for (let count = 1; count <= 100; count += 1) {
      await vi.waitFor(() => expect(ended()).toBeGreaterThanOrEqual(count), { interval: 1, timeout: 5000 });
      ami.connectNow();
    }
    await ami.close();
    await vi.waitFor(() => expect(held()).toBeLessThanOrEqual(before), { timeout: 5000 });
  },
);

it('[AM11] leaves nothing behind wherever on its way it is closed', { timeout: 30_000 }, async () => {
  const pbx = await asterisk();
  const before = held();
  for (let turns = 0; turns < 60; turns += 1) {
    const { ami, states } = openClient(pbx.port, { tls: TLS });
    for (let waited = 0; waited < turns; waited += 1) await turn();
    await ami.close();
    expect(states.at(-1)).toEqual({ kind: 'closed' });
  }
  await vi.waitFor(() => {
    expect(readdirSync(folder)).toEqual([]);
    expect(held()).toBeLessThanOrEqual(before);
  });
});

it('[AM11] where the temporary folder can’t be written, says so', async () => {
  const pbx = await asterisk();
  vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
  const { states, reach } = client(pbx.port, { tls: TLS });
  await reach('unreachable');
  expect(states[1]).toEqual({ kind: 'unreachable', detail: 'ENOENT' });
  vi.stubEnv('TMPDIR', folder);
});
