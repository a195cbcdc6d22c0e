import type { Presence } from '@lampboard/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { startDemoPbxUnderTest } from '../every-pbx/demo-pbx.ts';
import { until } from '../processes/until.ts';
import { lockStore } from '../store/lock-store.ts';
import { mountSmallDisk, provideSmallDisk } from '../store/small-disk.ts';
import type { OpenBoard } from './open-board.ts';
import { openGateway } from './open-gateway.ts';
import { readMetrics } from './metrics-text.ts';
import { request } from './request.ts';
import { postCommand, signIn, trySignIn, valueOf } from './sign-in.ts';
import type { RunningGateway } from './start-gateway.ts';
import { ACCOUNTS } from './accounts.ts';

const ID = '1105@default';
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });
const GROUP = { id: 'sales', name: 'Sales', members: [ID] };

async function opened({ data }: { data?: string } = {}) {
  const pbx = await startDemoPbxUnderTest();
  onTestFinished(pbx.stop);
  const { gateway, board, close } = await openGateway(pbx, data === undefined ? {} : { data });
  onTestFinished(close);
  const cookie = await signIn(gateway, 'rita');
  await board.settle(ID, AVAILABLE);
  return { pbx, gateway, board, cookie };
}

const noDisk = 'missing' in provideSmallDisk() && process.env['CI'] !== 'true';

async function smallDisk(kilobytes: number) {
  const disk = await mountSmallDisk({ kilobytes });
  onTestFinished(disk.remove);
  return disk;
}

/** Whoever edits goes on, is told what is kept and what is not, and the gateway stands meanwhile. */
async function expectGoesOn(
  pbx: Awaited<ReturnType<typeof startDemoPbxUnderTest>>,
  board: OpenBoard,
  gateway: RunningGateway,
  cookie: string,
) {
  await pbx.setLamp('Custom:lamp600', 'INUSE');
  await board.until('the lamp', () => board.row('600@default').lamp === 'in-use');
  const edit = { id: ID, presence: away('while it can’t be written'), base: board.presence(ID) };
  expect(await board.command('set-presence', edit)).toMatchObject({ ok: true, recorded: false });
  await board.until('the edit', () => board.presence(ID).message === edit.presence.message);
  const back = { at: Date.now() + 60_000, next: null };
  const planned = { id: ID, presence: away('back soon'), base: board.presence(ID), back };
  expect(await board.command('set-presence', planned)).toMatchObject({
    ok: false,
    code: 'store-unavailable',
  });
  expect(await pbx.presence('CustomPresence:1105')).toEqual(edit.presence);
  const group = await request(`${gateway.url}api/commands/save-group`, {
    headers: { cookie },
    body: { account: 'rita', group: GROUP },
  });
  expect([group.status, group.json]).toMatchObject([503, { code: 'store-unavailable' }]);
  const refused = await trySignIn(gateway, 'alice', ACCOUNTS.alice.password);
  expect([refused.status, refused.setCookies]).toEqual([503, []]);
  expect(refused.json).toMatchObject({ message: expect.stringContaining('Nothing was changed; try again') });
}

/** Nothing of what could wait was lost, and whoever looks is told. */
async function expectWritten(gateway: RunningGateway, cookie: string) {
  await until({
    what: 'the edit to be written down',
    everyMs: 300,
    probe: async () => {
      const edits = valueOf(await postCommand(gateway, cookie, 'list-edits', { id: ID }));
      return edits.some(({ to, result }) => result === 'ok' && to.message === 'while it can’t be written');
    },
  });
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
  const { pbx, gateway, board, cookie } = await opened();
  const id = '1107@default';
  await board.settle(id, AVAILABLE);
  const back = { at: Date.now() + 1500, next: 'available' as const };
  const planned = { id, presence: away('back at once'), base: AVAILABLE, back };
  expect(await board.command('set-presence', planned)).toMatchObject({ ok: true });
  const unlock = lockStore(gateway.data);
  await expectGoesOn(pbx, board, gateway, cookie);
  await board.until('what follows the return time', () => board.presence(id).state === 'available');
  expect((await gateway.output()).match(/"kind":"edits","reason":"locked"/g)).toHaveLength(1);
  unlock();
  await expectWritten(gateway, cookie);
});

it('[ST1] a lock costs the gateway no time', async () => {
  const { gateway, board } = await opened();
  const unlock = lockStore(gateway.data);
  onTestFinished(unlock);
  let longest = 0;
  for (let count = 0; count < 30; count += 1) {
    const began = performance.now();
    await Promise.all([
      request(`${gateway.url}healthz`),
      board.command('save-group', { account: 'rita', group: GROUP }),
    ]);
    if (count > 0) longest = Math.max(longest, performance.now() - began);
  }
  expect(longest).toBeLessThan(400);
});

it.skipIf(noDisk)(
  '[ST2] on a full disk lamps and edits go on, and what waits is written once there is room',
  async () => {
    const disk = await smallDisk(4096);
    const { pbx, gateway, board, cookie } = await opened({ data: disk.folder });
    disk.fill();
    await expectGoesOn(pbx, board, gateway, cookie);
    expect(await gateway.output()).toContain('"kind":"edits","reason":"full"');
    await disk.free();
    await expectWritten(gateway, cookie);
  },
);

it.skipIf(noDisk).each(['locked', 'full'])('[ST3] a gateway starts on a store that is %s', async (how) => {
  const disk = await smallDisk(4096);
  const { gateway, board } = await opened({ data: disk.folder });
  await gateway.kill();
  if (how === 'full') disk.fill();
  else onTestFinished(lockStore(disk.folder));
  await gateway.start();
  await board.until('to be live again', () => board.isLive(), 10_000);
  expect(await board.set(ID, away('after the start'))).toMatchObject({ ok: true, recorded: false });
});

it.skipIf(noDisk)(
  '[ST4] a store on a read-only file system stops the start, and the command line, with one line',
  async () => {
    const disk = await smallDisk(4096);
    const { gateway } = await opened({ data: disk.folder });
    await gateway.kill();
    await disk.setReadOnly();
    const line = `LAMPBOARD_DATA: ${disk.folder}/lampboard.db can’t be written, the file system is read-only.`;
    await expect(gateway.start()).rejects.toThrow(`Lampboard: ${line}\n`);
    const { code, stdout, stderr } = await gateway.cli(['account', 'list']);
    expect([code, stdout, stderr]).toEqual([1, '', `Lampboard: ${line}\n`]);
  },
);

it('[RT10] what an account had planned is not carried out once the account is gone, and the edits say so', async () => {
  const { gateway, board, pbx } = await opened();
  const ada = await signIn(gateway, 'ada');
  const password = 'tangerine kettle 9';
  const settings = { role: 'receptionist' as const, extensions: [], disabled: false };
  valueOf(await postCommand(gateway, ada, 'add-account', { name: 'temp', password, settings }));
  const temp = await signIn(gateway, { account: 'temp', password });
  const back = { at: Date.now() + 1500, next: 'available' as const };
  const planned = { id: ID, presence: away('back soon'), base: AVAILABLE, back };
  expect(await postCommand(gateway, temp, 'set-presence', planned)).toMatchObject({ ok: true });
  await board.until('the return time', () => board.row(ID).back?.next === 'available');
  valueOf(await postCommand(gateway, ada, 'remove-account', { account: 'temp' }));
  await board.until('nothing to follow', () => board.row(ID).back?.next === null);
  expect(Date.now()).toBeGreaterThanOrEqual(back.at);
  expect(await pbx.presence('CustomPresence:1105')).toEqual(away('back soon'));
  const [last] = valueOf(await postCommand(gateway, ada, 'list-edits', { id: ID }));
  expect(last).toMatchObject({ by: 'temp', planned: true, result: 'forbidden' });
});
