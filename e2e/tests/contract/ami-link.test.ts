import { isDeepStrictEqual } from 'node:util';
import type { AmiEvent } from '@lampboard/ami';
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
        onLive(client) {
          listsWhenLive.push(
            client.list({ Action: 'ExtensionStateList' }).then((list) => (list.ok ? list.value : [])),
          );
        },
      });
      await board.waitForState('live');
      await pbx().setLamp('Custom:lamp600', 'RINGING');
      await pbx().setPresence('CustomPresence:1106', { state: 'dnd', subtype: 'Focus', message: 'one\ntwo' });
    });

    afterEach(async () => board.client.close());

    async function liveAgainWithTheTruth(): Promise<void> {
      await board.waitUntil('live again', () => listsWhenLive.length === 2, 40_000);
      const truth = await pbx().listExtensionStates();
      const listed = byExtension((await listsWhenLive[1]) ?? []);
      expect(hintsOf(listed)).toEqual(hintsOf(truth));
      // Later lamp changes come as events, and are in a later list.
      await waitUntil('the same lamps as the PBX says', async () => {
        const list = await board.client.list({ Action: 'ExtensionStateList' });
        return list.ok && isDeepStrictEqual(byExtension(list.value), await pbx().listExtensionStates());
      });
      const kinds = board.states.map(({ kind }) => kind);
      expect(kinds.slice(kinds.indexOf('live') + 1, -1)).toContain('booting');
    }

    it('[AC7] by a restart comes back when all is loaded, with lamps and presence as they were', async () => {
      await Promise.all([
        pbx().restart(),
        board.waitUntil('the loss', () => board.states.at(-1)?.kind !== 'live'),
      ]);
      await liveAgainWithTheTruth();
      await pbx().waitForLamp('600@default', 8, 2000);
      expect(await pbx().readPresence('CustomPresence:1106')).toMatchObject({
        state: 'dnd',
        message: 'one\ntwo',
      });
    });

    it('[AC7] by a crash is noticed at once, and refuses actions until it is back', async () => {
      await pbx().kill();
      await board.waitUntil('the loss', () => board.states.at(-1)?.kind !== 'live', 5_000);
      expect(await board.client.send({ Action: 'Ping' })).toMatchObject({ ok: false, code: 'not-connected' });
      await pbx().start();
      board.client.reconnectNow();
      await liveAgainWithTheTruth();
    });

    it('[AC7] to a PBX that answers no more is noticed, though nothing closed it', async () => {
      pbx().pause();
      try {
        await board.waitForState('unresponsive');
        expect(await board.client.send({ Action: 'Ping' })).toMatchObject({
          ok: false,
          code: 'not-connected',
        });
      } finally {
        pbx().resume();
      }
      await liveAgainWithTheTruth();
    });
  });
});

function hintsOf(states: Map<string, { hint: string }>): Map<string, string> {
  return new Map([...states].map(([extension, { hint }]) => [extension, hint]));
}
