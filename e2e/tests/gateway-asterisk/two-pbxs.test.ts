import { NO_LIMITS, type Presence } from '@lampboard/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeTwoSites } from '../../testkit/asterisk/each-pbx.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { expectBoardMatchesPbx } from '../../testkit/clients/pbx-state.ts';
import { POOL_PASSWORD } from '../../testkit/gateway/account-pool.ts';
import { httpRequest, postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { openTestClient, startForTest, startTestGateway } from '../../testkit/site/test-site.ts';

const NOTICED_MS = 2000;
const BERLIN = 'berlin/1102@default';
const PARIS = 'paris/1102@default';
const PROVIDER = 'CustomPresence:1102';
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });

await describeTwoSites((sites) => {
  describe('one board', () => {
    let gateway: RunningGateway;
    let client: BoardClient;

    beforeEach(async () => {
      const { berlin, paris } = sites();
      gateway = await startTestGateway({ pbxs: { berlin, paris } });
      client = await openTestClient(gateway);
      await client.waitUntilLive(10_000);
    });

    const isDown = (id: string) => client.pbxLink(id)?.state === 'down';
    async function readiness() {
      const { status, text } = await httpRequest(`${gateway.url}readyz`);
      const body: unknown = JSON.parse(text);
      return { status, body };
    }

    it('[PB3] [PB5] the same number at both is two extensions, each as its Asterisk has it', async () => {
      const { berlin, paris } = sites();
      await berlin.setLamp('Custom:lamp600', 'RINGING');
      await paris.setLamp('Custom:lamp600', 'INUSE');
      await client.waitUntil('both lamps', () => {
        const lamps = ['berlin', 'paris'].map((id) => client.extension(`${id}/600@default`).lamp);
        return lamps.join() === 'ringing,in-use';
      });
      await expectBoardMatchesPbx(client, berlin, { pbxId: 'berlin' });
      await expectBoardMatchesPbx(client, paris, { pbxId: 'paris' });
      for (const pbx of [berlin, paris]) await pbx.setLamp('Custom:lamp600', 'NOT_INUSE');
    });

    it('[PB5] [PB6] one killed: the other stays live and right, and is edited', async () => {
      const { berlin, paris } = sites();
      await client.forceSetPresence(BERLIN, away('in Berlin'));
      await client.forceSetPresence(PARIS, away('in Paris'));
      expect(await berlin.readPresence(PROVIDER)).toEqual(away('in Berlin'));
      expect(await paris.readPresence(PROVIDER)).toEqual(away('in Paris'));
      const { epoch } = client.board();
      await paris.kill();
      await client.waitUntil('Paris down', () => isDown('paris'), NOTICED_MS);
      expect(isDown('berlin')).toBe(false);
      expect(await readiness()).toEqual({
        status: 200,
        body: { status: 'live', pbxs: { berlin: 'live', paris: 'down' } },
      });
      await berlin.setLamp('Custom:lamp600', 'BUSY');
      await client.forceSetPresence(BERLIN, AVAILABLE);
      await expectBoardMatchesPbx(client, berlin, { pbxId: 'berlin' });
      expect(await client.setPresence(PARIS, AVAILABLE)).toMatchObject({ ok: false, code: 'link-down' });
      expect(client.extension(PARIS).presence).toEqual(away('in Paris'));
      expect(client.board().epoch).toBe(epoch);
      await paris.start();
      await client.waitUntilLive(NOTICED_MS);
      await expectBoardMatchesPbx(client, paris, { pbxId: 'paris' });
      await berlin.setLamp('Custom:lamp600', 'NOT_INUSE');
      const changes = unwrapReply(await client.command('list-presence-changes', { id: PARIS }));
      expect(changes.map(({ result }) => result).slice(0, 2)).toEqual(['link-down', 'ok']);
    });

    it('[VI2] [VI3] [PB6] an account that is limited to one hears nothing of the other, not even that it is down', async () => {
      const { paris } = sites();
      const admin = await signIn(gateway, 'ada');
      const limits = { ...NO_LIMITS, pbxs: ['berlin'] };
      const settings = { role: 'receptionist' as const, extensions: [], disabled: false, limits };
      const account = { name: 'limited', password: POOL_PASSWORD, settings };
      unwrapReply(await postCommand(gateway, admin, 'add-account', account));
      const cookie = await signIn(gateway, { account: 'limited', password: POOL_PASSWORD });
      const limited = await openTestClient(gateway, { cookie });
      await limited.waitUntilLive();
      expect([...limited.board().pbxs.keys()]).toEqual(['berlin']);
      const isNamed = (id: string) => client.extension(id).person.name !== '1102';
      await client.waitUntil('names', () => [BERLIN, PARIS].every(isNamed));
      const received: string[] = [];
      limited.socket.onAny((...event: unknown[]) => received.push(JSON.stringify(event)));
      // The settings after a snapshot are the last initial message.
      limited.socket.emit('resync');
      const eventNames = () => received.map((event) => event.slice(2, event.indexOf('"', 2)));
      await limited.waitUntil('the settings after the snapshot', () =>
        /snapshot,.*settings$/.test(eventNames().join()),
      );
      received.length = 0;
      await client.forceSetPresence(PARIS, away('in Paris'));
      await paris.kill();
      await client.waitUntil('Paris down', () => isDown('paris'), NOTICED_MS);
      expect(await limited.setPresence(PARIS, AVAILABLE, away('in Paris'))).toMatchObject({
        code: 'unknown-extension',
      });
      const headers = { cookie, 'x-forwarded-for': '192.0.2.1' };
      expect((await httpRequest(`${gateway.url}readyz`, { headers })).json).toEqual({ status: 'live' });
      await paris.start();
      await client.waitUntilLive(NOTICED_MS);
      const { epoch } = limited.board();
      await client.forceSetPresence(BERLIN, away('in Berlin again'));
      await limited.waitUntil('Berlin', () => limited.presence(BERLIN).message === 'in Berlin again');
      expect(received.join()).not.toMatch(/paris/i);
      expect(received.filter((event) => !event.includes('in Berlin again'))).toEqual([]);
      expect(limited.board().epoch).toBe(epoch);
      await client.forceSetPresence(BERLIN, AVAILABLE);
    });

    it('[PB6] both killed: not ready', async () => {
      const { berlin, paris } = sites();
      await Promise.all([berlin.kill(), paris.kill()]);
      await client.waitUntil('both down', () => isDown('berlin') && isDown('paris'), NOTICED_MS);
      expect(await readiness()).toEqual({
        status: 503,
        body: { status: 'no live link to Asterisk', pbxs: { berlin: 'down', paris: 'down' } },
      });
      await Promise.all([berlin.start(), paris.start()]);
      await client.waitUntilLive(5000);
    });

    it('[PB5] return times of the same provider at both are due each at its own', async () => {
      const { berlin, paris } = sites();
      for (const id of [BERLIN, PARIS]) await client.forceSetPresence(id, AVAILABLE);
      for (const id of [BERLIN, PARIS]) {
        const returnTime = { at: Date.now() + 1500, thenState: 'chat' as const };
        const edit = { id, presence: away('soon back'), base: AVAILABLE, returnTime };
        expect(await client.command('set-presence', edit)).toMatchObject({ ok: true });
      }
      await client.waitUntil('both back', () =>
        [BERLIN, PARIS].every((id) => client.presence(id).state === 'chat'),
      );
      for (const pbx of [berlin, paris]) expect((await pbx.readPresence(PROVIDER)).state).toBe('chat');
      const setBy = [BERLIN, PARIS].map((id) => client.extension(id).presenceSetBy?.kind);
      expect(setBy).toEqual(['return-time', 'return-time']);
    });

    it('[PB5] a presence set from the phone at one says nothing about who set it at the other', async () => {
      await client.forceSetPresence(BERLIN, away('both'));
      await sites().paris.setPresence(PROVIDER, away('both'));
      await client.waitUntil('both', () =>
        [BERLIN, PARIS].every((id) => client.presence(id).message === 'both'),
      );
      expect(client.extension(BERLIN).presenceSetBy).toMatchObject({ kind: 'account', name: 'rita' });
      expect(client.extension(PARIS).presenceSetBy).toEqual({ kind: 'phone' });
    });

    it('[PB8] “Try now” tries what is down, and leaves the other link alone', async () => {
      const { paris } = sites();
      const attempts = async (pbx: string, state: string) => {
        const { text } = await httpRequest(`${gateway.url}metrics`);
        const series = new RegExp(
          `^lampboard_ami_states_total\\{pbx="${pbx}",state="${state}"\\} (\\d+)$`,
          'mu',
        );
        return Number(series.exec(text)?.[1] ?? 0);
      };
      await paris.kill();
      await waitUntil('the longest delay', async () => (await attempts('paris', 'unreachable')) >= 6);
      const before = await attempts('paris', 'unreachable');
      client.socket.emit('reconnect');
      await waitUntil('an attempt at once', async () => (await attempts('paris', 'unreachable')) > before, {
        ms: 500,
        everyMs: 20,
      });
      expect(await attempts('berlin', 'live')).toBe(1);
      expect(client.pbxLink('berlin')?.state).toBe('live');
      await paris.start();
      await client.waitUntilLive(5000);
    });

    it('[PB7] metrics of the links name the PBX', async () => {
      const { text } = await httpRequest(`${gateway.url}metrics`);
      for (const pbx of ['berlin', 'paris']) {
        expect(text).toContain(`lampboard_link_state{pbx="${pbx}",state="live"} 1`);
        expect(text).toMatch(new RegExp(`lampboard_extensions\\{pbx="${pbx}"\\} [1-9]`, 'u'));
        expect(text).toContain(`lampboard_ami_states_total{pbx="${pbx}",state="live"} 1`);
      }
    });

    it('[PB7] administrators read the address and the link of each', async () => {
      const ada = await openTestClient(gateway, { as: 'ada' });
      const { pbxs } = unwrapReply(await ada.command('get-health', {}));
      const { berlin, paris } = sites();
      expect(pbxs.map(({ id, name, asterisk }) => [id, name, asterisk])).toEqual([
        ['berlin', 'Berlin', `127.0.0.1:${berlin.amiPort}`],
        ['paris', 'Paris', `127.0.0.1:${paris.amiPort}`],
      ]);
      expect(pbxs.map(({ link }) => link.at(-1)?.reason)).toEqual([null, null]);
    });
  });

  it('[PB4] a site that gets a second PBX keeps accounts, groups, edits, return times and history', async () => {
    const { berlin, paris } = sites();
    const ID = '1102@default';
    const { path: dataFolder } = await startForTest(makeTempFolder());
    const one = await startTestGateway({ amiPort: berlin.amiPort, dataFolder });
    const before = await openTestClient(one);
    await before.waitUntilLive();
    await before.forceSetPresence(ID, AVAILABLE);
    const hasAvailable = async (client: BoardClient, id: string) => {
      const { entries } = unwrapReply(await client.command('list-history', { id }));
      return entries.some(({ presence }) => presence === 'available');
    };
    await waitUntil('the history', () => hasAvailable(before, ID));
    const returnTime = { at: Date.now() + 3_600_000, thenState: 'available' as const };
    const edit = { id: ID, presence: away('kept'), base: AVAILABLE, returnTime };
    expect(await before.command('set-presence', edit)).toMatchObject({ ok: true });
    const group = { id: 'favourites', name: '', members: [ID] };
    unwrapReply(await before.command('save-group', { account: 'rita', group }));
    before.stop();
    one.child().signal('SIGTERM');
    await one.child().exited;

    const several = await startTestGateway({ pbxs: { berlin, paris }, dataFolder, accounts: false });
    const after = await openTestClient(several);
    await after.waitUntilLive();
    expect(after.extension(BERLIN)).toMatchObject({
      presence: away('kept'),
      presenceSetBy: { kind: 'account', name: 'rita' },
      returnTime,
    });
    await after.waitUntil('settings', () => after.settings() !== undefined);
    expect(after.settings()?.groups[0]?.members).toEqual([BERLIN]);
    expect(after.me()?.extensions).toEqual(['berlin/1101@default']);
    const changes = unwrapReply(await after.command('list-presence-changes', { id: BERLIN }));
    expect(changes[0]).toMatchObject({ actor: 'rita', to: away('kept'), result: 'ok' });
    expect(await hasAvailable(after, BERLIN)).toBe(true);
  });
});
