import type { AuditEntry } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import {
  httpRequest,
  postCommand,
  signIn,
  trySignIn,
  unwrapReply,
} from '../../testkit/gateway/http-client.ts';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import { startTestGateway } from '../../testkit/site/test-site.ts';

const summaryOf = ({ event, actor, target, detail }: AuditEntry) => [event, actor, target, detail];

/** Returns the audit log, oldest first, once it has `count` entries. */
async function audited(gateway: RunningGateway, cookie: string, count: number): Promise<AuditEntry[]> {
  return waitUntil(`${count} entries`, async () => {
    const entries = unwrapReply(await postCommand(gateway, cookie, 'list-audit', { beforeId: null }));
    return entries.length >= count && entries.toReversed();
  });
}

it('[AU1] sign-ins, refusals, throttling, sessions, accounts, roles, passwords and settings are recorded, and logged with account ids', async () => {
  const gateway = await startTestGateway();
  await trySignIn(gateway, 'rita', 'not her password');
  await trySignIn(gateway, 'my password instead', 'rita');
  const rita = await signIn(gateway, 'rita');
  const ada = await signIn(gateway, 'ada');
  await postCommand(gateway, rita, 'remove-account', { account: 'ada' });
  const settings = { role: 'user' as const, extensions: ['1102@default'], disabled: false };
  const password = 'marmalade zeppelin 3';
  await postCommand(gateway, ada, 'add-account', { name: 'bob', password, settings });
  const promoted = { ...settings, role: 'admin' as const };
  await postCommand(gateway, ada, 'change-account', { account: 'bob', settings: promoted });
  await postCommand(gateway, ada, 'set-password', { account: 'bob', password: `${password}1` });
  await postCommand(gateway, ada, 'revoke-sessions', { account: 'rita' });
  const change = { account: 'ada', current: ACCOUNTS.ada.password, password };
  await postCommand(gateway, ada, 'change-password', change);
  await postCommand(gateway, ada, 'remove-account', { account: 'bob' });
  await gateway.cli(['account', 'disable', 'alice']);
  await gateway.cli(['account', 'unlock', 'rita']);
  await httpRequest(`${gateway.url}api/sign-in`, { body: {}, headers: { origin: 'http://evil.example' } });
  for (let attempt = 0; attempt < 6; attempt += 1) await trySignIn(gateway, 'alice', 'wrong');

  const entries = await audited(gateway, ada, 22);
  expect(entries.map(summaryOf)).toEqual(
    expect.arrayContaining([
      ['sign-in-refused', null, 'rita', 'password wrong-credentials'],
      ['sign-in-refused', null, null, 'password wrong-credentials'],
      ['signed-in', 'rita', null, 'password'],
      ['signed-in', 'ada', null, 'password'],
      ['refused', 'rita', null, 'remove-account'],
      ['account-added', 'ada', 'bob', 'user 1102@default'],
      ['account-changed', 'ada', 'bob', 'admin 1102@default'],
      ['password-set', 'ada', 'bob', ''],
      ['sessions-ended', 'ada', 'rita', 'all'],
      ['password-changed', 'ada', null, ''],
      ['account-removed', 'ada', 'bob', ''],
      ['account-changed', null, 'alice', 'command line user 1106@default disabled'],
      ['account-unlocked', null, 'rita', 'command line receptionist 1101@default'],
      ['refused', null, null, 'other origin or host'],
      ['throttled', null, 'alice', 'password too-many'],
    ]),
  );
  for (const { timestamp } of entries) expect(Math.abs(timestamp - Date.now())).toBeLessThan(300_000);
  const addresses = entries.flatMap(({ actor, address }) => (actor === null ? [] : [address]));
  expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
  const log = await gateway.output();
  expect(log).toMatch(/"event":"account-added","account":\d+,"address":"127\.0\.0\.1"/);
  for (const secret of ['bob', 'rita', 'marmalade', 'my password instead']) expect(log).not.toContain(secret);
  expect(JSON.stringify(entries)).not.toContain('my password instead');
});

it('[AU1] settings that are others than at the last start are recorded by name, without their values', async () => {
  const gateway = await startTestGateway();
  await gateway.kill();
  const token = 'a token that is long';
  await gateway.start({ LAMPBOARD_HIDE_OTHERS_MESSAGES: 'true', LAMPBOARD_METRICS_TOKEN: token });
  const ada = await signIn(gateway, 'ada');
  const entries = (await audited(gateway, ada, 3)).filter(({ event }) => event === 'settings-changed');
  expect(entries.at(-1)?.detail).toBe('LAMPBOARD_HIDE_OTHERS_MESSAGES LAMPBOARD_METRICS_TOKEN');
  expect(JSON.stringify(entries)).not.toContain('a token');
});

it('[AU1] whoever tries without end does not fill it', async () => {
  const gateway = await startTestGateway();
  for (let attempt = 0; attempt < 80; attempt += 1)
    await httpRequest(`${gateway.url}api/me`, { headers: { host: 'evil.example' } });
  const ada = await signIn(gateway, 'ada');
  const entries = await audited(gateway, ada, 61);
  expect(entries.filter(({ event }) => event === 'refused')).toHaveLength(60);
});

it('[AU2] administrators read it in pages and as CSV, nobody else does, and no entry is changed', async () => {
  const gateway = await startTestGateway();
  const [rita, ada] = [await signIn(gateway, 'rita'), await signIn(gateway, 'ada')];
  for (let count = 0; count < 120; count += 1) await signIn(gateway, 'alice');
  const first = unwrapReply(await postCommand(gateway, ada, 'list-audit', { beforeId: null }));
  const beforeId = first.at(-1)?.id ?? 0;
  const second = unwrapReply(await postCommand(gateway, ada, 'list-audit', { beforeId }));
  expect(first).toHaveLength(100);
  expect(second[0]?.id).toBe(beforeId - 1);
  const readCsv = (headers = {}) => httpRequest(`${gateway.url}api/audit.csv`, { headers });
  const csv = await readCsv({ cookie: ada });
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.headers['cache-control']).toBe('no-store');
  const [head, ...lines] = csv.text.trim().split('\r\n');
  expect(head).toBe('timestamp,event,actor,target,address,detail');
  expect(lines.length).toBe(first.length + second.length);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,signed-in,alice,,127\.0\.0\.1,password$/);
  expect((await readCsv({ cookie: rita })).status).toBe(403);
  expect((await readCsv()).status).toBe(401);
});
