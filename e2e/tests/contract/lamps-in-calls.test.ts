import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AVAILABLE_CODE, DND_CODE } from '../../testkit/asterisk/asterisk-config.ts';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { type PresenceWatcher, watchPresence } from '../../testkit/sip/presence-watcher.ts';
import { type Phone, providePhones, startPhone } from '../../testkit/phones/start-phone.ts';

const phones = providePhones();
const skipped = 'missing' in phones && process.env['CI'] !== 'true';
if (skipped)
  process.stderr.write(`\n!!! SKIPPED: every call between real phones: ${JSON.stringify(phones)}\n\n`);

await describeEachAsterisk((asterisk) => {
  describe.skipIf(skipped)('real phones', () => {
    let alice: Phone;
    let bruno: Phone;
    let chloe: Phone;
    let watcher: PresenceWatcher;

    beforeAll(async () => {
      const { sipPort } = asterisk();
      const start = (extension: string) => startPhone({ extension, sipPort });
      [alice, bruno, chloe] = await Promise.all([start('1104'), start('1102'), start('1103')]);
      watcher = await watchPresence({ sipPort, extension: '1102', as: '1120' });
    });

    afterAll(async () => {
      await watcher?.stop();
      await Promise.all([alice, bruno, chloe].map(async (phone) => phone?.stop()));
    });

    const lamps = async (expected: Record<string, number>): Promise<true> =>
      waitUntil(`lamps ${JSON.stringify(expected)}`, async () => {
        const states = await asterisk().listExtensionStates();
        const found = Object.keys(expected).map((id) => [id, states.get(`${id}@default`)?.status]);
        if (!isDeepStrictEqual(Object.fromEntries(found), expected)) throw new Error(String(found));
        return true as const;
      });

    it('[AC2] light the lamps through a call: ringing, in use, on hold, a second call, idle', async () => {
      await lamps({ 1102: 0, 1103: 0, 1104: 0 });
      await watcher.waitFor(({ note }) => note === 'Ready');

      await alice.dial('1102');
      await bruno.waitFor(['CALL_INCOMING']);
      await lamps({ 1102: 8, 1104: 1 });
      await watcher.waitFor(({ note }) => note === 'Ringing');

      await bruno.accept();
      await alice.waitFor(['CALL_ESTABLISHED']);
      await lamps({ 1102: 1, 1104: 1 });
      await watcher.waitFor(({ note }) => note === 'On the phone');

      // The held party shows on hold.
      await alice.hold();
      await lamps({ 1102: 16, 1104: 1 });
      await alice.resume();
      await lamps({ 1102: 1, 1104: 1 });

      await chloe.dial('1102');
      await bruno.waitFor(['CALL_INCOMING']);
      await lamps({ 1102: 9, 1103: 1, 1104: 1 });
      await chloe.hangup();
      await lamps({ 1102: 1, 1103: 0, 1104: 1 });

      await alice.hangup();
      await bruno.waitFor(['CALL_CLOSED']);
      await expect(lamps({ 1102: 0, 1103: 0, 1104: 0 })).resolves.toBe(true);
    });

    it('[AC3] set their own presence by a code', async () => {
      await bruno.dial(DND_CODE);
      const notification = await watcher.waitFor(({ state }) => state === 'dnd');
      expect(notification).toMatchObject({ state: 'dnd', subtype: 'Focus', message: 'From the phone' });
      const focus = { state: 'dnd', subtype: 'Focus' };
      expect(await asterisk().readPresence('CustomPresence:1102')).toMatchObject(focus);
      await bruno.waitFor(['CALL_CLOSED']);
      await bruno.dial(AVAILABLE_CODE);
      await watcher.waitFor(({ state, subtype }) => state === 'available' && subtype === '');
      await bruno.waitFor(['CALL_CLOSED']);
    });

    it('[AC3] show presence as it was set, newlines, markup and all', async () => {
      const presence = { state: 'away', subtype: 'Réunion "3"', message: `a <b> & 'c'\nline 2 😀 \\n` };
      await asterisk().setPresence('CustomPresence:1102', presence);
      // The end of the previous call may still be in transit to the phone.
      const notification = await watcher.waitFor(({ state, note }) => state === 'away' && note === 'Ready');
      expect(notification).toEqual({ note: 'Ready', ...presence });
    });

    it('[AC2] that are switched off are unavailable', async () => {
      await chloe.stop();
      await expect(lamps({ 1103: 4 })).resolves.toBe(true);
    });
  });
});
