import type { ReturnTime, Presence, SetPresenceReply } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { openTestClient, startForSuite } from '../../testkit/site/test-site.ts';

const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });
const inSeconds = (seconds: number, thenState: ReturnTime['thenState'] = 'available'): ReturnTime => {
  return { at: Date.now() + seconds * 1000, thenState };
};
const BY_RITA = { kind: 'return-time', name: 'rita' };

await describeEachPbx((pbx) => {
  const site = startForSuite(() => startGatewayWithClient(pbx()));
  const client = () => site().client;
  const gateway = () => site().gateway;
  const providerOf = (exten: string) => `CustomPresence:${exten}`;
  const idOf = (exten: string) => `${exten}@default`;

  const waitForReturn = (exten: string, ms?: number, board = client()) =>
    board.waitUntil('to be back', () => board.presence(idOf(exten)).state === 'available', ms);
  const waitForReturnTime = (exten: string) =>
    client().waitUntil('the return time', () => client().extension(idOf(exten)).returnTime !== null);
  const waitForTime = ({ at }: ReturnTime, ms: number) =>
    client().waitUntil('its time to pass', () => Date.now() > at + ms);

  async function setAway(exten: string, message: string, returnTime: ReturnTime): Promise<SetPresenceReply> {
    const id = idOf(exten);
    await client().forceSetPresence(id, AVAILABLE);
    await waitForReturn(exten);
    const edit = { id, presence: away(message), base: AVAILABLE, returnTime };
    const reply = await client().command('set-presence', edit);
    if (reply.ok) await client().waitUntil('the edit', () => client().presence(id).message === message);
    return reply;
  }

  /** Scheduled edits of the gateway. */
  async function planned(exten: string) {
    const cookie = await signIn(gateway(), 'ada');
    const reply = await postCommand(gateway(), cookie, 'list-presence-changes', { id: idOf(exten) });
    return unwrapReply(reply).filter((edit) => edit.isScheduled);
  }

  async function restartGateway() {
    await gateway().start();
    await client().waitUntilLive(15_000);
    return openTestClient(gateway());
  }

  it('[RT1] a return time is on every board with its presence', async () => {
    const returnTime = inSeconds(3600, null);
    expect(await setAway('1105', 'until later', returnTime)).toMatchObject({ ok: true });
    await waitForReturnTime('1105');
    const other = await openTestClient(gateway());
    expect(other.extension(idOf('1105'))).toMatchObject({ returnTime, presence: away('until later') });
  });

  it('[RT1] another return time with the same presence takes the place of the one before', async () => {
    const id = idOf('1105');
    const returnTime = inSeconds(7200, 'chat');
    const presence = client().presence(id);
    await client().command('set-presence', { id, presence, base: presence, returnTime });
    const isNew = () => client().extension(id).returnTime?.at === returnTime.at;
    await client().waitUntil('the new return time', isNew);
    expect(client().extension(id)).toMatchObject({ returnTime, presence: away('until later') });
  });

  it('[RT2] what is to follow is set at that time, once, and says who planned it', async () => {
    const returnTime = inSeconds(2);
    await setAway('1107', 'two seconds', returnTime);
    await waitForReturn('1107', 6000);
    expect(Math.abs(Date.now() - returnTime.at)).toBeLessThan(1000);
    expect(client().extension(idOf('1107'))).toMatchObject({ returnTime: null, presenceSetBy: BY_RITA });
    expect(await pbx().readPresence(providerOf('1107'))).toEqual(AVAILABLE);
    expect(await planned('1107')).toHaveLength(1);
  });

  it('[RT1] a presence set on the telephone meanwhile cancels it', async () => {
    const id = idOf('1108');
    const returnTime = inSeconds(2);
    const longer = away('longer than I thought');
    await setAway('1108', 'to be cancelled', returnTime);
    await waitForReturnTime('1108');
    await pbx().setPresence(providerOf('1108'), longer);
    await client().waitUntil('the telephone', () => client().presence(id).message === longer.message);
    expect(client().extension(id).returnTime).toBeNull();
    await waitForTime(returnTime, 1500);
    expect(await pbx().readPresence(providerOf('1108'))).toEqual(longer);
    expect(await planned('1108')).toEqual([]);
  });

  it('[RT2] a gateway that was killed sets what was due meanwhile, once', async () => {
    const returnTime = inSeconds(2);
    expect(await setAway('1109', 'across a crash', returnTime)).toMatchObject({ ok: true });
    await gateway().kill();
    await waitForTime(returnTime, 500);
    expect(await pbx().readPresence(providerOf('1109'))).toEqual(away('across a crash'));
    await waitForReturn('1109', 5000, await restartGateway());
    expect(await pbx().readPresence(providerOf('1109'))).toEqual(AVAILABLE);
    expect(await planned('1109')).toHaveLength(1);
    await gateway().kill();
    await restartGateway();
    expect(await planned('1109')).toHaveLength(1);
  });

  it('[RT4] a killed gateway finds the return times that are to come', async () => {
    const returnTime = inSeconds(8);
    await setAway('1110', 'still to come', returnTime);
    await gateway().kill();
    const after = await restartGateway();
    expect(after.extension(idOf('1110'))).toMatchObject({ presence: away('still to come'), returnTime });
    await waitForReturn('1110', 12_000, after);
    expect(Date.now()).toBeGreaterThanOrEqual(returnTime.at);
  });

  it('[RT2] what was set on the telephone while the gateway was down stands', async () => {
    const returnTime = inSeconds(1);
    await setAway('1108', 'before the crash', returnTime);
    await gateway().kill();
    await pbx().setPresence(providerOf('1108'), { state: 'dnd', subtype: '', message: 'from the phone' });
    await waitForTime(returnTime, 0);
    const after = await restartGateway();
    await after.waitUntil('the telephone', () => after.presence(idOf('1108')).state === 'dnd');
    expect(after.extension(idOf('1108')).returnTime).toBeNull();
    expect(await planned('1108')).toEqual([]);
    expect(await pbx().readPresence(providerOf('1108'))).toMatchObject({ state: 'dnd' });
  });

  it('[RT4] a restart of the PBX keeps it, and it is carried out where its time came meanwhile', async () => {
    await setAway('1107', 'across a restart', inSeconds(1));
    await pbx().restart();
    await waitForReturn('1107', 15_000);
    expect(client().extension(idOf('1107'))).toMatchObject({ presenceSetBy: BY_RITA });
  });

  it('[RT3] without anything to follow, it stays as it is, and is late', async () => {
    const returnTime = { ...inSeconds(1), thenState: null };
    await setAway('1107', 'late', returnTime);
    await waitForTime(returnTime, 1000);
    expect(client().extension(idOf('1107'))).toMatchObject({ returnTime, presence: away('late') });
  });

  it.each<[string, ReturnTime]>([
    ['past, and something is to follow', { at: Date.now() - 60_000, thenState: 'available' }],
    ['years ahead', { at: Date.now() + 1e12, thenState: null }],
  ])('[RT1] a time that is %s is refused, and nothing is changed', async (_, returnTime) => {
    const rejected = { ok: false, code: 'invalid-return-time' };
    expect(await setAway('1106', 'never', returnTime)).toMatchObject(rejected);
    expect(await pbx().readPresence(providerOf('1106'))).toEqual(AVAILABLE);
  });
});
