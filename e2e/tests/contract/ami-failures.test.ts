import { describe, expect, it } from 'vitest';
import { connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import type { UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { startForTest } from '../../testkit/site/test-site.ts';
import { startAmiClient } from './ami-client.ts';

const PROVIDER = 'CustomPresence:1105';

await describeEachPbx((pbx) => {
  describe('what is refused', () => {
    async function send(action: Record<string, string>, user: UserName = 'lampboard') {
      const board = await startForTest(Promise.resolve(startAmiClient({ pbx: pbx(), user })));
      await board.waitForState('live');
      return board.client.send(action);
    }

    const setvar = (provider: string, Value: string) => {
      return { Action: 'Setvar', Variable: `PRESENCE_STATE(${provider})`, Value };
    };

    it.each([
      ['a state that does not exist', setvar(PROVIDER, 'avaliable')],
      ['a provider that cannot be written', setvar('PJSIP:1105', 'away')],
      ['a variable without a name', { Action: 'Setvar', Value: 'away' }],
      ['an action that does not exist', { Action: 'NoSuchAction' }],
    ])('[AC6] %s, with the words of Asterisk', async (_, action) => {
      const answer = await send(action);
      expect(answer).toMatchObject({ ok: false, code: 'rejected' });
      expect(answer.ok ? '' : answer.message).toMatch(/\w/);
    });

    it('[AC6] changes nothing', async () => {
      const presence = { state: 'chat', subtype: 'a', message: 'b' };
      await pbx().setPresence(PROVIDER, presence);
      await send(setvar(PROVIDER, 'avaliable'));
      expect(await pbx().readPresence(PROVIDER)).toEqual(presence);
    });

    it.each([
      { Action: 'CoreShowChannels' },
      { Action: 'Filter', Operation: 'Add', Filter: '!^Event: PresenceStatus' },
    ])('[AC6] $Action, for lack of rights', async (action) => {
      expect(await send(action)).toMatchObject({ ok: false, code: 'permission-denied' });
    });

    it('[AC6] a line that is too long, before it is sent', async () => {
      const action = setvar(PROVIDER, `away,,${'x'.repeat(1_100)}`);
      expect(await send(action)).toMatchObject({ ok: false, code: 'invalid-action' });
    });

    it('[AC6] a line that is too long, by the PBX too', async () => {
      const { username, secret } = pbx().users.lampboard;
      const raw = await connectRawAmi({ port: pbx().amiPort, username, secret });
      const largestAccepted = setvar(PROVIDER, `away,,${'x'.repeat(1_022 - 'Value: away,,'.length)}`);
      expect((await raw.action(largestAccepted)).name).toBe('Success');
      const tooLong = { ...largestAccepted, Value: `${largestAccepted.Value}x` };
      void raw.action(tooLong).catch(() => undefined);
      const answer = await raw.waitFor(({ name }) => name === 'Error');
      expect(answer.fields['message']).toContain('line too long');
      raw.close();
    });

    it('[AC6] everything, while there is no link', async () => {
      const { client } = startAmiClient({ pbx: pbx() });
      const rejected = { ok: false, code: 'not-connected' };
      expect(await client.send({ Action: 'Ping' })).toMatchObject(rejected);
      expect(await client.list({ Action: 'ExtensionStateList' })).toMatchObject(rejected);
      await client.close();
      expect(await client.send({ Action: 'Ping' })).toMatchObject(rejected);
    });
  });

  describe('a login', () => {
    it.each([
      ['with a wrong secret', { secret: 'wrong' }],
      ['from an address that the access list denies', { user: 'denied' as const }],
    ])('[AC6] %s is refused', async (_, options) => {
      const board = await startForTest(Promise.resolve(startAmiClient({ pbx: pbx(), ...options })));
      await board.waitForState('login-refused');
      expect(board.states.map(({ kind }) => kind)).not.toContain('live');
    });
  });
});
