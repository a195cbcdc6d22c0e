import type { Presence } from '@lampboard/protocol';
import { beforeEach, expect, it } from 'vitest';
import { type BoardClient, openBoardClient } from '../../testkit/clients/board-client.ts';
import { expectBoardMatchesPbx } from '../../testkit/clients/pbx-state.ts';
import {
  MONITORED,
  describeThreeGatewaysOfTwoSites,
  monitorClients,
} from '../../testkit/cluster/three-gateways.ts';
import { httpRequest, signIn } from '../../testkit/gateway/http-client.ts';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

/** What one PBX does to the other is tested here, not how fast a gateway takes over. */
const RECOVERY_MS = 10_000;
const CHECK_INTERVAL_MS = 10;
const SITES = ['berlin', 'paris'] as const;
type Site = (typeof SITES)[number];
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });

await describeThreeGatewaysOfTwoSites((three) => {
  /** One on each gateway, in order. */
  let boards: readonly BoardClient[];
  let stopMonitors: readonly (() => Promise<void>)[];

  beforeEach(async () => {
    const { gateways, url } = three();
    const cookie = await signIn({ url }, 'rita');
    boards = await Promise.all(gateways.map((gateway) => openBoardClient(gateway, { cookie })));
    await allLive();
    stopMonitors = SITES.map((site) => monitorClients(three()[site], boards, site));
    return async () => {
      try {
        await Promise.all(stopMonitors.map((stop) => stop()));
      } finally {
        boards.forEach((board) => board.stop());
        await Promise.all(gateways.map(restore));
      }
    };
  });

  /** After a test that failed on its way. */
  async function restore(gateway: RunningGateway): Promise<void> {
    gateway.child().signal('SIGCONT');
    if (!gateway.child().isRunning()) await gateway.start();
  }

  async function all(what: string, ms: number, probe: (client: BoardClient) => boolean): Promise<void> {
    await waitUntil(`all boards ${what}`, () => boards.every(probe), { ms, everyMs: 5 });
  }
  const allLive = (except?: BoardClient) =>
    all('live', RECOVERY_MS, (board) => board === except || SITES.every((site) => board.isLive(site)));

  async function expectAllTrue(sites: readonly Site[] = SITES, except?: BoardClient): Promise<void> {
    for (const board of boards)
      if (board !== except)
        for (const site of sites)
          await expectBoardMatchesPbx(board, three()[site], { pbxId: site, changing: MONITORED });
  }

  /** Runs an action during which a site must stay live on the boards of these gateways. */
  async function whileLive(site: Site, except: BoardClient | undefined, action: () => Promise<void>) {
    const outages = new Set<number>();
    const timer = setInterval(() => {
      for (const [index, board] of boards.entries())
        if (board !== except && board.pbxLink(site)?.state !== 'live') outages.add(index);
    }, CHECK_INTERVAL_MS);
    await action().finally(() => clearInterval(timer));
    expect([...outages], `boards on which ${site} was not live`).toEqual([]);
  }

  function pick(index: number) {
    const [gateway, board] = [three().gateways[index], boards[index]];
    if (gateway === undefined || board === undefined) throw new Error(`There is no gateway ${index}.`);
    return { gateway, board };
  }

  it('[PB11] one gateway reads each PBX, and an edit at any gateway reaches the right one', async () => {
    const { gateways } = three();
    const outputs = await Promise.all(gateways.map((gateway) => gateway.output()));
    for (const site of SITES) {
      const readers = outputs.filter((output) =>
        output.split('\n').some((line) => line.includes('connecting to Asterisk') && line.includes(site)),
      );
      expect(readers).toHaveLength(1);
    }
    for (const [index, board] of boards.entries()) {
      for (const site of SITES) {
        const message = `${site} at ${index}`;
        await board.forceSetPresence(`${site}/1105@default`, away(message));
        expect((await three()[site].readPresence('CustomPresence:1105')).message).toBe(message);
      }
    }
    await all('with both edits', 1000, (board) =>
      SITES.every((site) => board.presence(`${site}/1105@default`).message === `${site} at 2`),
    );
    await expectAllTrue();
  });

  it('[PB11] a killed Asterisk is down at every gateway, and the other one stays live and is edited', async () => {
    const { berlin, paris, gateways } = three();
    await stopMonitors[1]?.();
    await whileLive('berlin', undefined, async () => {
      await paris.kill();
      await all('without Paris', 4000, (board) => board.pbxLink('paris')?.state === 'down');
      for (const { url } of gateways) expect((await httpRequest(`${url}readyz`)).status).toBe(200);
      for (const [index, board] of boards.entries()) {
        await board.forceSetPresence('berlin/1105@default', away(`without Paris ${index}`));
        expect(await board.setPresence('paris/1105@default', away('nobody takes it'))).toMatchObject({
          code: 'link-down',
        });
      }
      await expectAllTrue(['berlin']);
      await paris.start();
      await allLive();
    });
    expect(await berlin.readPresence('CustomPresence:1105')).toEqual(away('without Paris 2'));
    await expectAllTrue();
  });

  it('[PB11] where different gateways lead, the loss of one leader does not touch the other PBX', async () => {
    // The others share its PBXs among them, unless the machine is busy.
    for (let attempt = 0; (await leadersAreSame()) && attempt < 3; attempt += 1) {
      const { gateway, board } = pick(await three().leader('paris'));
      await gateway.kill();
      await ledByAnother('paris', board);
      await gateway.start();
      await allLive();
    }
    expect(await leadersAreSame()).toBe(false);
    const lost = pick(await three().leader('paris'));
    await whileLive('berlin', lost.board, async () => {
      await lost.gateway.kill();
      await three().paris.setLamp('Custom:lamp600', 'BUSY');
      await ledByAnother('paris', lost.board);
      await expectAllTrue(SITES, lost.board);
    });
    expect(await three().leader('paris')).not.toBe(three().gateways.indexOf(lost.gateway));
    await three().paris.setLamp('Custom:lamp600', 'NOT_INUSE');
    await lost.gateway.start();
    await allLive();
    await expectAllTrue();
  });

  /** Waits until the boards have noticed that the leader is gone, and another gateway leads. */
  async function ledByAnother(site: Site, lost: BoardClient): Promise<void> {
    const others = boards.filter((board) => board !== lost);
    await Promise.all(
      others.map((board) =>
        board.waitUntil('the loss', () => board.pbxLink(site)?.state === 'down', RECOVERY_MS),
      ),
    );
    await allLive(lost);
  }

  async function leadersAreSame(): Promise<boolean> {
    const [berlin, paris] = await Promise.all(SITES.map((site) => three().leader(site)));
    return berlin === paris;
  }

  it('[PB11] [SG3] a leader that stood still edits no more, and all is right afterwards', async () => {
    const index = await three().leader('berlin');
    const { gateway, board } = pick(index);
    const other = pick((index + 1) % 3).board;
    await other.forceSetPresence('berlin/1105@default', away('before'));
    gateway.child().signal('SIGSTOP');
    const tooLate = other.setPresence('berlin/1105@default', away('too late'));
    await ledByAnother('berlin', board);
    gateway.child().signal('SIGCONT');
    await allLive();
    await expectAllTrue();
    expect(await tooLate).toMatchObject({ ok: false });
    expect(await three().berlin.readPresence('CustomPresence:1105')).toEqual(away('before'));
  });

  it('[PB11] [SG4] without Redis neither is live, and both come back by themselves', async () => {
    const { redis } = three();
    await redis.kill();
    const reasonOf = (board: BoardClient, site: Site) => {
      const link = board.pbxLink(site);
      return link?.state === 'down' ? link.reason : null;
    };
    await all('without Redis', 4000, (board) =>
      SITES.every((site) => reasonOf(board, site) === 'redis-unreachable'),
    );
    await redis.start();
    await allLive();
    await expectAllTrue();
    expect(boards.map((board) => board.isLive())).toEqual([true, true, true]);
  });
});
