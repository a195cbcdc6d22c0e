import { type Phone, startPhone } from '../../testkit/phones/start-phone.ts';
import { expect, test } from '../../testkit/browser/fixtures.ts';

test('[LM3] a call between two real phones takes the lamps through ringing, in use, on hold and idle', async ({
  board,
  asterisk,
}) => {
  const phones: Phone[] = [];
  const phone = async (extension: string) => {
    const started = await startPhone({ extension, sipPort: asterisk.sipPort });
    phones.push(started);
    return started;
  };
  const lamp = (extension: string) => board.tile(extension);
  const expectLamps = async (lamps: Record<string, string>) => {
    for (const [extension, name] of Object.entries(lamps)) {
      await expect(lamp(extension)).toHaveAttribute('data-lamp', name);
    }
  };

  try {
    await expectLamps({ 1102: 'unavailable', 1104: 'unavailable' });
    const [alice, bob, carol] = [await phone('1104'), await phone('1102'), await phone('1103')];
    await expectLamps({ 1102: 'idle', 1103: 'idle', 1104: 'idle' });

    await alice.dial('1102');
    await bob.waitFor(['CALL_INCOMING']);
    await expectLamps({ 1102: 'ringing', 1104: 'in-use' });
    await expect(lamp('1102')).toHaveAccessibleName(/^1102 .*Ringing/);

    await bob.accept();
    await alice.waitFor(['CALL_ESTABLISHED']);
    await expectLamps({ 1102: 'in-use', 1104: 'in-use' });

    // The held party shows on hold, not the holding one.
    await alice.hold();
    await expectLamps({ 1102: 'on-hold', 1104: 'in-use' });
    await alice.resume();
    await expectLamps({ 1102: 'in-use', 1104: 'in-use' });

    await carol.dial('1102');
    await bob.waitFor(['CALL_INCOMING']);
    await expectLamps({ 1102: 'in-use-ringing', 1103: 'in-use' });
    await carol.hangup();
    await expectLamps({ 1102: 'in-use', 1103: 'idle' });

    await alice.hangup();
    await bob.waitFor(['CALL_CLOSED']);
    await expectLamps({ 1102: 'idle', 1104: 'idle' });

    await carol.stop();
    await expectLamps({ 1103: 'unavailable' });
  } finally {
    for (const one of phones) await one.stop();
  }
});
