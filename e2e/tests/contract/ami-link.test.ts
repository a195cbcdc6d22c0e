import { isDeepStrictEqual } from 'node:util';
import type { AmiClient, AmiEvent } from '@lampboard/ami';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byExtension } from '../../testkit/ami/ami-controls.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { type ClientUnderTest, startAmiClient } from './ami-client.ts';

await describeEachPbx((pbx) => {
  describe.each(['lampboard', 'nosystem'] as const)('a lost link, as %s', (user) => {
    let board: ClientUnderTest;
    /** The list requested at each transition to live. */
    let listsWhenLive: Promise<readonly AmiEvent[]>[];

    beforeEach(async () => {
      listsWhenLive = [];
      board = startAmiClient({
        pbx: pbx(),
        user,
        onLive: (client) => void listsWhenLive.push(listExtensions(client)),
      });
      await board.waitForState('live');
      await pbx().setLamp('Custom:lamp600', 'RINGING');
      await pbx().setPresence('CustomPresence:1106', { state: 'dnd', subtype: 'Focus', message: 'one\ntwo' });
    });

    afterEach(async () => board.client.close());

    const isLost = () => board.states.at(-1)?.kind !== 'live';
    const expectRejected = async () =>
      expect(await board.client.send({ Action: 'Ping' })).toMatchObject({ ok: false, code: 'not-connected' });

    async function liveAgainWithTheTruth(): Promise<void> {
      await board.waitUntil('live again', () => listsWhenLive.length === 2, 40_000);
      const truth = await pbx().listExtensionStates();
      const listed = byExtension((await listsWhenLive[1]) ?? []);
      expect(hintsOf(listed)).toEqual(hintsOf(truth));
      // Later lamp changes come as events, and are in a later list.
      await waitUntil('the same lamps as the PBX says', async () => {
        const listed = byExtension(await listExtensions(board.client));
        return isDeepStrictEqual(listed, await pbx().listExtensionStates());
      });
      const kinds = board.states.map(({ kind }) => kind);
      expect(kinds.slice(kinds.indexOf('live') + 1, -1)).toContain('booting');
    }

    it('[AC7] by a restart comes back when all is loaded, with lamps and presence as they were', async () => {
      await Promise.all([pbx().restart(), board.waitUntil('the loss', isLost)]);
      await liveAgainWithTheTruth();
      await pbx().waitForLamp('600@default', 8, 2000);
      const presence = { state: 'dnd', message: 'one\ntwo' };
      expect(await pbx().readPresence('CustomPresence:1106')).toMatchObject(presence);
    });

    it('[AC7] by a crash is noticed at once, and refuses actions until it is back', async () => {
      await pbx().kill();
      await board.waitUntil('the loss', isLost, 5_000);
      await expectRejected();
      await pbx().start();
      board.client.reconnectNow();
      await liveAgainWithTheTruth();
    });

    it('[AC7] to a PBX that answers no more is noticed, though nothing closed it', async () => {
      pbx().pause();
      try {
        await board.waitForState('unresponsive');
        await expectRejected();
      } finally {
        pbx().resume();
      }
      await liveAgainWithTheTruth();
    });
  });
});

async function listExtensions(client: AmiClient): Promise<readonly AmiEvent[]> {
  const list = await client.list({ Action: 'ExtensionStateList' });
  return list.ok ? list.value : [];
}

function hintsOf(states: Map<string, { hint: string }>): Map<string, string> {
  return new Map([...states].map(([extension, { hint }]) => [extension, hint]));
}
