import type { HistoryEntry } from '@lampboard/protocol';
import { beforeAll, expect, it } from 'vitest';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { openBoardClient } from '../../testkit/clients/board-client.ts';
import { postCommand, sendCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { startForSuite, startTestSite } from '../../testkit/site/test-site.ts';

const ID = '600@default';
const LAMP = 'Custom:lamp600';
const PROVIDER = 'CustomPresence:Batman';

const { pbx, gateway } = startTestSite({}, (pbx) => pbx.setLamp(LAMP, 'NOT_INUSE'));
const client = startForSuite(() => openBoardClient(gateway()));
beforeAll(() => live());

const live = () => client().waitUntilLive(15_000);
const history = async () => unwrapReply(await client().command('list-history', { id: ID }));
const summaryOf = ({ lamp, presence }: HistoryEntry) => `${lamp} ${presence}`;
/** Changes within a second are merged. */
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));

async function ring(state: string, lamp: string): Promise<void> {
  await pbx().setLamp(LAMP, state);
  await client().waitUntil(lamp, () => client().extension(ID).lamp === lamp);
}

it('[HI1] tells what lamp and presence were, in their order, with the moments at which they changed', async () => {
  await aSecond();
  const began = Date.now();
  await ring('RINGING', 'ringing');
  await aSecond();
  await ring('INUSE', 'in-use');
  await aSecond();
  await pbx().setPresence(PROVIDER, { state: 'dnd', subtype: '', message: '' });
  await client().waitUntil('the presence', () => client().presence(ID).state === 'dnd');
  const { entries, retentionDays, from } = await history();
  expect(entries.map(summaryOf)).toEqual(['idle not_set', 'ringing not_set', 'in-use not_set', 'in-use dnd']);
  expect(retentionDays).toBe(7);
  expect(Math.abs(Date.now() - 7 * 86_400_000 - from)).toBeLessThan(5000);
  const [, ringing, inUse] = entries;
  expect(ringing?.startedAt).toBeGreaterThanOrEqual(began - 50);
  expect(inUse?.startedAt).toBeGreaterThanOrEqual((ringing?.startedAt ?? 0) + 1000);
});

it('[HI2] while Asterisk was gone the lamp was unknown, whatever it is by now', async () => {
  const before = (await history()).entries.length;
  await pbx().kill();
  await client().waitUntilDown();
  await aSecond();
  expect((await history()).entries.map(summaryOf).slice(before)).toEqual(['unknown dnd']);
  await pbx().start();
  await live();
  const isKnown = async () => (await history()).entries.at(-1)?.lamp === client().extension(ID).lamp;
  await waitUntil('the lamp to be known', isKnown);
  expect((await history()).entries.map(summaryOf).slice(before)).toEqual(['unknown dnd', 'in-use dnd']);
});

it('[HI7] who gets an extension that somebody else had sees nothing of before, however they ask', async () => {
  const id = '1105@default';
  const ada = await signIn(gateway(), 'ada');
  const admin = (name: 'add-account' | 'change-account', body: object) =>
    sendCommand(gateway(), ada, name, body);
  const password = 'tangerine kettle 9';
  const settings = { role: 'user', extensions: ['1104@default'], disabled: false };
  expect(await admin('add-account', { name: 'newcomer', password, settings })).toMatchObject({ status: 200 });
  const cookie = await signIn(gateway(), { account: 'newcomer', password });
  const secret = { state: 'away' as const, subtype: 'Clinic', message: 'of the one before' };
  await client().forceSetPresence(id, secret);
  const readHistory = async () => {
    const edits = unwrapReply(await postCommand(gateway(), cookie, 'list-presence-changes', { id }));
    return { edits, summaryOf: unwrapReply(await postCommand(gateway(), cookie, 'list-history', { id })) };
  };
  const requestedAt = Date.now();
  const extensions = ['1104@default', id];
  await admin('change-account', { account: 'newcomer', settings: { ...settings, extensions } });
  const { edits, summaryOf } = await readHistory();
  expect(edits).toEqual([]);
  expect(summaryOf.from).toBeGreaterThanOrEqual(requestedAt);
  expect(summaryOf.assignedSince).toBe(summaryOf.from);
  expect(summaryOf.entries.length).toBeLessThanOrEqual(1);
  await client().forceSetPresence(id, { ...secret, message: 'of the one now' });
  await admin('change-account', { account: 'newcomer', settings: { ...settings, extensions, role: 'user' } });
  expect((await readHistory()).edits.map(({ to }) => to.message)).toEqual(['of the one now']);
  expect((await history()).from).toBeLessThan(requestedAt - 6 * 86_400_000);
});

it('[HI2] while the gateway was not running, or was killed, the lamp was unknown', async () => {
  const before = (await history()).entries.length;
  await aSecond();
  await gateway().kill();
  await pbx().setLamp(LAMP, 'NOT_INUSE');
  await aSecond();
  await gateway().start();
  const isIdle = () => client().isLive() && client().extension(ID).lamp === 'idle';
  await client().waitUntil('the gateway', isIdle, 15_000);
  const after = (await history()).entries.slice(before);
  expect(after.map(summaryOf)).toEqual(['unknown dnd', 'idle dnd']);
  expect((after[1]?.startedAt ?? 0) - (after[0]?.startedAt ?? 0)).toBeGreaterThan(1000);
});

it('[HI1] what was heard just before the gateway is stopped is kept', async () => {
  const before = (await history()).entries.length;
  await aSecond();
  await ring('ONHOLD', 'on-hold');
  gateway().child().signal('SIGTERM');
  await gateway().child().exited;
  await gateway().start();
  await live();
  const summary = (await history()).entries.slice(before).map(summaryOf);
  expect(summary).toEqual(['on-hold dnd', 'unknown dnd', 'on-hold dnd']);
});

it('[HI3] users see that of their own extensions; without days to keep there is none', async () => {
  const alice = await signIn(gateway(), 'alice');
  const list = (id: string) => postCommand(gateway(), alice, 'list-history', { id });
  expect(await list(ID)).toMatchObject({ ok: false, code: 'forbidden' });
  expect(unwrapReply(await list('1106@default')).entries.length).toBeGreaterThan(0);
  await gateway().kill();
  await gateway().start({ LAMPBOARD_HISTORY_RETENTION_DAYS: '0' });
  await live();
  expect(unwrapReply(await list('1106@default'))).toMatchObject({ retentionDays: 0, entries: [] });
});
