import { setTimeout as delay } from 'node:timers/promises';
import { type DirectoryPatch, NO_LIMITS, type Presence } from '@lampboard/protocol';
import { beforeEach, expect, it } from 'vitest';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { lockStore } from '../../testkit/store/store-faults.ts';
import {
  MONITORED,
  REDIS_PASSWORD,
  describeThreeGateways,
  monitorClients,
} from '../../testkit/cluster/three-gateways.ts';
import { runCli } from '../../testkit/gateway/test-accounts.ts';
import { expectBoardMatchesPbx } from '../../testkit/clients/pbx-state.ts';
import { type BoardClient, openBoardClient } from '../../testkit/clients/board-client.ts';
import {
  httpRequest,
  postCommand,
  signIn,
  trySignIn,
  unwrapReply,
} from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { providePhones, startPhone } from '../../testkit/phones/start-phone.ts';
import { openTestClient, startForTest } from '../../testkit/site/test-site.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';

const ALL_LIVE_MS = 3000;
const COUNTS_WITHIN_MS = 1000;
/** Long enough to lose the lease. */
const STOPPED_MS = 3000;
const ID = '1105@default';
const PROVIDER = 'CustomPresence:1105';
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });

await describeThreeGateways((three) => {
  /** One on each gateway, in order, and two through the balancer. */
  let boards: readonly BoardClient[];
  let stopMonitor: () => Promise<void>;

  beforeEach(async () => {
    const { gateways, url, asterisk } = three();
    const cookie = await signIn({ url }, 'rita');
    const served = [...gateways, { url }, { url }];
    boards = await Promise.all(served.map((one) => openBoardClient(one, { cookie })));
    await allLive(10_000);
    stopMonitor = monitorClients(asterisk, boards);
    return () => stopMonitor().finally(() => boards.forEach((board) => board.stop()));
  });

  async function all(what: string, ms: number, probe: (client: BoardClient) => boolean): Promise<void> {
    await waitUntil(`all boards ${what}`, () => boards.every(probe), { ms, everyMs: 5 });
  }
  const allLive = (ms = ALL_LIVE_MS, except?: BoardClient) =>
    all('live', ms, (board) => board === except || board.isLive());
  const allDown = (reason: string) =>
    all(`down: ${reason}`, 4000, (board) => {
      const link = board.link();
      return link.state === 'down' && link.reason === reason;
    });

  async function expectAllTrue(except?: BoardClient): Promise<void> {
    for (const board of boards)
      if (board !== except) await expectBoardMatchesPbx(board, three().asterisk, { changing: MONITORED });
  }

  async function leaderAndOther() {
    const index = await three().leader();
    const pick = (position: number) => {
      const [gateway, board] = [three().gateways[position], boards[position]];
      if (gateway === undefined || board === undefined) throw new Error(`There is no gateway ${position}.`);
      return { gateway, board };
    };
    return { leader: pick(index), other: pick((index + 1) % 3) };
  }

  it('[SG1] one reads Asterisk, and the boards of all follow', async () => {
    const { gateways, asterisk } = three();
    const outputs = await Promise.all(gateways.map((gateway) => gateway.output()));
    expect(outputs.filter((output) => output.includes('connecting to Asterisk'))).toHaveLength(1);
    await asterisk.setLamp('Custom:lamp600', 'RINGING');
    await all('ringing', 1000, (board) => board.extension('600@default').lamp === 'ringing');
    await asterisk.setLamp('Custom:lamp600', 'NOT_INUSE');
    await expectAllTrue();
  });

  it('[SG5] an edit at any gateway is like one at the reader: acknowledged, in turn, and written down', async () => {
    const { leader, other } = await leaderAndOther();
    await other.board.forceSetPresence(ID, away('one'));
    expect(await three().asterisk.readPresence(PROVIDER)).toEqual(away('one'));
    await all('told who', 1000, (board) => board.extension(ID).presenceSetBy?.kind === 'account');
    const late = await other.board.setPresence(ID, away('late'), away('zero'));
    expect(late).toMatchObject({ code: 'conflict', current: away('one') });
    const simultaneous = [leader, other].map(({ board }, index) =>
      board.setPresence(ID, away(`at once ${index}`), away('one')),
    );
    const results = (await Promise.all(simultaneous)).map((reply) => (reply.ok ? 'ok' : reply.code));
    expect(results.toSorted()).toEqual(['conflict', 'ok']);
    const edits = unwrapReply(await other.board.command('list-presence-changes', { id: ID })).slice(0, 4);
    expect(edits.map(({ actor: by, result }) => [by, result])).toEqual(
      expect.arrayContaining([
        ['rita', 'ok'],
        ['rita', 'conflict'],
      ]),
    );
    expect(edits.map(({ result }) => result).toSorted()).toEqual(['conflict', 'conflict', 'ok', 'ok']);
  });

  /** Makes the shared store fail until the returned function is called. */
  function breakStore(how: 'locked' | 'full'): () => void | Promise<void> {
    const { disk } = three();
    if (how === 'locked') return lockStore(disk.folder);
    disk.fill();
    return disk.free;
  }

  it.each(['locked', 'full'] as const)(
    '[ST9] while the store is %s all gateways go on, and what waits is written afterwards',
    async (how) => {
      const { gateways, asterisk } = three();
      const { leader, other } = await leaderAndOther();
      const planned = '1107@default';
      await other.board.forceSetPresence(planned, AVAILABLE);
      const returnTime = { at: Date.now() + 1500, thenState: 'available' as const };
      const input = { id: planned, presence: away('back at once'), base: AVAILABLE, returnTime };
      expect(await other.board.command('set-presence', input)).toMatchObject({ ok: true });
      const mend = breakStore(how);
      const before = other.board.presence(ID);
      const presence = away(`while the store is ${how}`);
      const edited = await other.board.setPresence(ID, presence, before);
      expect(edited).toMatchObject({ ok: true, recorded: false });
      const later = { ...returnTime, at: Date.now() + 60_000 };
      const late = { id: ID, presence: away('later'), base: presence, returnTime: later };
      expect(await other.board.command('set-presence', late)).toMatchObject({ code: 'store-unavailable' });
      await all('with the edit', 2000, (board) => board.presence(ID).message === presence.message);
      await all('back', 6000, (board) => board.presence(planned).state === 'available');
      expect(await asterisk.readPresence('CustomPresence:1107')).toEqual(AVAILABLE);
      expect(gateways.map(({ child }) => child().isRunning())).toEqual([true, true, true]);
      await mend();
      const isWritten = async () => {
        const edits = unwrapReply(await leader.board.command('list-presence-changes', { id: ID }));
        return edits.some(({ to }) => to.message === presence.message);
      };
      await waitUntil('the edit to be written down', isWritten, { everyMs: 300 });
      await allLive();
    },
  );

  it('[SG6] what an account makes of its board, and the end of its sessions, count at all gateways within a second', async () => {
    const { gateways, url } = three();
    const group = { id: 'sales', name: 'Sales', members: [ID] };
    unwrapReply(await (await leaderAndOther()).other.board.command('save-group', { account: 'rita', group }));
    await all('with the group', COUNTS_WITHIN_MS, (board) => board.settings()?.groups.length === 2);

    const admin = await signIn({ url }, 'ada');
    const settings = { role: 'user' as const, extensions: [], disabled: false };
    const password = 'tangerine kettle 7';
    unwrapReply(await postCommand({ url }, admin, 'add-account', { name: 'temp', password, settings }));
    const cookie = await signIn({ url }, { account: 'temp', password });
    const temps = await Promise.all(gateways.map((gateway) => openTestClient(gateway, { cookie })));
    const disabled = { ...settings, disabled: true };
    unwrapReply(await postCommand({ url }, admin, 'change-account', { account: 'temp', settings: disabled }));
    const areCut = () => temps.every(({ socket }) => !socket.connected);
    expect(await waitUntil('all boards of the account cut', areCut, { ms: COUNTS_WITHIN_MS })).toBe(true);
  });

  it('[VI12] each gateway sends its own clients what is visible to them, by the same limits within a second', async () => {
    const { gateways, url } = three();
    const admin = await signIn({ url }, 'ada');
    const settings = { role: 'receptionist' as const, extensions: [], disabled: false };
    const limits = { ...NO_LIMITS, contexts: ['sales'] };
    const account = { name: 'limited', password: 'tangerine kettle 7', settings: { ...settings, limits } };
    unwrapReply(await postCommand({ url }, admin, 'add-account', account));
    const cookie = await signIn({ url }, { account: 'limited', password: account.password });
    const clients = await Promise.all(gateways.map((gateway) => openTestClient(gateway, { cookie })));
    const received: string[] = [];
    for (const { socket } of clients)
      socket.onAny((...event: unknown[]) => received.push(JSON.stringify(event)));
    const sizes = () => clients.map(({ board }) => board().extensions.size);
    expect(sizes()).toEqual([1, 1, 1]);
    for (const { command } of clients) {
      const hidden = { id: ID, presence: away('not visible'), base: AVAILABLE };
      expect(await command('set-presence', hidden)).toMatchObject({ code: 'unknown-extension' });
    }
    await boards[0]?.forceSetPresence(ID, away('not visible'));
    await boards[0]?.forceSetPresence('2001@sales', away('visible'));
    await waitUntil('the visible edit', () =>
      clients.every(({ presence }) => presence('2001@sales').message === 'visible'),
    );
    expect(received.join()).not.toMatch(/1105|not visible/);
    const unlimited = { account: 'limited', settings: { ...settings, limits: null } };
    unwrapReply(await postCommand({ url }, admin, 'change-account', unlimited));
    const all = boards[0]?.board().extensions.size;
    const isWhole = () => sizes().every((size) => size === all);
    expect(await waitUntil('the whole board', isWhole, { ms: COUNTS_WITHIN_MS })).toBe(true);
  });

  it('[DR5] what is set in the directory at any gateway is on the boards of all within a second', async () => {
    const admin = await signIn({ url: three().url }, 'ada');
    for (const [index, gateway] of three().gateways.entries()) {
      const patch = { name: `Named at ${index}`, department: 'Everywhere' };
      const send = (body: { id: string; patch: DirectoryPatch }) =>
        postCommand(gateway, admin, 'save-directory-entry', body);
      unwrapReply(await send({ id: ID, patch }));
      await all('with the name', COUNTS_WITHIN_MS, (board) => board.extension(ID).person.name === patch.name);
      unwrapReply(await send({ id: ID, patch: { name: null, department: null } }));
      const isRemoved = (board: BoardClient) => board.extension(ID).person.department === '';
      await all('without it', COUNTS_WITHIN_MS, isRemoved);
      const listed = unwrapReply(await postCommand(gateway, admin, 'list-directory', {}));
      expect(listed.entries.length).toBeGreaterThan(10);
    }
  });

  it('[AN9] an account that is renamed at one gateway is so on the boards of all', async () => {
    const [gateway, , last] = three().gateways;
    if (gateway === undefined || last === undefined) throw new Error('There are no three gateways.');
    const admin = await signIn(gateway, 'ada');
    const settings = { role: 'receptionist' as const, extensions: [], disabled: false };
    const account = { name: 'maiden', password: 'tangerine kettle 7', settings };
    unwrapReply(await postCommand(gateway, admin, 'add-account', account));
    const cookie = await signIn(last, { account: 'maiden', password: account.password });
    const client = await openTestClient(last, { cookie });
    await client.forceSetPresence(ID, away('by whom'));
    await all('told', 1000, (board) => board.presence(ID).message === 'by whom');
    const rename = { account: 'maiden', name: 'married', settings };
    unwrapReply(await postCommand(gateway, admin, 'change-account', rename));
    const isMarried = (client: BoardClient) => {
      const by = client.extension(ID).presenceSetBy;
      return by?.kind === 'account' && by.name === 'married';
    };
    await all('told of the new name', COUNTS_WITHIN_MS, isMarried);
    await client.waitUntil('the new name', () => client.me()?.name === 'married', COUNTS_WITHIN_MS);
  });

  it('[SG7] attempts to sign in count at all gateways together', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const gateway = three().gateways[attempt % 3] ?? three();
      statuses.push((await trySignIn(gateway, 'nobody', 'a wrong password')).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('[SG2] the reader killed: within 3 s another one reads, and every board is right', async () => {
    const { asterisk } = three();
    const { leader } = await leaderAndOther();
    await leader.gateway.kill();
    await asterisk.setLamp('Custom:lamp600', 'BUSY');
    await allLive(ALL_LIVE_MS, leader.board);
    await expectAllTrue(leader.board);
    expect(await three().leader()).not.toBe(three().gateways.indexOf(leader.gateway));
    await asterisk.setLamp('Custom:lamp600', 'NOT_INUSE');
    await leader.gateway.start();
    await allLive();
    await expectAllTrue();
  });

  it.skipIf('missing' in providePhones())(
    '[CL14] [CV9] a talk is on the boards of all, and keeps its duration while another one becomes the leader',
    async () => {
      const { sipPort } = three().asterisk;
      const [alice, bruno] = await Promise.all(
        ['1104', '1102'].map((extension) => startForTest(startPhone({ extension, sipPort }))),
      );
      await alice?.dial('1102');
      await bruno?.answer();
      const answeredAt = Date.now();
      const TALK = ['1102@default talking', '1104@default talking'];
      const callsOf = (board: BoardClient) =>
        Array.from(board.calls(), ({ extensions, state }) => `${extensions.join()} ${state}`).toSorted();
      const isShown = (board: BoardClient) => callsOf(board).join() === TALK.join();
      await all('with the talk', 2000, isShown);
      const { leader } = await leaderAndOther();
      const others = boards.filter((board) => board !== leader.board);
      const [watched] = others;
      const shown = new Set<string>();
      for (const event of ['snapshot', 'delta'] as const)
        watched?.socket.on(event, () => shown.add(callsOf(watched).join()));
      await leader.gateway.kill();
      await watched?.waitUntil('the loss', () => watched.callsLink()?.state === 'down');
      await waitUntil('the calls of the next leader', () =>
        others.every((board) => board.isLive() && board.callsLink()?.state === 'live'),
      );
      expect([...shown]).toEqual([TALK.join()]);
      for (const { since, sinceAtLeast } of others.flatMap((board) => [...board.calls()])) {
        expect(Math.abs((since ?? 0) - answeredAt)).toBeLessThan(1000);
        expect(sinceAtLeast).toBeUndefined();
      }
      await alice?.hangup();
      await waitUntil('all boards without a call', () =>
        others.every((board) => callsOf(board).length === 0),
      );
      await leader.gateway.start();
      await allLive();
    },
  );

  it('[SG2] another one killed: its boards come back through the balancer', async () => {
    const { other } = await leaderAndOther();
    await other.gateway.kill();
    await allLive(ALL_LIVE_MS, other.board);
    await expectAllTrue(other.board);
    await other.gateway.start();
    await allLive();
    expect(other.board.isLive()).toBe(true);
  });

  it('[SG3] a reader that was stopped for a while reads and edits no more, and shows nothing old', async () => {
    const { asterisk } = three();
    const { leader, other } = await leaderAndOther();
    await other.board.forceSetPresence(ID, away('before'));
    await all('in step', 1000, (board) => board.presence(ID).message === 'before');
    leader.gateway.child().signal('SIGSTOP');
    // One is buffered in the socket, the other in Redis.
    const tooLate = [leader.board, other.board].map((board) => board.setPresence(ID, away('too late')));
    const replies = Promise.allSettled(tooLate);
    await delay(STOPPED_MS);
    await allLive(0, leader.board);
    leader.gateway.child().signal('SIGCONT');
    await allLive(5000);
    await expectAllTrue();
    const codes = (await replies).map(
      (reply) => reply.status === 'fulfilled' && !reply.value.ok && reply.value.code,
    );
    expect(codes[1]).toMatch(/^(timeout|link-down)$/);
    expect(await asterisk.readPresence(PROVIDER)).toEqual(away('before'));
    expect(await three().leader()).not.toBe(three().gateways.indexOf(leader.gateway));
  });

  it('[SG1] [ED6] while Asterisk is down no gateway takes an edit, and all come back with it', async () => {
    const { asterisk } = three();
    await stopMonitor();
    await asterisk.kill();
    await allDown('unreachable');
    const replies = await Promise.all(boards.map((board) => board.setPresence(ID, away('nobody takes it'))));
    expect(replies).toEqual(boards.map(() => expect.objectContaining({ ok: false, code: 'link-down' })));
    await asterisk.start();
    await allLive(15_000);
    await expectAllTrue();
  });

  it('[SG4] [GW8] without Redis no board says live, nothing is edited, and all come back by themselves', async () => {
    const { asterisk, redis, gateways } = three();
    await redis.kill();
    await allDown('redis-unreachable');
    expect(await boards[0]?.setPresence(ID, away('nobody takes it'))).toMatchObject({ code: 'link-down' });
    for (const { url } of gateways) expect((await httpRequest(`${url}readyz`)).status).toBe(503);
    await asterisk.setLamp('Custom:lamp600', 'ONHOLD');
    await redis.start();
    await allLive(5000);
    await expectAllTrue();
    await asterisk.setLamp('Custom:lamp600', 'NOT_INUSE');
    redis.pause();
    await allDown('redis-unreachable');
    redis.resume();
    await allLive(5000);
    await expectAllTrue();
    for (const gateway of gateways) expect(await gateway.output()).not.toContain(REDIS_PASSWORD);
  });
});

it('[SG8] what starts at once on a new store does not collide, and without an account no gateway serves', async () => {
  const { path: folder } = await startForTest(makeTempFolder());
  const env = { ...process.env, LAMPBOARD_DATA_DIR: folder };
  const options = ['--role', 'user', '--no-extensions', '--password-stdin'];
  const add = (name: string) =>
    runCli({ args: ['account', 'add', name, ...options], env, cwd: folder, input: 'tangerine kettle 7' });
  const added = await Promise.all(['ann', 'ben', 'cleo', 'dan'].map(add));
  expect(added.map(({ code, stderr }) => [code, stderr])).toEqual(added.map(() => [0, '']));
  const alone = { LAMPBOARD_REDIS_URL: 'redis://127.0.0.1:1' };
  const message = 'LAMPBOARD_REDIS_URL is set, and there is no account yet';
  await expect(startGateway({ amiPort: 1, env: alone, accounts: false })).rejects.toThrow(message);
});
