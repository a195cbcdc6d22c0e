import type { AmiTls } from '@lampboard/ami';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { afterEach, describe, expect, it } from 'vitest';
import { byExtension, toBase64 } from '../../testkit/ami/ami-controls.ts';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { startImpersonator } from './tls-impersonator.ts';
import { type ClientUnderTest, startAmiClient } from './ami-client.ts';

await describeEachAsterisk((asterisk) => {
  describe('AMI over TLS', () => {
    let board: ClientUnderTest;

    function open(tls: Partial<AmiTls>, options: Partial<Parameters<typeof startAmiClient>[0]> = {}) {
      const { amiTls, users } = asterisk();
      const pbx = { amiPort: amiTls.port, users };
      board = startAmiClient({ pbx, tls: { ca: amiTls.ca, serverName: null, ...tls }, ...options });
    }

    afterEach(async () => board.client.close());

    it.each([null, 'pbx.example'])(
      '[AM11] is live as without it, for the server name %s',
      async (serverName) => {
        open({ serverName });
        await board.waitForState('live');
        const list = await board.client.list({ Action: 'ExtensionStateList' });
        expect(byExtension(list.ok ? list.value : [])).toEqual(await asterisk().listExtensionStates());
        await asterisk().setLamp('Custom:lamp600', 'RINGING');
        await board.waitForEvent(({ fields }) => fields['exten'] === '600' && fields['status'] === '8');
        await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
        await board.waitForEvent(({ fields }) => fields['exten'] === '600' && fields['status'] === '0');
      },
    );

    it('[AM11] sets a presence, and is told of it', async () => {
      open({});
      await board.waitForState('live');
      const text = { subtype: 'Lunch', message: 'back at one, or two' };
      const Variable = 'PRESENCE_STATE(CustomPresence:1102)';
      const Value = `away,${toBase64(text.subtype)},${toBase64(text.message)},e`;
      expect(await board.client.send({ Action: 'Setvar', Variable, Value })).toMatchObject({ ok: true });
      await board.waitForEvent(({ fields }) => fields['message'] === text.message);
      expect(await asterisk().readPresence('CustomPresence:1102')).toEqual({ state: 'away', ...text });
    });

    it('[AM11] says nothing to whoever stands in between with a certificate of another authority', async () => {
      const { amiTls, users } = asterisk();
      const between = await startImpersonator({ port: amiTls.port, ca: amiTls.ca });
      try {
        const pbx = { amiPort: between.port, users };
        open({ serverName: 'pbx.example' }, { pbx });
        await board.waitForState('tls-error');
        await board.client.close();
        expect(between.received()).toBe('');
        // A client that trusts its authority sends it the secret.
        open({ ca: between.ca, serverName: 'pbx.example' }, { pbx });
        await board.waitForState('live');
        expect(between.received()).toContain(users.lampboard.secret);
      } finally {
        await board.client.close();
        await between.stop();
      }
    });

    it.each([
      ['whose authority it does not know', { ca: createTestAuthority().ca }, /SIGNATURE|SELF_SIGNED/],
      ['of another name', { serverName: 'other.example' }, /^ERR_TLS_CERT_ALTNAME_INVALID$/],
    ])('[AM11] refuses an Asterisk %s', async (_, tls, errorCode) => {
      open(tls);
      expect(await board.waitForState('tls-error')).toMatchObject({
        errorCode: expect.stringMatching(errorCode),
      });
    });

    it('[AM11] is told of a wrong secret, and of an access list, as without it', async () => {
      open({}, { secret: 'wrong' });
      await board.waitForState('login-refused');
      await board.client.close();
      open({}, { user: 'denied' });
      await board.waitForState('login-refused');
    });

    it('[AM11] notices a silent Asterisk, a restart and a crash, and comes back', async () => {
      open({});
      await board.waitForState('live');
      asterisk().pause();
      try {
        await board.waitForState('unresponsive');
      } finally {
        asterisk().resume();
      }
      await board.waitForState('live');
      await asterisk().restart();
      await board.waitForState('live');
      await asterisk().kill();
      await board.waitUntil('the loss', () => board.states.at(-1)?.kind !== 'live', 5_000);
      await asterisk().start();
      board.client.reconnectNow();
      await board.waitForState('live');
      expect(board.states.filter(({ kind }) => kind === 'live').length).toBeGreaterThanOrEqual(4);
    });
  });
});
