import { expect, it, onTestFinished } from 'vitest';
import { connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { type UserName, inDefault, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { callUnauthenticated, subscribeUnauthenticated } from '../../testkit/sip/unauthenticated-sip.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { openTestSite } from '../../testkit/site/test-site.ts';

/** A caller ID that ends its event and forges another one. */
const callerId =
  '\r\n\r\nEvent: ExtensionStatus\r\nExten: 1102\r\nContext: default\r\nHint: x\r\nStatus: 8\r\n';

const USERS = ['lampboard', 'filtering', 'nofilter'] as const;

await describeEachAsterisk((asterisk) => {
  /** Starts a gateway as this user; `lamps` are all that its client has of 1102. */
  async function watch(user: UserName) {
    const { client } = await openTestSite(asterisk(), { user });
    const { username, secret } = asterisk().users.nofilter;
    const wire = await connectRawAmi({ port: asterisk().amiPort, username, secret });
    onTestFinished(wire.close);
    const lamps = new Set([client.extension('1102@default').lamp]);
    client.socket.on('delta', () => lamps.add(client.extension('1102@default').lamp));
    return { client, wire, lamps };
  }

  async function makeTrueChange(client: BoardClient): Promise<void> {
    await asterisk().setLamp('Custom:lamp600', 'BUSY');
    await client.waitUntil('a true change', () => client.extension('600@default').lamp === 'busy');
  }

  it.each(USERS)('[AM7] a stranger’s call, whatever its caller ID, moves no lamp (as %s)', async (user) => {
    const { client, wire, lamps } = await watch(user);
    await callUnauthenticated({ sipPort: asterisk().sipPort, extension: '1101', callerId });
    const forged = await wire.waitFor(({ fields }) => fields['exten'] === '1102' && fields['hint'] === 'x');
    expect(forged.name).toBe('ExtensionStatus');
    await makeTrueChange(client);
    expect([...lamps]).toEqual(['unavailable']);
    await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
  });

  it.each(USERS)(
    '[AM15] a telephone that subscribes to an event’s text, by a hint that fits any number, moves no lamp (as %s)',
    async (user) => {
      await asterisk().reload([...standardHints(), inDefault('_8.', 'Custom:lamp600')]);
      const { client, wire, lamps } = await watch(user);
      await subscribeUnauthenticated({ sipPort: asterisk().sipPort, extension: `8${callerId}` });
      await wire.waitFor(
        ({ name, fields }) => name === 'ExtensionStatus' && fields['exten']?.startsWith('8') === true,
      );
      await makeTrueChange(client);
      await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
      await client.waitUntil('another one', () => client.extension('600@default').lamp === 'idle');
      expect([...lamps]).toEqual(['unavailable']);
      expect(client.isLive()).toBe(true);
      const extens = [...client.board().extensions.values()].map(({ exten }) => exten);
      expect(extens.filter((exten) => /^8|[\r\n]/.test(exten))).toEqual([]);
      await asterisk().reload(standardHints());
    },
  );
});
