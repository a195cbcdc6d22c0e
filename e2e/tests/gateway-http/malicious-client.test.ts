import { startDemoPbx } from '@lampboard/demo-pbx';
import { FAILURE_CODES, NOT_SET, PRESENCE_STATES } from '@lampboard/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inDefault, USERS } from '../../testkit/pbx/pbx-under-test.ts';
import {
  arbitraryJson,
  connectRawClient,
  resultCodeOf,
  sendableName,
} from '../../testkit/clients/raw-client.ts';
import { createAccountPool } from '../../testkit/gateway/account-pool.ts';
import { sendCommand } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';
import { startTcpProxy } from '../../testkit/network/tcp-proxy.ts';

const COMMANDS = 600;
/** Rate limits: 50 commands in 5 s for an account, 50 events a second for a client. */
const CONSOLES = 16;
const EXTENSIONS = Array.from({ length: 20 }, (_, index) => String(1101 + index));

let written = '';
const pbx = startForSuite(async () => {
  const hints = EXTENSIONS.map((exten) => inDefault(exten, `PJSIP/${exten},CustomPresence:${exten}`));
  const { port, kill } = await startDemoPbx({ hints, users: [USERS.nofilter] });
  return { port, stop: kill };
});
const proxy = startForSuite(() =>
  startTcpProxy(pbx().port, (client, upstream) => {
    client.on('data', (bytes) => (written += bytes.toString('latin1')));
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
  }),
);
const gateway = startForSuite(() => startGateway({ amiPort: proxy().port, user: USERS.nofilter }));

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    ...'|a,b|\0|\ud800|${SHELL(id)}'.split('|'),
    'é'.repeat(300),
    'x\r\n\r\nAction: Command\r\nCommand: core stop now\r\n',
  ),
);
const presence = fc.record(
  {
    state: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PRESENCE_STATES) }, text),
    subtype: fc.oneof(fc.constant(''), text),
    message: fc.oneof(text, arbitraryJson),
  },
  { noNullPrototype: true },
);
/** A nearly valid edit. */
const edit = fc.record(
  {
    id: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...EXTENSIONS).map((exten) => `${exten}@default`) },
      text,
      fc.constantFrom('1101@other', '1101@default\r\nAction: Ping', 'constructor'),
    ),
    presence,
    base: fc.oneof({ weight: 4, arbitrary: fc.constant(NOT_SET) }, presence),
  },
  { requiredKeys: ['id', 'presence', 'base'], noNullPrototype: true },
);
const command = fc.oneof(
  { weight: 2, arbitrary: edit.map((body): [string, unknown[]] => ['set-presence', [body]]) },
  fc.tuple(
    sendableName,
    fc.array(fc.oneof(arbitraryJson, fc.constant(Buffer.from('bytes'))), { maxLength: 4 }),
  ),
);

it('[GW6] whatever a console sends, it is answered with a code of the closed set, and Asterisk is told only what fits', async () => {
  const staff = await createAccountPool(gateway());
  const pushed = new Set<string>();
  const replies: string[] = [];

  async function sendAll(commands: readonly [string, unknown[]][]): Promise<void> {
    const { cookie } = await staff.create('receptionist');
    const socket = connectRawClient(gateway(), { cookie });
    socket.onAny((name: string) => pushed.add(name));
    for (const [name, args] of commands) {
      socket.emit(name, ...args, () => pushed.add('a reply'));
      replies.push(resultCodeOf((await sendCommand(gateway(), cookie, name, args[0])).json));
    }
    socket.disconnect();
  }
  const commands = fc.sample(command, COMMANDS);
  const commandsOf = (console: number) => commands.filter((_, index) => index % CONSOLES === console);
  await Promise.all(Array.from({ length: CONSOLES }, (_, console) => sendAll(commandsOf(console))));
  for (const code of replies) expect([...FAILURE_CODES, 'conflict', 'ok']).toContain(code);
  expect(replies).not.toContain('internal-error');
  expect(replies).toContain('ok');
  expect(replies.filter((code) => code === 'invalid').length).toBeGreaterThan(COMMANDS / 10);
  for (const name of pushed) expect(['hello', 'snapshot', 'delta', 'me', 'settings']).toContain(name);
  for (const action of written.split('\r\n\r\n').slice(0, -1)) expectFit(action);
  expect(gateway().child().isRunning()).toBe(true);
  expect(await gateway().output()).not.toMatch(/uncaught|unhandled|TypeError|RangeError|at .*\.js:\d/i);
}, 60_000);

/** Expects a known action with valid lines, and presences of known providers. */
function expectFit(action: string): void {
  const headers = action.split('\r\n').map((line) => /^([a-z]+): ([^\r\n\0]*)$/i.exec(line) ?? [line, '?']);
  const value = (name: string) => headers.find(([, header]) => header?.toLowerCase() === name)?.[2] ?? '';
  const names = headers.map(([, header]) => header);
  expect(names, action).not.toContain('?');
  expect(ACTIONS, action).toContain(value('action'));
  if (value('action') !== 'Setvar') return;
  expect(value('variable')).toMatch(/^PRESENCE_STATE\(CustomPresence:11\d\d\)$/);
  expect(value('value')).toMatch(/^(available|chat|away|xa|dnd|unavailable),[\w+/=]*,[\w+/=]*,e$/);
}

const ACTIONS =
  'login Events Filter Ping ExtensionStateList PresenceStateList DeviceStateList DBGetTree ExtensionState Getvar Setvar'.split(
    ' ',
  );
