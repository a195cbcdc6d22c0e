import {
  type Presence,
  NOT_SET,
  maxMessageBytes,
  presence,
  extensionId,
  ONLY_PBX,
} from '@lampboard/protocol';
import { isDeepStrictEqual } from 'node:util';
import type { Board } from '@lampboard/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { inDefault, isPatternHint, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { expectBoardMatchesPbx } from '../../testkit/clients/pbx-state.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { sendCommand, signIn } from '../../testkit/gateway/http-client.ts';
import { openTestClient, startForSuite } from '../../testkit/site/test-site.ts';

const ALICE = '1104@default';
const long = `Réunion – ${'déjà vu 😀 '.repeat(28)}`.trim();

await describeEachPbx((pbx) => {
  beforeAll(async () => {
    await pbx().setPresence('CustomPresence:1102', { state: 'away', subtype: 'Before', message: long });
  });
  const site = startForSuite(() => startGatewayWithClient(pbx()));
  const client = () => site().client;

  describe('the board', () => {
    it('[GW1] shows every hint of every context but the patterns, with lamp and presence as Asterisk has them', async () => {
      const expected = standardHints().filter((hint) => !isPatternHint(hint));
      const ids = expected.map(({ exten, context }) => extensionId(exten, context, ONLY_PBX));
      expect([...client().board().extensions.keys()].toSorted()).toEqual(ids.toSorted());
      await expectBoardMatchesPbx(client(), pbx());
    });

    it('[GW1] shows no presence where the hint has no provider', () => {
      expect(client().extension('1113@default')).toMatchObject({ provider: null, presence: null });
    });

    it('[PT5] reads in full what events and lists cut at 255 bytes', async () => {
      expect(client().presence('1102@default')).toEqual({ state: 'away', subtype: 'Before', message: long });
      const both: Presence = { state: 'dnd', subtype: 'é'.repeat(130), message: `a\n${'x'.repeat(300)}` };
      await pbx().setPresence('CustomPresence:1103', both);
      await client().waitUntil('the long text', () => client().presence('1103@default').state === 'dnd');
      expect(client().presence('1103@default')).toEqual(both);
    });

    it('[LM3] follows lamps and presence that others change', async () => {
      await pbx().setLamp('Custom:lamp600', 'RINGING');
      await client().waitUntil('ringing', () => client().extension('600@default').lamp === 'ringing');
      await pbx().setPresence('CustomPresence:1105', { state: 'chat', subtype: 'Home', message: 'a\nb' });
      await client().waitUntil('chat', () => client().presence('1105@default').state === 'chat');
      expect(client().presence('1105@default')).toEqual({ state: 'chat', subtype: 'Home', message: 'a\nb' });
    });

    it('[GW3] takes a name from Asterisk, and the number where there is none', async () => {
      const nameOf = (id: string) => client().extension(id).person.name;
      await client().waitUntil('the name of the hint', () => nameOf('1112@default') === 'Grace Hopper');
      expect(nameOf('601@default')).toBe('601');
    });

    it('[LM4] hints that a reload adds and removes appear and vanish within 2 s', async () => {
      const hints = standardHints().filter(({ exten }) => exten !== '1111');
      await pbx().reload([...hints, inDefault('1190', 'Custom:lamp1190,CustomPresence:1190')]);
      const waitForHints = (what: string, probe: (extensions: Board['extensions']) => boolean) =>
        client().waitUntil(what, ({ extensions }) => probe(extensions), 2000);
      await waitForHints('1190', (all) => all.get('1190@default')?.provider === 'CustomPresence:1190');
      await waitForHints('1111 to vanish', (all) => !all.has('1111@default'));
      await pbx().reload(standardHints());
      await waitForHints('the first hints', (all) => all.has('1111@default') && !all.has('1190@default'));
    });
  });

  describe('an edit', () => {
    const away: Presence = { state: 'away', subtype: 'Lunch, or so', message: 'back at two,\nsay “hi” 😀' };

    it.each<[string, Presence]>([
      ['away with subtype and message, commas and newlines', { ...away, subtype: 'Lunch,\nor so' }],
      ['xa with no subtype and the message kept', { state: 'xa', subtype: '', message: away.message }],
      ['available alone clears both', { state: 'available', subtype: '', message: '' }],
      ['away again', away],
    ])('[WR1] %s is in Asterisk when it is acknowledged, and on the board', async (_, presence) => {
      expect(await client().setPresence(ALICE, presence)).toEqual({ ok: true, presence });
      expect(await pbx().readPresence('CustomPresence:1104')).toEqual(presence);
      await client().waitUntil('the change', () => isDeepStrictEqual(client().presence(ALICE), presence));
    });

    it('[WR2] with a misspelt state is refused with a clear error, and changes nothing', async () => {
      const reply = await client().setPresence(ALICE, { ...away, state: 'avaliable' });
      const message = expect.stringContaining('avaliable');
      expect(reply).toMatchObject({ ok: false, code: 'unknown-state', message });
      expect(await pbx().readPresence('CustomPresence:1104')).toEqual(away);
    });

    it.each(['', 'Lunch'])(
      '[PT3] takes a message to the last byte that Asterisk takes, beside subtype %j',
      async (subtype) => {
        const room = maxMessageBytes({ state: 'away', subtype });
        const full: Presence = { state: 'away', subtype, message: 'x'.repeat(room) };
        expect(await client().setPresence(ALICE, full)).toEqual({ ok: true, presence: full });
        expect(await pbx().readPresence('CustomPresence:1104')).toEqual(full);
        await client().waitUntil('the change', () => client().presence(ALICE).message === full.message);
        const longer = (by: string) => ({ ...full, message: `${full.message}${by}` });
        expect(await client().setPresence(ALICE, longer('x'))).toMatchObject({ code: 'too-long' });
        const tooLong = pbx().setPresence('CustomPresence:1104', longer('xxx'));
        await expect(tooLong).rejects.toThrow(/too long|Missing action/);
        await client().setPresence(ALICE, away);
        await client().waitUntil('the text before', () => client().presence(ALICE).message === away.message);
      },
    );

    it.each([
      ['[WR2] of an extension that is not there', 'nobody@default', 'unknown-extension'],
      ['[WR2] of a hint without presence', '1113@default', 'no-presence'],
    ])('%s is refused', async (_, id, code) => {
      expect(await client().setPresence(id, away, NOT_SET)).toMatchObject({ ok: false, code });
    });

    it('[WR3] of what was changed elsewhere meanwhile is a conflict that shows both', async () => {
      const base = client().presence(ALICE);
      const theirs: Presence = { state: 'dnd', subtype: 'Theirs', message: '' };
      await pbx().setPresence('CustomPresence:1104', theirs);
      const reply = await client().setPresence(ALICE, away, base);
      expect(reply).toMatchObject({ ok: false, code: 'conflict', current: theirs });
      expect(await pbx().readPresence('CustomPresence:1104')).toEqual(theirs);
    });

    it('[WR3] of two at once only one is taken, the other is a conflict', async () => {
      const base = presence.parse(await pbx().readPresence('CustomPresence:1107'));
      const other = await openTestClient(site().gateway);
      const replies = await Promise.all(
        [client(), other].map((one, index) =>
          one.setPresence('1107@default', { state: 'chat', subtype: `No ${index}`, message: '' }, base),
        ),
      );
      expect(replies.map((reply) => (reply.ok ? 'ok' : reply.code)).toSorted()).toEqual(['conflict', 'ok']);
      const winner = replies.find((reply) => reply.ok);
      expect(await pbx().readPresence('CustomPresence:1107')).toEqual(winner?.presence);
    });

    it('[GW6] that is no command is refused, and the gateway goes on', async () => {
      const cookie = await signIn(site().gateway, 'rita');
      const badBase = { id: ALICE, presence: away, base: { state: 'x' } };
      for (const nonsense of [null, 1, 'x', {}, { id: ALICE }, badBase]) {
        const { json } = await sendCommand(site().gateway, cookie, 'set-presence', nonsense);
        expect(json).toMatchObject({ ok: false, code: 'invalid' });
      }
      expect(client().isLive()).toBe(true);
    });
  });
});
