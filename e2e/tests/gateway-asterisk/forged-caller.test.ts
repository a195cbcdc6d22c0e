import { expect, it } from 'vitest';
import { connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { inDefault, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { callUnauthenticated, subscribeUnauthenticated } from '../../testkit/sip/unauthenticated-sip.ts';
import { openTestSite } from '../../testkit/clients/test-client.ts';

/** A caller ID that ends its event and forges another one. */
const callerId =
  '\r\n\r\nEvent: ExtensionStatus\r\nExten: 1102\r\nContext: default\r\nHint: x\r\nStatus: 8\r\n';

await describeEachAsterisk((asterisk) => {
  it.each(['lampboard', 'filtering', 'nofilter'] as const)(
    '[AM7] a stranger’s call, whatever its caller ID, moves no lamp (as %s)',
    async (name) => {
      const { client } = await openTestSite(asterisk(), { user: name });
      const { username, secret } = asterisk().users.nofilter;
      const wire = await connectRawAmi({ port: asterisk().amiPort, username, secret });
      const lamps = new Set([client.extension('1102@default').lamp]);
      client.socket.on('delta', () => lamps.add(client.extension('1102@default').lamp));

      await callUnauthenticated({ sipPort: asterisk().sipPort, extension: '1101', callerId });
      const forged = await wire.waitFor(({ fields }) => fields['exten'] === '1102' && fields['hint'] === 'x');
      expect(forged.name).toBe('ExtensionStatus');
      await asterisk().setLamp('Custom:lamp600', 'BUSY');
      await client.waitUntil(
        'a true change that came later',
        () => client.extension('600@default').lamp === 'busy',
      );
      expect([...lamps]).toEqual(['unavailable']);

      await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
      wire.close();
    },
  );

  it.each(['lampboard', 'filtering', 'nofilter'] as const)(
    '[AM15] a telephone that subscribes to an event’s text, by a hint that fits any number, moves no lamp (as %s)',
    async (name) => {
      await asterisk().reload([...standardHints(), inDefault('_8.', 'Custom:lamp600')]);
      const { client } = await openTestSite(asterisk(), { user: name });
      const { username, secret } = asterisk().users.nofilter;
      const wire = await connectRawAmi({ port: asterisk().amiPort, username, secret });
      const lamps = new Set([client.extension('1102@default').lamp]);
      client.socket.on('delta', () => lamps.add(client.extension('1102@default').lamp));

      await subscribeUnauthenticated({ sipPort: asterisk().sipPort, extension: `8${callerId}` });
      await wire.waitFor(
        ({ name, fields }) => name === 'ExtensionStatus' && fields['exten']?.startsWith('8') === true,
      );
      await asterisk().setLamp('Custom:lamp600', 'BUSY');
      await client.waitUntil(
        'a true change that came later',
        () => client.extension('600@default').lamp === 'busy',
      );
      await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
      await client.waitUntil('another one', () => client.extension('600@default').lamp === 'idle');
      expect([...lamps]).toEqual(['unavailable']);
      expect(client.isLive()).toBe(true);
      expect([...client.board().extensions.values()].filter(({ exten }) => /^8|[\r\n]/.test(exten))).toEqual(
        [],
      );

      wire.close();
      await asterisk().reload(standardHints());
    },
  );
});
