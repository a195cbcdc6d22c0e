import { describe, expect, it } from 'vitest';
import { connectRawAmi } from '../../testkit/ami/raw-ami-client.ts';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import type { UserName } from '../../testkit/pbx/pbx-under-test.ts';
import { startAmiClient } from './ami-client.ts';

await describeEachPbx((pbx) => {
  describe('what is refused', () => {
    async function send(action: Record<string, string>, user: UserName = 'lampboard') {
      const board = startAmiClient({ pbx: pbx(), user });
      try {
        await board.waitForState('live');
        return await board.client.send(action);
      } finally {
        await board.client.close();
      }
    }

    const setvar = (Variable: string, Value: string) => ({ Action: 'Setvar', Variable, Value });

    it.each([
      ['a state that does not exist', setvar('PRESENCE_STATE(CustomPresence:1105)', 'avaliable')],
      ['a provider that cannot be written', setvar('PRESENCE_STATE(PJSIP:1105)', 'away')],
      ['a variable without a name', { Action: 'Setvar', Value: 'away' }],
      ['an action that does not exist', { Action: 'NoSuchAction' }],
    ])('[AC6] %s, with the words of Asterisk', async (_, action) => {
      const answer = await send(action);
      expect(answer).toMatchObject({ ok: false, code: 'rejected' });
      expect(answer.ok ? '' : answer.message).toMatch(/\w/);
    });

    it('[AC6] changes nothing', async () => {
      await pbx().setPresence('CustomPresence:1105', { state: 'chat', subtype: 'a', message: 'b' });
      await send(setvar('PRESENCE_STATE(CustomPresence:1105)', 'avaliable'));
      expect(await pbx().readPresence('CustomPresence:1105')).toEqual({
        state: 'chat',
        subtype: 'a',
        message: 'b',
      });
    });

    it.each([
      { Action: 'CoreShowChannels' },
      { Action: 'Filter', Operation: 'Add', Filter: '!^Event: PresenceStatus' },
    ])('[AC6] $Action, for lack of rights', async (action) => {
      expect(await send(action)).toMatchObject({ ok: false, code: 'permission-denied' });
    });

    it('[AC6] a line that is too long, before it is sent', async () => {
      const action = setvar('PRESENCE_STATE(CustomPresence:1105)', `away,,${'x'.repeat(1_100)}`);
      expect(await send(action)).toMatchObject({ ok: false, code: 'invalid-action' });
    });

    it('[AC6] a line that is too long, by the PBX too', async () => {
      const { username, secret } = pbx().users.lampboard;
      const raw = await connectRawAmi({ port: pbx().amiPort, username, secret });
      const largestAccepted = setvar(
        'PRESENCE_STATE(CustomPresence:1105)',
        `away,,${'x'.repeat(1_022 - 'Value: away,,'.length)}`,
      );
      expect((await raw.action(largestAccepted)).name).toBe('Success');
      const tooLong = { ...largestAccepted, Value: `${largestAccepted.Value}x` };
      void raw.action(tooLong).catch(() => undefined);
      const answer = await raw.waitFor(({ name }) => name === 'Error');
      expect(answer.fields['message']).toContain('line too long');
      raw.close();
    });

    it('[AC6] everything, while there is no link', async () => {
      const board = startAmiClient({ pbx: pbx() });
      expect(await board.client.send({ Action: 'Ping' })).toMatchObject({ ok: false, code: 'not-connected' });
      expect(await board.client.list({ Action: 'ExtensionStateList' })).toMatchObject({
        code: 'not-connected',
      });
      await board.client.close();
      expect(await board.client.send({ Action: 'Ping' })).toMatchObject({ ok: false, code: 'not-connected' });
    });
  });

  describe('a login', () => {
    it.each([
      ['with a wrong secret', 'lampboard' as const, 'wrong'],
      ['from an address that the access list denies', 'denied' as const, undefined],
    ])('[AC6] %s is refused', async (_, user, secret) => {
      const board = startAmiClient({ pbx: pbx(), user, ...(secret === undefined ? {} : { secret }) });
      await board.waitForState('login-refused');
      expect(board.states.map(({ kind }) => kind)).not.toContain('live');
      await board.client.close();
    });
  });
});
