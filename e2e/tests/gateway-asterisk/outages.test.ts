import type { Presence } from '@lampboard/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { expectBoardMatchesPbx } from '../../testkit/clients/pbx-state.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import type { RunningGateway } from '../../testkit/gateway/start-gateway.ts';
import { openTestSite } from '../../testkit/site/test-site.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

/** Maximum milliseconds until a loss shows, and until the board is live after Asterisk has booted. */
const NOTICED_MS = 2000;
const BOB = '1102@default';
const late: Presence = { state: 'xa', subtype: 'Too late', message: 'typed while the link was down' };

await describeEachPbx((pbx) => {
  let gateway: RunningGateway;
  let client: BoardClient;

  beforeEach(async () => {
    await pbx().setPresence('CustomPresence:1102', { state: 'away', subtype: 'Lunch', message: 'a\nb' });
    ({ gateway, client } = await openTestSite(pbx()));
  });

  const isReady = async () => (await fetch(`${gateway.url}readyz`)).status;

  it('[LK8] Asterisk killed: down at once, live again as soon as it has booted, and nothing typed meanwhile is applied', async () => {
    const base = client.presence(BOB);
    await pbx().kill();
    await client.waitUntilDown(NOTICED_MS);
    expect(await isReady()).toBe(503);
    expect(await client.setPresence(BOB, late, base)).toMatchObject({ ok: false, code: 'link-down' });
    await pbx().start();
    await client.waitUntilLive(NOTICED_MS);
    expect(await isReady()).toBe(200);
    await expectBoardMatchesPbx(client, pbx());
    // Asterisk may lose its last second's changes, but must not have applied the rejected edit.
    expect(await pbx().readPresence('CustomPresence:1102')).not.toEqual(late);
  });

  it('[LK8] Asterisk restarted in order', async () => {
    const { epoch } = client.board();
    await pbx().restart();
    await client.waitUntil('live again', (board) => client.isLive() && board.epoch !== epoch, NOTICED_MS);
    await expectBoardMatchesPbx(client, pbx());
  });

  it('[AM3] a half-open link is noticed, and what it missed is made good', async () => {
    pbx().pause();
    try {
      await client.waitUntilDown(NOTICED_MS, 'unresponsive');
    } finally {
      pbx().resume();
    }
    await pbx().setLamp('Custom:lamp600', 'BUSY');
    await client.waitUntilLive(10_000);
    await expectBoardMatchesPbx(client, pbx());
    await pbx().setLamp('Custom:lamp600', 'NOT_INUSE');
  });

  it('[LK8] the gateway killed and started again: the board is the same, without anybody doing anything', async () => {
    await gateway.kill();
    await pbx().setLamp('Custom:lamp2001', 'ONHOLD');
    await gateway.start();
    const isOnHold = () => client.isLive() && client.extension('2001@sales').lamp === 'on-hold';
    await client.waitUntil('live again', isOnHold);
    await expectBoardMatchesPbx(client, pbx());
    await pbx().setLamp('Custom:lamp2001', 'NOT_INUSE');
  });

  it('[WR4] what is sent to a gateway that stands still is not done when it goes on', async () => {
    gateway.child().signal('SIGSTOP');
    const reply = client.setPresence(BOB, late);
    try {
      await waitUntil('the disconnect', () => !client.socket.connected);
    } finally {
      gateway.child().signal('SIGCONT');
    }
    expect(await reply).toMatchObject({ ok: false, message: expect.stringContaining('Nothing was changed') });
    await client.waitUntilLive();
    await expectBoardMatchesPbx(client, pbx());
    expect(await pbx().readPresence('CustomPresence:1102')).not.toEqual(late);
  });

  it('[GW5] stops cleanly when it is told to', async () => {
    gateway.child().signal('SIGTERM');
    await gateway.child().exited;
    expect(await gateway.output()).not.toMatch(/error|exception/i);
    await gateway.start();
    await client.waitUntilLive();
  });
});

describe('text that forges an event', async () => {
  const forged =
    'Event: ExtensionStatus\r\nPrivilege: call,all\r\nExten: 1105\r\nContext: default\r\nHint: PJSIP/1105\r\nStatus: 8\r\nStatusText: Ringing';
  const message = `hi\r\n\r\n${forged}\r\n\r\n`;

  await describeEachPbx((pbx) => {
    it.each(['lampboard', 'filtering', 'nofilter', 'nosystem'] as const)(
      '[AM7] moves no lamp, with and without the right to filter (as %s)',
      async (name) => {
        const { client } = await openTestSite(pbx(), { user: name, liveMs: 15_000 });
        await expectBoardMatchesPbx(client, pbx());
        const untouched = client.extension('1105@default').lamp;
        const lamps = new Set([untouched]);
        const record = () => lamps.add(client.extension('1105@default').lamp);
        client.socket.on('delta', record).on('snapshot', record);
        for (const [index, lamp] of ['INUSE', 'RINGING', 'NOT_INUSE'].entries()) {
          const presence = { state: 'away', subtype: `${name} ${index}`, message };
          await pbx().setPresence('CustomPresence:1104', presence);
          await pbx().setLamp('Custom:lamp600', lamp);
        }
        const subtype = () => client.presence('1104@default').subtype;
        await client.waitUntil('the text itself', () => subtype() === `${name} 2`);
        await client.waitUntil('the true lamps', () => client.extension('600@default').lamp === 'idle');
        expect(client.presence('1104@default').message).toBe(message);
        expect([...lamps]).toEqual([untouched]);
      },
    );
  });
});
