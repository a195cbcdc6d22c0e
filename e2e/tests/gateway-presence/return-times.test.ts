import type { ReturnTime, Presence, SetPresenceReply } from '@lampboard/protocol';
import { beforeAll, expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import {
  type BoardClient,
  openBoardClient,
  startGatewayWithClient,
} from '../../testkit/clients/board-client.ts';
import { postCommand, signIn } from '../../testkit/gateway/http-client.ts';

const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });
const inSeconds = (seconds: number, thenState: ReturnTime['thenState'] = 'available'): ReturnTime => ({
  at: Date.now() + seconds * 1000,
  thenState,
});

await describeEachPbx((pbx) => {
  let opened: Awaited<ReturnType<typeof startGatewayWithClient>>;
  beforeAll(async () => {
    opened = await startGatewayWithClient(pbx());
    return opened.close;
  });
  const providerOf = (exten: string) => `CustomPresence:${exten}`;
  const idOf = (exten: string) => `${exten}@default`;

  async function setAway(exten: string, message: string, returnTime: ReturnTime): Promise<SetPresenceReply> {
    const { client: board } = opened;
    const id = idOf(exten);
    await board.forceSetPresence(id, AVAILABLE);
    await board.waitUntil('the start', () => board.presence(id).state === 'available');
    const reply = await board.command('set-presence', {
      id,
      presence: away(message),
      base: AVAILABLE,
      returnTime,
    });
    if (reply.ok) await board.waitUntil('the edit', () => board.presence(id).message === message);
    return reply;
  }

  /** The edits that the gateway made by itself. */
  async function planned(exten: string) {
    const { gateway } = opened;
    const reply = await postCommand(gateway, await signIn(gateway, 'ada'), 'list-presence-changes', {
      id: idOf(exten),
    });
    return reply.ok ? reply.value.filter((edit) => edit.isScheduled) : [];
  }

  async function restartGateway(): Promise<BoardClient> {
    const { gateway, client: board } = opened;
    await gateway.start();
    await board.waitUntil('the board to be back', ({ link }) => link.state === 'live', 15_000);
    return openBoardClient(gateway);
  }

  it('[RT1] a return time is on every board with its presence', async () => {
    const { client: board, gateway } = opened;
    const returnTime = inSeconds(3600, null);
    expect(await setAway('1105', 'until later', returnTime)).toMatchObject({ ok: true });
    await board.waitUntil('the return time', () => board.extension(idOf('1105')).returnTime !== null);
    const other = await openBoardClient(gateway);
    expect(other.extension(idOf('1105'))).toMatchObject({ returnTime, presence: away('until later') });
    other.close();
  });

  it('[RT1] another return time with the same presence takes the place of the one before', async () => {
    const { client: board } = opened;
    const id = idOf('1105');
    const returnTime = inSeconds(7200, 'chat');
    await board.command('set-presence', {
      id,
      presence: board.presence(id),
      base: board.presence(id),
      returnTime,
    });
    await board.waitUntil('the new return time', () => board.extension(id).returnTime?.at === returnTime.at);
    expect(board.extension(id)).toMatchObject({ returnTime, presence: away('until later') });
  });

  it('[RT2] what is to follow is set at that time, once, and says who planned it', async () => {
    const { client: board } = opened;
    const id = idOf('1107');
    const returnTime = inSeconds(2);
    await setAway('1107', 'two seconds', returnTime);
    await board.waitUntil('to be back', () => board.presence(id).state === 'available', 6000);
    expect(Math.abs(Date.now() - returnTime.at)).toBeLessThan(1000);
    expect(board.extension(id)).toMatchObject({
      returnTime: null,
      presenceSetBy: { kind: 'return-time', name: 'rita' },
    });
    expect(await pbx().readPresence(providerOf('1107'))).toEqual(AVAILABLE);
    expect(await planned('1107')).toHaveLength(1);
  });

  it('[RT1] a presence set on the telephone meanwhile cancels it', async () => {
    const { client: board } = opened;
    const id = idOf('1108');
    const returnTime = inSeconds(2);
    await setAway('1108', 'to be cancelled', returnTime);
    await board.waitUntil('the return time', () => board.extension(id).returnTime !== null);
    await pbx().setPresence(providerOf('1108'), away('longer than I thought'));
    await board.waitUntil('the telephone', () => board.presence(id).message === 'longer than I thought');
    expect(board.extension(id).returnTime).toBeNull();
    await board.waitUntil('its time to pass', () => Date.now() > returnTime.at + 1500);
    expect(await pbx().readPresence(providerOf('1108'))).toEqual(away('longer than I thought'));
    expect(await planned('1108')).toEqual([]);
  });

  it('[RT2] a gateway that was killed sets what was due meanwhile, once', async () => {
    const { gateway, client: board } = opened;
    const id = idOf('1109');
    const returnTime = inSeconds(2);
    expect(await setAway('1109', 'across a crash', returnTime)).toMatchObject({ ok: true });
    await gateway.kill();
    await board.waitUntil('its time to pass', () => Date.now() > returnTime.at + 500);
    expect(await pbx().readPresence(providerOf('1109'))).toEqual(away('across a crash'));
    const after = await restartGateway();
    await after.waitUntil('to be back', () => after.presence(id).state === 'available');
    after.close();
    expect(await pbx().readPresence(providerOf('1109'))).toEqual(AVAILABLE);
    expect(await planned('1109')).toHaveLength(1);
    await gateway.kill();
    (await restartGateway()).close();
    expect(await planned('1109')).toHaveLength(1);
  });

  it('[RT4] a killed gateway finds the return times that are to come', async () => {
    const { gateway } = opened;
    const returnTime = inSeconds(8);
    await setAway('1110', 'still to come', returnTime);
    await gateway.kill();
    const after = await restartGateway();
    expect(after.extension(idOf('1110'))).toMatchObject({ presence: away('still to come'), returnTime });
    await after.waitUntil('to be back', () => after.presence(idOf('1110')).state === 'available', 12_000);
    expect(Date.now()).toBeGreaterThanOrEqual(returnTime.at);
    after.close();
  });

  it('[RT2] what was set on the telephone while the gateway was down stands', async () => {
    const { gateway, client: board } = opened;
    const returnTime = inSeconds(1);
    await setAway('1108', 'before the crash', returnTime);
    await gateway.kill();
    await pbx().setPresence(providerOf('1108'), { state: 'dnd', subtype: '', message: 'from the phone' });
    await board.waitUntil('its time to pass', () => Date.now() > returnTime.at);
    const after = await restartGateway();
    await after.waitUntil('the telephone', () => after.presence(idOf('1108')).state === 'dnd');
    expect(after.extension(idOf('1108')).returnTime).toBeNull();
    after.close();
    expect(await planned('1108')).toEqual([]);
    expect(await pbx().readPresence(providerOf('1108'))).toMatchObject({ state: 'dnd' });
  });

  it('[RT4] a restart of the PBX keeps it, and it is carried out where its time came meanwhile', async () => {
    const { client: board } = opened;
    const id = idOf('1107');
    await setAway('1107', 'across a restart', inSeconds(1));
    await pbx().restart();
    await board.waitUntil('to be back', () => board.presence(id).state === 'available', 15_000);
    expect(board.extension(id)).toMatchObject({ presenceSetBy: { kind: 'return-time', name: 'rita' } });
  });

  it('[RT3] without anything to follow, it stays as it is, and is late', async () => {
    const { client: board } = opened;
    const returnTime = { ...inSeconds(1), thenState: null };
    await setAway('1107', 'late', returnTime);
    await board.waitUntil('its time to pass', () => Date.now() > returnTime.at + 1000);
    expect(board.extension(idOf('1107'))).toMatchObject({ returnTime, presence: away('late') });
  });

  it.each<[string, ReturnTime]>([
    ['past, and something is to follow', { at: Date.now() - 60_000, thenState: 'available' }],
    ['years ahead', { at: Date.now() + 1e12, thenState: null }],
  ])('[RT1] a time that is %s is refused, and nothing is changed', async (_, returnTime) => {
    expect(await setAway('1106', 'never', returnTime)).toMatchObject({
      ok: false,
      code: 'invalid-return-time',
    });
    expect(await pbx().readPresence(providerOf('1106'))).toEqual(AVAILABLE);
  });
});
