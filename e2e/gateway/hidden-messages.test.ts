import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../every-pbx/demo-pbx.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { type OpenBoard, openBoard } from './open-board.ts';
import { postCommand, signIn } from './sign-in.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

const SECRET = 'at the dentist';
const OWN = '1106@default';
const OTHERS = ['1104@default', '1105@default', '1108@default'];

let pbx: PbxUnderTest;
let gateway: RunningGateway;
beforeAll(async () => {
  pbx = await startDemoPbxUnderTest();
  await pbx.setPresence('CustomPresence:1108', { state: 'xa', subtype: 'Trip', message: SECRET });
  await pbx.setPresence('CustomPresence:1106', { state: 'away', subtype: '', message: 'mine' });
  gateway = await startGateway({ amiPort: pbx.amiPort, env: { LAMPBOARD_HIDE_MESSAGES: 'true' } });
});
afterAll(async () => {
  await gateway.stop();
  await pbx.stop();
});

/** A board, with every word that ever reached it. */
async function listening(as: 'alice' | 'rita'): Promise<OpenBoard & { heard: string[] }> {
  const board = await openBoard(gateway, { as });
  const heard = [JSON.stringify([...board.board().rows.values()])];
  board.socket.onAny((...event: unknown[]) => heard.push(JSON.stringify(event)));
  await board.until('a live board', ({ link }) => link.state === 'live');
  heard.push(JSON.stringify([...board.board().rows.values()]));
  return { ...board, heard };
}

/** Everything that reached it but the own message. */
function wordsOfOthers({ heard }: { heard: readonly string[] }): string {
  return heard.join('\n').replaceAll(/at the dentist (CustomPresence:1106|1106@default)/g, '');
}

it('[RG4] users are sent state and subtype of others, and never a message; their own in full', async () => {
  const [alice, rita] = [await listening('alice'), await listening('rita')];
  expect(alice.row('1108@default').presence).toEqual({ state: 'xa', subtype: 'Trip', message: '' });
  expect(rita.row('1108@default').presence?.message).toBe(SECRET);
  expect(alice.presence(OWN).message).toBe('mine');

  for (const id of [...OTHERS, OWN])
    await rita.settle(id, { state: 'dnd', subtype: id, message: `${SECRET} ${id}` });
  const last = OTHERS.at(-1) ?? '';
  await alice.until('every edit', () => [...OTHERS, OWN].every((id) => alice.presence(id).subtype === id));
  expect(alice.presence(last)).toEqual({ state: 'dnd', subtype: last, message: '' });
  expect(alice.presence(OWN).message).toBe(`${SECRET} ${OWN}`);
  alice.socket.emit('resync');
  await alice.until('a board in step', ({ seq }) => seq >= rita.board().seq);
  expect(wordsOfOthers(alice)).not.toContain(SECRET);
  expect(rita.presence(last).message).toBe(`${SECRET} ${last}`);
  alice.close();
  rita.close();
});

it('[RG4] hundreds of changes at once leave every board in step, and tell users nothing', async () => {
  const [alice, rita] = [await listening('alice'), await listening('rita')];
  const providers = ['1104', '1105', '1106', '1108'].map((exten) => `CustomPresence:${exten}`);
  for (let round = 0; round < 60; round++) {
    await Promise.all(
      providers.map((provider) =>
        pbx.setPresence(provider, {
          state: 'away',
          subtype: `${round}`,
          message: `${SECRET} ${provider} ${round}`,
        }),
      ),
    );
  }
  const done = (board: OpenBoard) => () =>
    [...OTHERS, OWN].every((id) => board.presence(id).subtype === '59');
  await alice.until('the last round', done(alice));
  await rita.until('the last round', done(rita));
  expect(alice.presence(OWN).message).toBe(`${SECRET} CustomPresence:1106 59`);
  expect(alice.board().seq).toBe(rita.board().seq);
  expect(wordsOfOthers(alice)).not.toContain(SECRET);
  alice.close();
  rita.close();
});

it('[RG4] who becomes a receptionist is sent the messages at once, and no longer as a user again', async () => {
  const alice = await listening('alice');
  const cookie = await signIn(gateway, 'ada');
  const make = (role: 'user' | 'receptionist') =>
    postCommand(gateway, cookie, 'change-account', {
      account: 'alice',
      settings: { role, extensions: [OWN], disabled: false },
    });
  const message = () => alice.presence('1108@default').message;
  await make('receptionist');
  await alice.until('the messages', () => message() !== '', 1000);
  expect(alice.me()?.role).toBe('receptionist');
  await make('user');
  await alice.until('no messages', () => message() === '', 1000);
  alice.close();
});
