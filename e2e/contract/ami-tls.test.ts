import type { AmiTls } from '@lampboard/ami';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { afterEach, describe, expect, it } from 'vitest';
import { byExtension } from '../ami/ami-controls.ts';
import { onEveryAsterisk } from '../asterisk/on-every-asterisk.ts';
import { impersonate } from './impersonate.ts';
import { type ClientUnderTest, openClient } from './open-client.ts';

await onEveryAsterisk((asterisk) => {
  describe('AMI over TLS', () => {
    let board: ClientUnderTest;

    function open(tls: Partial<AmiTls>, options: { secret?: string; user?: 'lampboard' | 'denied' } = {}) {
      const { amiTls, users } = asterisk();
      board = openClient({
        pbx: { amiPort: amiTls.port, users },
        tls: { ca: amiTls.ca, serverName: null, ...tls },
        ...options,
      });
    }

    afterEach(async () => board.client.close());

    it.each([null, 'pbx.example'])(
      '[AM11] is live as without it, for the server name %s',
      async (serverName) => {
        open({ serverName });
        await board.untilState('live');
        const list = await board.client.list({ Action: 'ExtensionStateList' });
        expect(byExtension(list.ok ? list.value : [])).toEqual(await asterisk().extensionStates());
        await asterisk().setLamp('Custom:lamp600', 'RINGING');
        await board.untilEvent(({ fields }) => fields['exten'] === '600' && fields['status'] === '8');
        await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
        await board.untilEvent(({ fields }) => fields['exten'] === '600' && fields['status'] === '0');
      },
    );

    it('[AM11] sets a presence, and is told of it', async () => {
      open({});
      await board.untilState('live');
      const text = { subtype: 'Lunch', message: 'back at one, or two' };
      const [subtype, message] = [text.subtype, text.message].map((plain) =>
        Buffer.from(plain).toString('base64'),
      );
      const answer = await board.client.send({
        Action: 'Setvar',
        Variable: 'PRESENCE_STATE(CustomPresence:1102)',
        Value: `away,${subtype},${message},e`,
      });
      expect(answer).toMatchObject({ ok: true });
      await board.untilEvent(({ fields }) => fields['message'] === text.message);
      expect(await asterisk().presence('CustomPresence:1102')).toEqual({ state: 'away', ...text });
    });

    it('[AM11] says nothing to whoever stands in between with a certificate of another authority', async () => {
      const { amiTls, users } = asterisk();
      const between = await impersonate({ port: amiTls.port, ca: amiTls.ca });
      try {
        const pbx = { amiPort: between.port, users };
        board = openClient({ pbx, tls: { ca: amiTls.ca, serverName: 'pbx.example' } });
        await board.untilState('untrusted');
        await board.client.close();
        expect(between.heard()).toBe('');
        // Whoever believes that authority does tell it the secret: what it hears is heard.
        board = openClient({ pbx, tls: { ca: between.ca, serverName: 'pbx.example' } });
        await board.untilState('live');
        expect(between.heard()).toContain(users.lampboard.secret);
      } finally {
        await board.client.close();
        await between.close();
      }
    });

    it('[AM11] refuses an Asterisk whose authority it does not know', async () => {
      open({ ca: createTestAuthority().ca });
      expect(await board.untilState('untrusted')).toMatchObject({
        detail: expect.stringMatching(/SIGNATURE|SELF_SIGNED/),
      });
    });

    it('[AM11] refuses an Asterisk of another name', async () => {
      open({ serverName: 'other.example' });
      expect(await board.untilState('untrusted')).toMatchObject({
        detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
    });

    it('[AM11] is told of a wrong secret, and of an access list, as without it', async () => {
      open({}, { secret: 'wrong' });
      await board.untilState('login-refused');
      await board.client.close();
      open({}, { user: 'denied' });
      await board.untilState('login-refused');
    });

    it('[AM11] notices a silent Asterisk, a restart and a crash, and comes back', async () => {
      open({});
      await board.untilState('live');
      asterisk().pause();
      try {
        await board.untilState('silent');
      } finally {
        asterisk().resume();
      }
      await board.untilState('live');
      await asterisk().restart();
      await board.untilState('live');
      await asterisk().kill();
      await board.until('the loss', () => board.states.at(-1)?.kind !== 'live', 5_000);
      await asterisk().start();
      board.client.connectNow();
      await board.untilState('live');
      expect(board.states.filter(({ kind }) => kind === 'live').length).toBeGreaterThanOrEqual(4);
    });
  });
});
