import type { HistoryEntry } from '@lampboard/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../every-pbx/demo-pbx.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { until } from '../processes/until.ts';
import { type OpenBoard, openBoard } from './open-board.ts';
import { request } from './request.ts';
import { postCommand, signIn, valueOf } from './sign-in.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

const ID = '600@default';
const LAMP = 'Custom:lamp600';
const PROVIDER = 'CustomPresence:Batman';

let pbx: PbxUnderTest;
let gateway: RunningGateway;
let board: OpenBoard;
beforeAll(async () => {
  pbx = await startDemoPbxUnderTest();
  await pbx.setLamp(LAMP, 'NOT_INUSE');
  gateway = await startGateway({ amiPort: pbx.amiPort });
  board = await openBoard(gateway);
  await live();
});
afterAll(async () => {
  board.close();
  await gateway.stop();
  await pbx.stop();
});

const live = () => board.until('a live board', ({ link }) => link.state === 'live', 15_000);
const history = async () => valueOf(await board.command('list-history', { id: ID }));
const told = ({ lamp, presence }: HistoryEntry) => `${lamp} ${presence}`;
/** Changes within a second are kept as one. */
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));

async function ring(state: string, lamp: string): Promise<void> {
  await pbx.setLamp(LAMP, state);
  await board.until(lamp, () => board.row(ID).lamp === lamp);
}

it('[HI1] tells what lamp and presence were, in their order, with the moments at which they changed', async () => {
  await aSecond();
  const began = Date.now();
  await ring('RINGING', 'ringing');
  await aSecond();
  await ring('INUSE', 'in-use');
  await aSecond();
  await pbx.setPresence(PROVIDER, { state: 'dnd', subtype: '', message: '' });
  await board.until('the presence', () => board.presence(ID).state === 'dnd');
  const { entries, keepDays, from } = await history();
  expect(entries.map(told)).toEqual(['idle not_set', 'ringing not_set', 'in-use not_set', 'in-use dnd']);
  expect(keepDays).toBe(7);
  expect(Math.abs(Date.now() - 7 * 86_400_000 - from)).toBeLessThan(5000);
  const [, ringing, inUse] = entries;
  expect(ringing?.at).toBeGreaterThanOrEqual(began - 50);
  expect(inUse?.at).toBeGreaterThanOrEqual((ringing?.at ?? 0) + 1000);
});

it('[HI2] while Asterisk was gone the lamp was unknown, whatever it is by now', async () => {
  const before = (await history()).entries.length;
  await pbx.kill();
  await board.until('an outage', ({ link }) => link.state === 'down');
  await aSecond();
  expect((await history()).entries.map(told).slice(before)).toEqual(['unknown dnd']);
  await pbx.start();
  await live();
  await until({
    what: 'the lamp to be known',
    probe: async () => (await history()).entries.at(-1)?.lamp === board.row(ID).lamp,
  });
  expect((await history()).entries.map(told).slice(before)).toEqual(['unknown dnd', 'in-use dnd']);
});

it('[HI7] who gets an extension that somebody else had sees nothing of before, however they ask', async () => {
  const id = '1105@default';
  const ada = await signIn(gateway, 'ada');
  const admin = (name: 'add-account' | 'change-account', body: object) =>
    request(`${gateway.url}api/commands/${name}`, { headers: { cookie: ada }, body });
  const password = 'tangerine kettle 9';
  const settings = { role: 'user', extensions: ['1104@default'], disabled: false };
  expect(await admin('add-account', { name: 'newcomer', password, settings })).toMatchObject({ status: 200 });
  const cookie = await signIn(gateway, { account: 'newcomer', password });
  const secret = { state: 'away' as const, subtype: 'Clinic', message: 'of the one before' };
  await board.settle(id, secret);
  const asked = async () => {
    const edits = valueOf(await postCommand(gateway, cookie, 'list-edits', { id }));
    return { edits, told: valueOf(await postCommand(gateway, cookie, 'list-history', { id })) };
  };
  const given = Date.now();
  const extensions = ['1104@default', id];
  await admin('change-account', { account: 'newcomer', settings: { ...settings, extensions } });
  const { edits, told } = await asked();
  expect(edits).toEqual([]);
  expect(told.from).toBeGreaterThanOrEqual(given);
  expect(told.ownSince).toBe(told.from);
  expect(told.entries.length).toBeLessThanOrEqual(1);
  await board.settle(id, { ...secret, message: 'of the one now' });
  await admin('change-account', { account: 'newcomer', settings: { ...settings, extensions, role: 'user' } });
  expect((await asked()).edits.map(({ to }) => to.message)).toEqual(['of the one now']);
  expect((await history()).from).toBeLessThan(given - 6 * 86_400_000);
});

it('[HI2] while the gateway was not running, or was killed, the lamp was unknown', async () => {
  const before = (await history()).entries.length;
  await aSecond();
  await gateway.kill();
  await pbx.setLamp(LAMP, 'NOT_INUSE');
  await aSecond();
  await gateway.start();
  await board.until('the gateway', () => board.isLive() && board.row(ID).lamp === 'idle', 15_000);
  const after = (await history()).entries.slice(before);
  expect(after.map(told)).toEqual(['unknown dnd', 'idle dnd']);
  expect((after[1]?.at ?? 0) - (after[0]?.at ?? 0)).toBeGreaterThan(1000);
});

it('[HI1] what was heard just before the gateway is stopped is kept', async () => {
  const before = (await history()).entries.length;
  await aSecond();
  await ring('ONHOLD', 'on-hold');
  gateway.child().signal('SIGTERM');
  await gateway.child().gone;
  await gateway.start();
  await board.until('the gateway', () => board.isLive(), 15_000);
  expect((await history()).entries.slice(before).map(told)).toEqual([
    'on-hold dnd',
    'unknown dnd',
    'on-hold dnd',
  ]);
});

it('[HI3] users see that of their own extensions; without days to keep there is none', async () => {
  const alice = await signIn(gateway, 'alice');
  const list = (id: string) => postCommand(gateway, alice, 'list-history', { id });
  expect(await list(ID)).toMatchObject({ ok: false, code: 'forbidden' });
  expect(valueOf(await list('1106@default')).entries.length).toBeGreaterThan(0);
  await gateway.kill();
  await gateway.start({ LAMPBOARD_HISTORY_DAYS: '0' });
  await board.until('the gateway', () => board.isLive(), 15_000);
  expect(valueOf(await list('1106@default'))).toMatchObject({ keepDays: 0, entries: [] });
});
