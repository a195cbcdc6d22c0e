import { describe, expect, it } from 'vitest';
import { connectRawAmi } from '../ami/raw-ami-client.ts';
import { describeEachAsterisk } from './each-pbx.ts';
import { startAsterisk } from './start-asterisk.ts';

await describeEachAsterisk((asterisk) => {
  describe('a real Asterisk', () => {
    it('[TE1] is of the release that was asked for', () => {
      expect(asterisk().version).toMatch(new RegExp(`^Asterisk ${asterisk().release}\\.`));
    });

    it('[TE1] has the names of people in hints and endpoints', async () => {
      const read = async (variable: string): Promise<string | undefined> =>
        asterisk().withSession(
          async (ami) => (await ami.action({ Action: 'Getvar', Variable: variable })).fields['value'],
        );
      expect(await read('PJSIP_ENDPOINT(1104,callerid)')).toBe('"Alice Chen" <1104>');
      expect(await read('HINT(1112@default,n)')).toBe('Grace Hopper');
      expect(await read('HINT(1101@default,n)')).toBe('');
    });

    it('[TE1] lets only the board’s events through to the user of least rights', async () => {
      const { lampboard, nofilter } = asterisk().users;
      const [filtered, open] = await Promise.all(
        [lampboard, nofilter].map(async (user) => connectRawAmi({ port: asterisk().amiPort, ...user })),
      );
      const message = 'says Event: PresenceStatus';
      await asterisk().setPresence('CustomPresence:1101', { state: 'away', subtype: '', message });
      await open?.waitFor(({ name }) => name === 'PresenceStatus');
      await filtered?.waitFor(
        ({ name, fields }) => name === 'PresenceStateChange' && fields['message'] === message,
      );
      await filtered?.action({ Action: 'Ping' });
      expect(filtered?.blocks.map(({ name }) => name)).not.toContain('PresenceStatus');
      filtered?.close();
      open?.close();
    });

    it('[TE1] runs beside another of the same root, apart from it', async () => {
      const other = await startAsterisk({ release: asterisk().release });
      await other.setLamp('Custom:lamp600', 'BUSY');
      await other.waitForLamp('600@default', 2);
      expect((await asterisk().listExtensionStates()).get('600@default')?.status).toBe(0);
      await other.stop();
    });

    it('[TE1] restarts in its process, and starts again after a crash', async () => {
      const before = asterisk().pid();
      await asterisk().restart();
      expect(asterisk().pid()).toBe(before);
      await asterisk().kill();
      await expect(asterisk().listExtensionStates()).rejects.toThrow('ECONNREFUSED');
      await asterisk().start();
      expect(asterisk().pid()).not.toBe(before);
      expect((await asterisk().listExtensionStates()).size).toBeGreaterThan(0);
    });
  });
});
