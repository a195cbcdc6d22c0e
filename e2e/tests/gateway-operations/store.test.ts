import type { Presence } from '@lampboard/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { lockStore, mountSmallDisk, provideSmallDisk } from '../../testkit/store/store-faults.ts';
import {
  readMetrics,
  httpRequest,
  postCommand,
  sendCommand,
  signIn,
  trySignIn,
  unwrapReply,
} from '../../testkit/gateway/http-client.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { startForTest, openTestSite } from '../../testkit/site/test-site.ts';

const ID = '1105@default';
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });
const GROUP = { id: 'sales', name: 'Sales', members: [ID] };

async function openSite(dataFolder?: string) {
  const pbx = await startForTest(startDemoPbxUnderTest());
  const options = dataFolder === undefined ? {} : { dataFolder };
  const { gateway, client: board } = await openTestSite(pbx, options);
  const cookie = await signIn(gateway, 'rita');
  await board.forceSetPresence(ID, AVAILABLE);
  return { pbx, gateway, board, cookie };
}

const noDisk = 'missing' in provideSmallDisk() && process.env['CI'] !== 'true';

const smallDisk = () => startForTest(mountSmallDisk({ kilobytes: 4096 }));

type Site = Awaited<ReturnType<typeof openSite>>;

/** Expects that edits work, failed writes are reported, and the gateway stays up. */
async function expectStillWorking({ pbx, board: client, gateway, cookie }: Site) {
  await pbx.setLamp('Custom:lamp600', 'INUSE');
  await client.waitUntil('the lamp', () => client.extension('600@default').lamp === 'in-use');
  const edit = { id: ID, presence: away('while it can’t be written'), base: client.presence(ID) };
  expect(await client.command('set-presence', edit)).toMatchObject({ ok: true, recorded: false });
  await client.waitUntil('the edit', () => client.presence(ID).message === edit.presence.message);
  const returnTime = { at: Date.now() + 60_000, thenState: null };
  const planned = { id: ID, presence: away('back soon'), base: client.presence(ID), returnTime };
  const rejected = { ok: false, code: 'store-unavailable' };
  expect(await client.command('set-presence', planned)).toMatchObject(rejected);
  expect(await pbx.readPresence('CustomPresence:1105')).toEqual(edit.presence);
  const group = await sendCommand(gateway, cookie, 'save-group', { account: 'rita', group: GROUP });
  expect(group).toMatchObject({ status: 503, json: rejected });
  const signedIn = await trySignIn(gateway, 'alice', ACCOUNTS.alice.password);
  expect([signedIn.status, signedIn.setCookies]).toEqual([503, []]);
  expect(signedIn.json).toMatchObject({ message: expect.stringContaining('Nothing was changed. Try again') });
}

/** Expects that pending writes were stored and reported. */
async function expectWritten({ gateway, cookie }: Site) {
  const isWritten = async () => {
    const edits = unwrapReply(await postCommand(gateway, cookie, 'list-presence-changes', { id: ID }));
    return edits.some(({ to, result }) => result === 'ok' && to.message === 'while it can’t be written');
  };
  await waitUntil('the edit to be written down', isWritten, { everyMs: 300 });
  const metrics = await readMetrics(gateway);
  expect(metrics.get('lampboard_store_failed_writes_total{kind="edits"}')).toBeGreaterThan(0);
  expect(metrics.get('lampboard_store_waiting_writes{kind="edits"}')).toBe(0);
  expect(metrics.get('lampboard_store_lost_writes_total{kind="edits"}')).toBe(0);
  const saved = await postCommand(gateway, cookie, 'save-group', { account: 'rita', group: GROUP });
  expect(saved).toMatchObject({ ok: true });
  await signIn(gateway, 'alice');
  const lines = (await gateway.output()).split('\n').filter((line) => line.includes('"kind":"edits"'));
  expect(lines).toHaveLength(2);
}

it('[ST1] while another program locks the store, lamps and edits go on, and what waits is written afterwards', async () => {
  const site = await openSite();
  const { gateway, board } = site;
  const id = '1107@default';
  await board.forceSetPresence(id, AVAILABLE);
  const returnTime = { at: Date.now() + 1500, thenState: 'available' as const };
  const planned = { id, presence: away('back at once'), base: AVAILABLE, returnTime };
  expect(await board.command('set-presence', planned)).toMatchObject({ ok: true });
  const unlock = lockStore(gateway.dataFolder);
  await expectStillWorking(site);
  await board.waitUntil('what follows the return time', () => board.presence(id).state === 'available');
  expect((await gateway.output()).match(/"kind":"edits","reason":"locked"/g)).toHaveLength(1);
  unlock();
  await expectWritten(site);
});

it('[ST1] a lock costs the gateway no time', async () => {
  const { gateway, board } = await openSite();
  const unlock = lockStore(gateway.dataFolder);
  onTestFinished(unlock);
  let longestMs = 0;
  for (let count = 0; count < 30; count += 1) {
    const began = performance.now();
    await Promise.all([
      httpRequest(`${gateway.url}healthz`),
      board.command('save-group', { account: 'rita', group: GROUP }),
    ]);
    if (count > 0) longestMs = Math.max(longestMs, performance.now() - began);
  }
  expect(longestMs).toBeLessThan(400);
});

it.skipIf(noDisk)(
  '[ST2] [ST5] on a full disk lamps and edits go on, and what waits is written once there is room; the log has each once',
  async () => {
    const disk = await smallDisk();
    const site = await openSite(disk.folder);
    disk.fill();
    await expectStillWorking(site);
    expect(await site.gateway.output()).toContain('"kind":"edits","reason":"full"');
    await waitUntil('history to fail twice', async () => {
      const metrics = await readMetrics(site.gateway);
      return (metrics.get('lampboard_store_failed_writes_total{kind="history"}') ?? 0) >= 2;
    });
    expect((await site.gateway.output()).match(/"kind":"history",/g)).toHaveLength(1);
    await disk.free();
    await expectWritten(site);
  },
);

it.skipIf(noDisk).each(['locked', 'full'])('[ST3] a gateway starts on a store that is %s', async (how) => {
  const disk = await smallDisk();
  const { gateway, board } = await openSite(disk.folder);
  await gateway.kill();
  if (how === 'full') disk.fill();
  else onTestFinished(lockStore(disk.folder));
  await gateway.start();
  await board.waitUntil('to be live again', () => board.isLive(), 10_000);
  expect(await board.setPresence(ID, away('after the start'))).toMatchObject({ ok: true, recorded: false });
});

it.skipIf(noDisk)(
  '[ST4] a store on a read-only file system stops the start, and the command line, with one line',
  async () => {
    const disk = await smallDisk();
    const { gateway } = await openSite(disk.folder);
    await gateway.kill();
    await disk.setReadOnly();
    const line = `LAMPBOARD_DATA_DIR: ${disk.folder}/lampboard.db can’t be written, the file system is read-only.`;
    await expect(gateway.start()).rejects.toThrow(`Lampboard: ${line}\n`);
    const { code, stdout, stderr } = await gateway.cli(['account', 'list']);
    expect([code, stdout, stderr]).toEqual([1, '', `Lampboard: ${line}\n`]);
  },
);

it('[RT10] what an account had planned is not carried out once the account is gone, and the edits say so', async () => {
  const { gateway, board, pbx } = await openSite();
  const ada = await signIn(gateway, 'ada');
  const password = 'tangerine kettle 9';
  const settings = { role: 'receptionist' as const, extensions: [], disabled: false };
  unwrapReply(await postCommand(gateway, ada, 'add-account', { name: 'temp', password, settings }));
  const temp = await signIn(gateway, { account: 'temp', password });
  const returnTime = { at: Date.now() + 1500, thenState: 'available' as const };
  const planned = { id: ID, presence: away('back soon'), base: AVAILABLE, returnTime };
  expect(await postCommand(gateway, temp, 'set-presence', planned)).toMatchObject({ ok: true });
  await board.waitUntil('the return time', () => board.extension(ID).returnTime?.thenState === 'available');
  unwrapReply(await postCommand(gateway, ada, 'remove-account', { account: 'temp' }));
  await board.waitUntil('nothing to follow', () => board.extension(ID).returnTime?.thenState === null);
  expect(Date.now()).toBeGreaterThanOrEqual(returnTime.at);
  expect(await pbx.readPresence('CustomPresence:1105')).toEqual(away('back soon'));
  const [last] = unwrapReply(await postCommand(gateway, ada, 'list-presence-changes', { id: ID }));
  expect(last).toMatchObject({ actor: 'temp', isScheduled: true, result: 'forbidden' });
});
