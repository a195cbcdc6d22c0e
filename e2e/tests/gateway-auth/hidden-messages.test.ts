import { expect, it } from 'vitest';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { postCommand, signIn } from '../../testkit/gateway/http-client.ts';
import { openTestClient, startTestSite } from '../../testkit/site/test-site.ts';

const SECRET = 'at the dentist';
const USER_EXTENSION = '1106@default';
const OTHERS = ['1104@default', '1105@default', '1108@default'];
const ALL = [...OTHERS, USER_EXTENSION];

const { pbx, gateway } = startTestSite({ LAMPBOARD_HIDE_OTHERS_MESSAGES: 'true' }, async (pbx) => {
  await pbx.setPresence('CustomPresence:1108', { state: 'xa', subtype: 'Trip', message: SECRET });
  await pbx.setPresence('CustomPresence:1106', { state: 'away', subtype: '', message: 'mine' });
});

/** Opens a client that records all that it receives. */
async function openRecordingClient(as: 'alice' | 'rita'): Promise<BoardClient & { received: string[] }> {
  const client = await openTestClient(gateway(), { as });
  const received = [JSON.stringify([...client.board().extensions.values()])];
  client.socket.onAny((...event: unknown[]) => received.push(JSON.stringify(event)));
  await client.waitUntilLive();
  received.push(JSON.stringify([...client.board().extensions.values()]));
  return { ...client, received };
}

/** Received text without the user's own message. */
function othersText({ received }: { received: readonly string[] }): string {
  return received.join('\n').replaceAll(/at the dentist (CustomPresence:1106|1106@default)/g, '');
}

it('[RG4] users are sent state and subtype of others, and never a message; their own in full', async () => {
  const [alice, rita] = [await openRecordingClient('alice'), await openRecordingClient('rita')];
  expect(alice.extension('1108@default').presence).toEqual({ state: 'xa', subtype: 'Trip', message: '' });
  expect(rita.extension('1108@default').presence?.message).toBe(SECRET);
  expect(alice.presence(USER_EXTENSION).message).toBe('mine');

  for (const id of ALL)
    await rita.forceSetPresence(id, { state: 'dnd', subtype: id, message: `${SECRET} ${id}` });
  const last = OTHERS.at(-1) ?? '';
  await alice.waitUntil('every edit', () => ALL.every((id) => alice.presence(id).subtype === id));
  expect(alice.presence(last)).toEqual({ state: 'dnd', subtype: last, message: '' });
  expect(alice.presence(USER_EXTENSION).message).toBe(`${SECRET} ${USER_EXTENSION}`);
  alice.socket.emit('resync');
  await alice.waitUntil('a board in step', ({ seq }) => seq >= rita.board().seq);
  expect(othersText(alice)).not.toContain(SECRET);
  expect(rita.presence(last).message).toBe(`${SECRET} ${last}`);
});

it('[RG4] hundreds of changes at once leave every board in step, and tell users nothing', async () => {
  const [alice, rita] = [await openRecordingClient('alice'), await openRecordingClient('rita')];
  const providers = ['1104', '1105', '1106', '1108'].map((exten) => `CustomPresence:${exten}`);
  for (let round = 0; round < 60; round++) {
    const set = (provider: string) => {
      const message = `${SECRET} ${provider} ${round}`;
      return pbx().setPresence(provider, { state: 'away', subtype: `${round}`, message });
    };
    await Promise.all(providers.map(set));
  }
  for (const client of [alice, rita])
    await client.waitUntil('the last', () => ALL.every((id) => client.presence(id).subtype === '59'));
  expect(alice.presence(USER_EXTENSION).message).toBe(`${SECRET} CustomPresence:1106 59`);
  expect(alice.board().seq).toBe(rita.board().seq);
  expect(othersText(alice)).not.toContain(SECRET);
});

it('[RG4] who becomes a receptionist is sent the messages at once, and no longer as a user again', async () => {
  const alice = await openRecordingClient('alice');
  const cookie = await signIn(gateway(), 'ada');
  const make = (role: 'user' | 'receptionist') => {
    const settings = { role, extensions: [USER_EXTENSION], disabled: false };
    return postCommand(gateway(), cookie, 'change-account', { account: 'alice', settings });
  };
  const message = () => alice.presence('1108@default').message;
  await make('receptionist');
  await alice.waitUntil('the messages', () => message() !== '', 1000);
  expect(alice.me()?.role).toBe('receptionist');
  await make('user');
  await alice.waitUntil('no messages', () => message() === '', 1000);
});
