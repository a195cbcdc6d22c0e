import type { Presence } from '@lampboard/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { startDemoPbxUnderTest } from '../every-pbx/demo-pbx.ts';
import { ACCOUNTS } from './accounts.ts';
import { openBoard } from './open-board.ts';
import { openGateway } from './open-gateway.ts';
import { postCommand, signIn, trySignIn, valueOf } from './sign-in.ts';

const ID = '1105@default';
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const AWAY: Presence = { state: 'away', subtype: 'Lunch', message: 'at the registry office' };
const SETTINGS = { role: 'receptionist' as const, extensions: ['1101@default'], disabled: false };

async function opened() {
  const pbx = await startDemoPbxUnderTest();
  onTestFinished(pbx.stop);
  const { gateway, board, close } = await openGateway(pbx);
  onTestFinished(close);
  const [rita, ada] = [await signIn(gateway, 'rita'), await signIn(gateway, 'ada')];
  await board.settle(ID, AVAILABLE);
  const setAway = async (ms: number) => {
    const back = { at: Date.now() + ms, next: 'available' as const };
    const wanted = { id: ID, presence: AWAY, base: AVAILABLE, back };
    expect(await postCommand(gateway, rita, 'set-presence', wanted)).toMatchObject({ ok: true });
    await board.until('the edit', () => board.presence(ID).state === 'away');
  };
  return { gateway, board, rita, ada, setAway };
}

it('[AN9] who is signed in stays so under the new name, with everything that is the account’s', async () => {
  const { gateway, board, rita, ada, setAway } = await opened();
  await setAway(3_600_000);
  const template = { id: 't', name: 'Lunch', ...AWAY, state: 'away' as const, back: null };
  valueOf(await postCommand(gateway, rita, 'save-template', { account: 'rita', template }));
  const group = { id: 'sales', name: 'Sales', members: [ID] };
  valueOf(await postCommand(gateway, rita, 'save-group', { account: 'rita', group }));
  const renamed = await gateway.cli(['account', 'rename', 'rita', 'Rita Berg']);
  expect([renamed.code, renamed.stdout]).toEqual([0, 'rita is Rita Berg from now on.\n']);

  await board.until('the new name', () => board.me()?.name === 'Rita Berg', 2000);
  const by = { kind: 'account', name: 'Rita Berg' };
  const isNamed = () => {
    const author = board.row(ID).presenceBy;
    return author?.kind === 'account' && author.name === by.name;
  };
  await board.until('the board to name it', isNamed, 2000);
  expect(board.row(ID)).toMatchObject({ presence: AWAY, presenceBy: by, back: { next: 'available' } });
  const account = { account: 'Rita Berg' };
  expect(valueOf(await postCommand(gateway, rita, 'list-sessions', account)).length).toBe(2);
  expect(valueOf(await postCommand(gateway, rita, 'list-templates', account)).own).toEqual([template]);
  expect(valueOf(await postCommand(gateway, rita, 'list-last-used', account)).own.subtypes).toEqual([
    'Lunch',
  ]);
  expect(valueOf(await postCommand(gateway, rita, 'list-edits', { id: ID }))[0]).toMatchObject({
    by: 'Rita Berg',
    to: AWAY,
  });
  expect((await trySignIn(gateway, 'rita', ACCOUNTS.rita.password)).status).toBe(401);
  const again = await signIn(gateway, { account: 'rita berg', password: ACCOUNTS.rita.password });
  const other = await openBoard(gateway, { cookie: again });
  onTestFinished(other.close);
  await other.until('the groups', () => other.own()?.groups.some(({ name }) => name === 'Sales') === true);
  expect(other.row(ID).presenceBy).toMatchObject(by);

  const back = await postCommand(gateway, ada, 'change-account', {
    account: 'Rita Berg',
    name: 'rita',
    settings: SETTINGS,
  });
  expect(valueOf(back)).toMatchObject({ name: 'rita', extensions: ['1101@default'] });
  const audit = valueOf(await postCommand(gateway, ada, 'list-audit', { before: null }));
  expect(audit.filter(({ event }) => event === 'account-renamed')).toMatchObject([
    { by: 'ada', about: 'Rita Berg → rita', detail: 'receptionist 1101@default' },
    { by: null, about: 'rita → Rita Berg', detail: 'command line receptionist 1101@default' },
  ]);
  expect(await gateway.output()).not.toMatch(/rita/i);
});

it('[AN9] a return time is carried out under the new name, though the gateway was restarted', async () => {
  const { gateway, board, ada, setAway } = await opened();
  await setAway(10_000);
  await gateway.kill();
  await gateway.cli(['account', 'rename', 'rita', 'berg']);
  await gateway.start();
  await board.until('the board to be back', ({ link }) => link.state === 'live', 15_000);
  valueOf(
    await postCommand(gateway, ada, 'change-account', { account: 'berg', name: 'Berg', settings: SETTINGS }),
  );
  await board.until('the return', () => board.presence(ID).state === 'available', 15_000);
  const [edit] = valueOf(await postCommand(gateway, ada, 'list-edits', { id: ID }));
  expect(edit).toMatchObject({ by: 'Berg', planned: true, result: 'ok' });
});
