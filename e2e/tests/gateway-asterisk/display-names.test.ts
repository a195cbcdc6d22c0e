import { it } from 'vitest';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { inDefault, manyHints, standardHints, type UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { startForSuite } from '../../testkit/clients/test-client.ts';

/** Maximum milliseconds from a reload to its names on the board. */
const SOON_MS = 5000;
const MANY = 2000;

await describeEachAsterisk((asterisk) => {
  const site = startForSuite(() => startGatewayWithClient(asterisk()));
  const client = () => site().client;

  const names = {
    waitUntil: async (id: string, name: string | undefined) =>
      client().waitUntil(
        `${id} to be ${name}`,
        ({ extensions: rows }) => rows.get(id)?.person.name === name,
        SOON_MS,
      ),
  };
  const withHint = (name: string) => [...standardHints(), { ...inDefault('1120', 'PJSIP/1120'), name }];

  it('[LM7] a name that a reload changes in the hint, or takes away, is so on the board', async () => {
    await asterisk().reload(withHint('Büro'));
    await names.waitUntil('1120@default', 'Büro');
    await asterisk().reload(withHint('Workshop'));
    await names.waitUntil('1120@default', 'Workshop');
    await asterisk().reload(withHint(''));
    await names.waitUntil('1120@default', '1120');
  });

  it('[LM7] a hint that was away comes back with the name that it has by then', async () => {
    await asterisk().reload(withHint('Before'));
    await names.waitUntil('1120@default', 'Before');
    await asterisk().reload(standardHints());
    await names.waitUntil('1120@default', undefined);
    await asterisk().reload(withHint('After'));
    await names.waitUntil('1120@default', 'After');
    await asterisk().reload(standardHints());
  });

  it('[LM7] a caller ID that is changed, given or taken away is so on the board', async () => {
    await names.waitUntil('1101@default', 'Ada Okafor');
    await asterisk().reloadCallerIds({ '1101': '"Ada Lovelace" <1101>', '1102': '', '1107': 'Seven' });
    await Promise.all([
      names.waitUntil('1101@default', 'Ada Lovelace'),
      names.waitUntil('1102@default', '1102'),
      names.waitUntil('1107@default', 'Seven'),
    ]);
    await asterisk().reloadCallerIds({});
    await Promise.all([
      names.waitUntil('1101@default', 'Ada Okafor'),
      names.waitUntil('1107@default', '1107'),
    ]);
  });

  it('[TX5] a caller ID in latin1 is read', async () => {
    await asterisk().reloadCallerIds({ '1101': '"Jérôme Müller" <1101>' }, 'latin1');
    await names.waitUntil('1101@default', 'Jérôme Müller');
    await asterisk().reloadCallerIds({});
    await names.waitUntil('1101@default', 'Ada Okafor');
  });

  it('[LM8] SIP and IAX2 telephones are called as their caller IDs say', async () => {
    await asterisk().withSession(async (ami) => {
      for (const Module of ['chan_iax2.so', 'chan_sip.so'])
        await ami.action({ Action: 'ModuleLoad', Module, LoadType: 'load' });
    });
    await asterisk().reload([
      ...standardHints(),
      inDefault('1130', 'SIP/1130'),
      inDefault('1131', 'IAX2/1131'),
    ]);
    await Promise.all([
      // Asterisk 21 removed chan_sip.
      names.waitUntil('1130@default', asterisk().release === '16' ? 'Sid Sipson' : '1130'),
      names.waitUntil('1131@default', 'Ivy Iaxley'),
    ]);
    await asterisk().reload(standardHints());
  });

  it('[LM8] what stands in a caller ID for nobody is no name', async () => {
    await asterisk().reloadCallerIds({ '1101': 'device <1101>', '1103': '"1103" <1103>' });
    await Promise.all([names.waitUntil('1101@default', '1101'), names.waitUntil('1103@default', '1103')]);
    await asterisk().reloadCallerIds({});
    await names.waitUntil('1101@default', 'Ada Okafor');
  });

  it.each<UserName>(['lampboard', 'nofilter'])('[LM7] so are thousands of names (as %s)', async (user) => {
    const many = (suffix: string) =>
      manyHints(MANY).map((hint) => ({ ...hint, name: `Name ${hint.exten} ${suffix}` }));
    await asterisk().reload(many('before'));
    const opened = await startGatewayWithClient(asterisk(), { user, liveMs: 20_000 });
    const all = async (suffix: string, ms: number) =>
      opened.client.waitUntil(
        `all names ${suffix}`,
        ({ extensions: rows }) =>
          rows.size === MANY && [...rows.values()].every(({ person }) => person.name.endsWith(suffix)),
        ms,
      );
    try {
      await all('before', 20_000);
      await asterisk().reload(many('after'));
      await all('after', SOON_MS);
    } finally {
      await opened.stop();
      await asterisk().reload(standardHints());
    }
  });
});
