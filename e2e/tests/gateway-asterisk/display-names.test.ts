import { describe, expect, it, onTestFinished } from 'vitest';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { inDefault, manyHints, standardHints, type UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { openTestSite, startForSuite } from '../../testkit/site/test-site.ts';

/** Maximum milliseconds from a reload to its names on the board. */
const SOON_MS = 5000;
const MANY = 2000;

await describeEachAsterisk((asterisk) => {
  const site = startForSuite(() => startGatewayWithClient(asterisk()));
  /** Resolves when the board shows these names by extension. */
  const names = {
    waitUntil: (expected: Record<string, string | undefined>, client = site().client) =>
      client.waitUntil(
        JSON.stringify(expected),
        ({ extensions }) =>
          Object.entries(expected).every(
            ([id, name]) => extensions.get(`${id}@default`)?.person.name === name,
          ),
        SOON_MS,
      ),
  };
  const withHint = (name: string) => [...standardHints(), { ...inDefault('1120', 'PJSIP/1120'), name }];

  it('[LM7] a name that a reload changes in the hint, or takes away, is so on the board', async () => {
    await asterisk().reload(withHint('Büro'));
    await names.waitUntil({ '1120': 'Büro' });
    await asterisk().reload(withHint('Workshop'));
    await names.waitUntil({ '1120': 'Workshop' });
    await asterisk().reload(withHint(''));
    await names.waitUntil({ '1120': '1120' });
  });

  it('[LM7] a hint that was away comes back with the name that it has by then', async () => {
    await asterisk().reload(withHint('Before'));
    await names.waitUntil({ '1120': 'Before' });
    await asterisk().reload(standardHints());
    await names.waitUntil({ '1120': undefined });
    await asterisk().reload(withHint('After'));
    await names.waitUntil({ '1120': 'After' });
    await asterisk().reload(standardHints());
  });

  it('[LM7] a caller ID that is changed, given or taken away is so on the board', async () => {
    await names.waitUntil({ '1101': 'Ada Okafor' });
    await asterisk().reloadCallerIds({ '1101': '"Ada Lovelace" <1101>', '1102': '', '1107': 'Seven' });
    await names.waitUntil({ '1101': 'Ada Lovelace', '1102': '1102', '1107': 'Seven' });
    await asterisk().reloadCallerIds({});
    await names.waitUntil({ '1101': 'Ada Okafor', '1107': '1107' });
  });

  it('[TX5] a caller ID in latin1 is read', async () => {
    await asterisk().reloadCallerIds({ '1101': '"Jérôme Müller" <1101>' }, 'latin1');
    await names.waitUntil({ '1101': 'Jérôme Müller' });
    await asterisk().reloadCallerIds({});
    await names.waitUntil({ '1101': 'Ada Okafor' });
  });

  it('[LM8] SIP and IAX2 telephones are called as their caller IDs say', async () => {
    await asterisk().withSession(async (ami) => {
      for (const Module of ['chan_iax2.so', 'chan_sip.so'])
        await ami.action({ Action: 'ModuleLoad', Module, LoadType: 'load' });
    });
    const hints = [inDefault('1130', 'SIP/1130'), inDefault('1131', 'IAX2/1131')];
    await asterisk().reload([...standardHints(), ...hints]);
    // Asterisk 21 removed chan_sip.
    const sip = asterisk().release === '16' ? 'Sid Sipson' : '1130';
    await names.waitUntil({ '1130': sip, '1131': 'Ivy Iaxley' });
    await asterisk().reload(standardHints());
  });

  it('[LM8] what stands in a caller ID for nobody is no name', async () => {
    await asterisk().reloadCallerIds({ '1101': 'device <1101>', '1103': '"1103" <1103>' });
    await names.waitUntil({ '1101': '1101', '1103': '1103' });
    await asterisk().reloadCallerIds({});
    await names.waitUntil({ '1101': 'Ada Okafor', '1103': 'Chloé Martin' });
  });

  describe('FreePBX’s names', () => {
    const putName = (exten: string, name: string) =>
      asterisk().putDatabase('AMPUSER', `${exten}/cidname`, name);
    const openAs = async (user: UserName) => (await openTestSite(asterisk(), { user })).client;

    it('[NM1] take precedence over caller IDs, with the right to read them', async () => {
      await putName('1101', 'Ada of FreePBX');
      await putName('1102', 'Jérôme Müller');
      await putName('1103', 'device');
      await putName('1112', 'Not in the hint');
      await names.waitUntil(
        {
          '1101': 'Ada of FreePBX',
          '1102': 'Jérôme Müller',
          '1103': 'Chloé Martin',
          '1112': 'Grace Hopper',
        },
        await openAs('names'),
      );
    });

    it('[NM2] changed in FreePBX are on the board after its reload', async () => {
      const client = await openAs('names');
      await putName('1101', 'Ada Okafor-Byrne');
      await asterisk().reloadCallerIds({});
      await names.waitUntil({ '1101': 'Ada Okafor-Byrne' }, client);
      await putName('1101', '');
      await asterisk().reloadCallerIds({});
      await names.waitUntil({ '1101': 'Ada Okafor' }, client);
    });

    it('[NM3] are left out without that right', async () => {
      await putName('1101', 'Nobody may read this');
      await names.waitUntil({ '1101': 'Ada Okafor' }, await openAs('lampboard'));
      await putName('1101', '');
    });

    it('[NM4] that forge events change no lamp and no other name', async () => {
      await putName('1102', 'Josh');
      const lamp = 'Event: ExtensionStatus\r\nExten: 1103\r\nContext: default\r\nStatus: 8';
      const name = 'Event: DBGetTreeResponse\r\nKey: /AMPUSER/1102/cidname\r\nVal: Forged';
      await putName('1101', `Ada\r\n\r\n${lamp}\r\n\r\n${name}`);
      const client = await openAs('names');
      await names.waitUntil({ '1101': 'Ada Okafor', '1102': 'Josh' }, client);
      expect(client.extension('1103@default').lamp).not.toBe('ringing');
      await putName('1101', '');
    });
  });

  it.each<UserName>(['lampboard', 'nofilter'])('[LM7] so are thousands of names (as %s)', async (user) => {
    const many = (suffix: string) =>
      manyHints(MANY).map((hint) => ({ ...hint, name: `Name ${hint.exten} ${suffix}` }));
    await asterisk().reload(many('before'));
    onTestFinished(() => asterisk().reload(standardHints()));
    const { client } = await openTestSite(asterisk(), { user, liveMs: 20_000 });
    const all = async (suffix: string, ms: number) =>
      client.waitUntil(
        `all names ${suffix}`,
        ({ extensions }) =>
          extensions.size === MANY &&
          [...extensions.values()].every(({ person }) => person.name.endsWith(suffix)),
        ms,
      );
    await all('before', 20_000);
    await asterisk().reload(many('after'));
    await all('after', SOON_MS);
  });
});
