import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AccountSettings, type Limits, NO_LIMITS, NOT_SET } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { POOL_PASSWORD } from '../../testkit/gateway/account-pool.ts';
import { postCommand, sendCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { openTestClient, startForSuite } from '../../testkit/site/test-site.ts';

const TAKES_EFFECT_MS = 1000;
const folder = startForSuite(makeTempFolder);
const pbx = startForSuite(startDemoPbxUnderTest);
const gateway = startForSuite(async () => {
  await writeDirectory({ 1101: 'Sales', 1102: 'Sales', 1105: 'Board' });
  return startGateway({ amiPort: pbx().amiPort, env: { LAMPBOARD_DIRECTORY_FILE: directoryFile() } });
});

const directoryFile = () => join(folder().path, 'people.csv');

async function writeDirectory(departments: Readonly<Record<string, string>>): Promise<void> {
  const rows = Object.entries(departments).map(
    ([exten, department]) => `${exten},Name ${exten},${department}`,
  );
  await writeFile(`${directoryFile()}.new`, ['extension,name,department', ...rows, ''].join('\n'));
  await rename(`${directoryFile()}.new`, directoryFile());
}

let count = 0;

/** Adds a receptionist with these limits, and opens a client that records what it receives. */
async function openLimited(limits: Partial<Limits>, settings: Partial<AccountSettings> = {}) {
  const name = `limited ${(count += 1)}`;
  const all = { role: 'receptionist' as const, extensions: [], disabled: false, ...settings };
  const admin = await signIn(gateway(), 'ada');
  const change = (changed: Partial<Limits> | null) =>
    postCommand(gateway(), admin, 'change-account', {
      account: name,
      settings: { ...all, limits: changed && { ...NO_LIMITS, ...changed } },
    });
  const added = { name, password: POOL_PASSWORD, settings: { ...all, limits: { ...NO_LIMITS, ...limits } } };
  unwrapReply(await postCommand(gateway(), admin, 'add-account', added));
  const cookie = await signIn(gateway(), { account: name, password: POOL_PASSWORD });
  const client = await openTestClient(gateway(), { cookie });
  const received: string[] = [];
  client.socket.onAny((...event: unknown[]) => received.push(JSON.stringify(event)));
  await client.waitUntilLive();
  return { name, cookie, client, received, admin, change };
}

const idsOf = ({ board }: BoardClient) => [...board().extensions.keys()].toSorted();
const SALES_DEPARTMENT = ['1101@default', '1102@default'];

it('[VI1] [VI2] a client with limits has its part of the board, and hears of no other change', async () => {
  const { client, received } = await openLimited({ contexts: ['sales'] });
  const department = await openLimited({ departments: ['Sales'] });
  const assigned = await openLimited({ contexts: ['sales'] }, { role: 'user', extensions: ['1105@default'] });
  expect(idsOf(client)).toEqual(['2001@sales']);
  expect(idsOf(department.client)).toEqual(SALES_DEPARTMENT);
  expect(idsOf(assigned.client)).toEqual(['1105@default', '2001@sales']);
  const rita = await openTestClient(gateway(), { as: 'rita' });
  const edit = (id: string, message: string) =>
    rita.forceSetPresence(id, { state: 'dnd', subtype: 'Board', message });
  await edit('1105@default', 'of the board');
  await edit('1101@default', 'of sales');
  await edit('2001@sales', 'visible to all three');
  await assigned.client.waitUntil(
    'its own',
    () => assigned.client.presence('1105@default').message === 'of the board',
  );
  for (const { client: each, id, message } of [
    { client, id: '2001@sales', message: 'visible to all three' },
    { client: department.client, id: '1101@default', message: 'of sales' },
  ])
    await each.waitUntil(message, () => each.presence(id).message === message);
  expect(received.join()).not.toMatch(/110\d|of the board|of sales/);
  expect(department.received.join()).not.toMatch(/2001|1105|of the board|visible/);
  const deltas = received.filter((event) => event.startsWith('["delta"'));
  expect(deltas.map((event) => /"seq":(\d+)/.exec(event)?.[1])).toEqual(
    deltas.map((_, index) => `${index + 1}`),
  );
});

it('[VI5] nothing in an answer tells an extension that is not visible from one that does not exist', async () => {
  const { cookie } = await openLimited({ contexts: ['sales'] });
  const [hidden, absent] = ['1105@default', '1999@default'];
  const presence = { state: 'away', subtype: '', message: 'x' };
  const answerTo = async (command: string, body: object) => {
    const { status, headers, text } = await sendCommand(gateway(), cookie, command, body);
    return { status, headers: { ...headers, date: '' }, text };
  };
  const expectSame = async (commands: readonly string[]) => {
    for (const command of commands)
      for (const base of [NOT_SET, presence]) {
        const [one, other] = [hidden, absent].map((id) => answerTo(command, { id, presence, base }));
        expect(await one, command).toEqual(await other);
        expect((await one)?.status).toBe(404);
      }
  };
  await expectSame(['set-presence', 'list-presence-changes', 'list-history']);
  pbx().pause();
  await expectSame(['set-presence', 'list-history']);
  pbx().resume();
  expect((await pbx().readPresence('CustomPresence:1105')).message).not.toBe('x');
});

it('[VI4] changed limits take effect on an open client within a second, also from the command line', async () => {
  const { name, client, change } = await openLimited({ contexts: ['sales'] });
  const waitFor = (what: string, ids: readonly string[]) =>
    client.waitUntil(what, () => idsOf(client).join() === ids.join(), TAKES_EFFECT_MS);
  await change({ departments: ['Sales'] });
  await waitFor('the department', SALES_DEPARTMENT);
  expect(client.me()?.limits).toEqual({ ...NO_LIMITS, departments: ['Sales'] });
  await change(null);
  await client.waitUntil('the whole board', ({ extensions }) => extensions.size > 10, TAKES_EFFECT_MS);
  await gateway().cli(['account', 'change', name, '--context', 'sales']);
  await waitFor('the context', ['2001@sales']);
  await gateway().cli(['account', 'change', name, '--no-limits', '--department', 'Board']);
  await waitFor('the other department', ['1105@default']);
});

it('[VI4] [VI7] whoever changes the department appears or disappears, in groups too', async () => {
  const { name, client, cookie, received } = await openLimited({ departments: ['Sales', 'Desk'] });
  const members = ['1102@default', '1101@default', '1105@default'];
  const group = { id: 'one', name: 'One', members };
  unwrapReply(await postCommand(gateway(), cookie, 'save-group', { account: name, group }));
  const membersNow = () =>
    client
      .settings()
      ?.groups.find(({ id }) => id === 'one')
      ?.members.join();
  await client.waitUntil('the group', () => membersNow() === '1102@default,1101@default');
  await writeDirectory({ 1101: 'Board', 1102: 'Sales', 1105: 'Desk' });
  gateway().child().signal('SIGHUP');
  await client.waitUntil('the move', () => idsOf(client).join() === '1102@default,1105@default');
  await client.waitUntil('the group of the move', () => membersNow() === '1102@default,1105@default');
  expect(received.join()).not.toContain('"department":"Board"');
  await writeDirectory({ 1101: 'Sales', 1102: 'Sales', 1105: 'Board' });
  gateway().child().signal('SIGHUP');
  await client.waitUntil('the group as before', () => membersNow() === '1102@default,1101@default');
});

it('[VI4] a reload that removes an extension or adds one shows only within the limits', async () => {
  const { client, received } = await openLimited({ contexts: ['sales'] });
  const hint = (exten: string, context: string) => ({ exten, context, hint: `Custom:lamp${exten}` });
  const before = [hint('2001', 'sales'), hint('1101', 'default')];
  await pbx().reload([...before, hint('2002', 'sales'), hint('1777', 'default')]);
  await client.waitUntil('the added one', () => idsOf(client).join() === '2001@sales,2002@sales');
  await pbx().reload(before);
  await client.waitUntil('the removed one', () => idsOf(client).join() === '2001@sales');
  expect(received.join()).not.toContain('1777');
});

it('[VI8] limits are in the list of accounts and in the audit log', async () => {
  const { name, admin } = await openLimited({ contexts: ['sales'], departments: ['Customer Care'] });
  await gateway().cli(['account', 'change', name, '--department', 'Support', '--pbx', 'berlin']);
  const accounts = unwrapReply(await postCommand(gateway(), admin, 'list-accounts', {}));
  const expected = { pbxs: ['berlin'], contexts: ['sales'], departments: ['Support'] };
  expect(accounts.find((account) => account.name === name)?.limits).toEqual(expected);
  await waitUntil('both entries', async () => {
    const entries = unwrapReply(await postCommand(gateway(), admin, 'list-audit', { beforeId: null }));
    const details = entries.filter(({ target }) => target === name).map(({ detail }) => detail);
    return (
      details.includes('receptionist context=sales department="Customer Care"') &&
      details.includes('command line receptionist pbx=berlin context=sales department=Support')
    );
  });
});
