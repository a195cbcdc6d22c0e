import type { Presence } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { postCommand, signIn, trySignIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { openTestClient, openTestSite, startForTest } from '../../testkit/site/test-site.ts';

const ID = '1105@default';
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const AWAY: Presence = { state: 'away', subtype: 'Lunch', message: 'at the registry office' };
const SETTINGS = { role: 'receptionist' as const, extensions: ['1101@default'], disabled: false };

async function opened() {
  const pbx = await startForTest(startDemoPbxUnderTest());
  const { gateway, client } = await openTestSite(pbx);
  const [rita, ada] = [await signIn(gateway, 'rita'), await signIn(gateway, 'ada')];
  await client.forceSetPresence(ID, AVAILABLE);
  const setAway = async (ms: number) => {
    const returnTime = { at: Date.now() + ms, thenState: 'available' as const };
    const input = { id: ID, presence: AWAY, base: AVAILABLE, returnTime };
    expect(await postCommand(gateway, rita, 'set-presence', input)).toMatchObject({ ok: true });
    await client.waitUntil('the edit', () => client.presence(ID).state === 'away');
  };
  return { gateway, board: client, rita, ada, setAway };
}

it('[AN9] who is signed in stays so under the new name, with everything that is the account’s', async () => {
  const { gateway, board, rita, ada, setAway } = await opened();
  await setAway(3_600_000);
  const template = { id: 't', name: 'Lunch', ...AWAY, state: 'away' as const, returnTime: null };
  unwrapReply(await postCommand(gateway, rita, 'save-template', { account: 'rita', template }));
  const group = { id: 'sales', name: 'Sales', members: [ID] };
  unwrapReply(await postCommand(gateway, rita, 'save-group', { account: 'rita', group }));
  const renamed = await gateway.cli(['account', 'rename', 'rita', 'Rita Berg']);
  expect([renamed.code, renamed.stdout]).toEqual([0, 'rita is now Rita Berg.\n']);

  await board.waitUntil('the new name', () => board.me()?.name === 'Rita Berg', 2000);
  const by = { kind: 'account', name: 'Rita Berg' };
  const isNamed = () => {
    const author = board.extension(ID).presenceSetBy;
    return author?.kind === 'account' && author.name === by.name;
  };
  await board.waitUntil('the board to name it', isNamed, 2000);
  const returnTime = { thenState: 'available' };
  expect(board.extension(ID)).toMatchObject({ presence: AWAY, presenceSetBy: by, returnTime });
  const account = { account: 'Rita Berg' };
  expect(unwrapReply(await postCommand(gateway, rita, 'list-sessions', account)).length).toBe(2);
  expect(unwrapReply(await postCommand(gateway, rita, 'list-templates', account)).user).toEqual([template]);
  const recent = unwrapReply(await postCommand(gateway, rita, 'list-recent-values', account));
  expect(recent.user.subtypes).toEqual(['Lunch']);
  const [edit] = unwrapReply(await postCommand(gateway, rita, 'list-presence-changes', { id: ID }));
  expect(edit).toMatchObject({ actor: 'Rita Berg', to: AWAY });
  expect((await trySignIn(gateway, 'rita', ACCOUNTS.rita.password)).status).toBe(401);
  const again = await signIn(gateway, { account: 'rita berg', password: ACCOUNTS.rita.password });
  const other = await openTestClient(gateway, { cookie: again });
  const hasGroup = () => other.settings()?.groups.some(({ name }) => name === 'Sales') === true;
  await other.waitUntil('the groups', hasGroup);
  expect(other.extension(ID).presenceSetBy).toMatchObject(by);

  const original = { ...account, name: 'rita', settings: SETTINGS };
  const changed = unwrapReply(await postCommand(gateway, ada, 'change-account', original));
  expect(changed).toMatchObject({ name: 'rita', extensions: ['1101@default'] });
  const audit = unwrapReply(await postCommand(gateway, ada, 'list-audit', { beforeId: null }));
  expect(audit.filter(({ event }) => event === 'account-renamed')).toMatchObject([
    { actor: 'ada', target: 'Rita Berg → rita', detail: 'receptionist 1101@default' },
    { actor: null, target: 'rita → Rita Berg', detail: 'command line receptionist 1101@default' },
  ]);
  expect(await gateway.output()).not.toMatch(/rita/i);
});

it('[AN9] a return time is carried out under the new name, though the gateway was restarted', async () => {
  const { gateway, board, ada, setAway } = await opened();
  await setAway(10_000);
  await gateway.kill();
  await gateway.cli(['account', 'rename', 'rita', 'berg']);
  await gateway.start();
  await board.waitUntilLive(15_000);
  const change = { account: 'berg', name: 'Berg', settings: SETTINGS };
  unwrapReply(await postCommand(gateway, ada, 'change-account', change));
  await board.waitUntil('the return', () => board.presence(ID).state === 'available', 15_000);
  const [edit] = unwrapReply(await postCommand(gateway, ada, 'list-presence-changes', { id: ID }));
  expect(edit).toMatchObject({ actor: 'Berg', isScheduled: true, result: 'ok' });
});
