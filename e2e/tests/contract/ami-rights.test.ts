import { describe, expect, it } from 'vitest';
import { connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import type { UserName } from '../../testkit/pbx/pbx-under-test.ts';

await describeEachPbx((pbx) => {
  describe('rights of an AMI session', () => {
    async function withUser<T>(
      name: UserName,
      work: (ami: Awaited<ReturnType<typeof connectRawAmi>>) => Promise<T>,
    ) {
      const ami = await connectRawAmi({ port: pbx().amiPort, ...pbx().users[name] });
      try {
        return await work(ami);
      } finally {
        ami.close();
      }
    }

    it.each<[UserName, string[]]>([
      ['lampboard', ['devicestatelist', 'extensionstatelist', 'getvar', 'presencestatelist', 'setvar']],
      ['nosetvar', ['corestatus', 'devicestatelist', 'extensionstatelist', 'getvar', 'presencestatelist']],
      ['nolists', []],
      [
        'filtering',
        [
          'corestatus',
          'devicestatelist',
          'extensionstatelist',
          'filter',
          'getvar',
          'presencestatelist',
          'setvar',
        ],
      ],
    ])(
      '[AC8] ListCommands lists to %s the actions that it may use, with their classes',
      async (name, actions) => {
        const { fields } = await withUser(name, (ami) => ami.action({ Action: 'ListCommands' }));
        const relevant = [
          'corestatus',
          'devicestatelist',
          'extensionstatelist',
          'filter',
          'getvar',
          'presencestatelist',
          'setvar',
        ];
        expect(relevant.filter((action) => fields[action] !== undefined)).toEqual(actions);
        expect(fields['ping']).toMatch(/\(Priv: <none>\)$/);
        if (actions.includes('setvar')) expect(fields['setvar']).toMatch(/\(Priv: call,all\)$/);
      },
    );

    it.each<[UserName, boolean]>([
      ['lampboard', true],
      ['strict', true],
      ['nosystem', false],
    ])('[AC8] FullyBooted follows the login of %s: %s, whatever its filter', async (name, isSent) => {
      const isFound = await withUser(name, async (ami) => {
        await ami.action({ Action: 'Ping' });
        return ami.blocks.some((block) => block.name === 'FullyBooted');
      });
      expect(isFound).toBe(isSent);
    });

    it('[AC6] STRFTIME reads the clock to the millisecond, in UTC and with the time zone', async () => {
      const before = Date.now();
      const { time, zone } = await withUser('lampboard', async (ami) => {
        const read = async (variable: string) =>
          (await ami.action({ Action: 'Getvar', Variable: variable })).fields['value'] ?? '';
        return {
          time: await read('STRFTIME(,UTC,%Y-%m-%dT%H:%M:%S.%3q)'),
          zone: await read('STRFTIME(,,%z)'),
        };
      });
      expect(Date.parse(`${time}Z`)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(`${time}Z`)).toBeLessThanOrEqual(Date.now());
      expect(zone).toMatch(/^[+-]\d{4}$/);
    });
  });
});
