import type { Back, Presence, SetPresenceReply } from '@lampboard/protocol';
import { beforeAll, expect, it } from 'vitest';
import { onEveryPbx } from '../every-pbx/on-every-pbx.ts';
import { type OpenBoard, openBoard } from './open-board.ts';
import { openGateway } from './open-gateway.ts';
import { postCommand, signIn } from './sign-in.ts';

const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });
const inSeconds = (seconds: number, next: Back['next'] = 'available'): Back => ({
  at: Date.now() + seconds * 1000,
  next,
});

await onEveryPbx((pbx) => {
  let opened: Awaited<ReturnType<typeof openGateway>>;
  beforeAll(async () => {
    opened = await openGateway(pbx());
    return opened.close;
  });
  const providerOf = (exten: string) => `CustomPresence:${exten}`;
  const idOf = (exten: string) => `${exten}@default`;

  async function setAway(exten: string, message: string, back: Back): Promise<SetPresenceReply> {
    const { board } = opened;
    const id = idOf(exten);
    await board.settle(id, AVAILABLE);
    await board.until('the start', () => board.presence(id).state === 'available');
    const reply = await board.command('set-presence', { id, presence: away(message), base: AVAILABLE, back });
    if (reply.ok) await board.until('the edit', () => board.presence(id).message === message);
    return reply;
  }

  /** The edits that the gateway made by itself. */
  async function planned(exten: string) {
    const { gateway } = opened;
    const reply = await postCommand(gateway, await signIn(gateway, 'ada'), 'list-edits', { id: idOf(exten) });
    return reply.ok ? reply.value.filter((edit) => edit.planned) : [];
  }

  async function restartGateway(): Promise<OpenBoard> {
    const { gateway, board } = opened;
    await gateway.start();
    await board.until('the board to be back', ({ link }) => link.state === 'live', 15_000);
    return openBoard(gateway);
  }

  it('[RT1] a return time is on every board with its presence', async () => {
    const { board, gateway } = opened;
    const back = inSeconds(3600, null);
    expect(await setAway('1105', 'until later', back)).toMatchObject({ ok: true });
    await board.until('the return time', () => board.row(idOf('1105')).back !== null);
    const other = await openBoard(gateway);
    expect(other.row(idOf('1105'))).toMatchObject({ back, presence: away('until later') });
    other.close();
  });

  it('[RT1] another return time with the same presence takes the place of the one before', async () => {
    const { board } = opened;
    const id = idOf('1105');
    const back = inSeconds(7200, 'chat');
    await board.command('set-presence', {
      id,
      presence: board.presence(id),
      base: board.presence(id),
      back,
    });
    await board.until('the new return time', () => board.row(id).back?.at === back.at);
    expect(board.row(id)).toMatchObject({ back, presence: away('until later') });
  });

  it('[RT2] what is to follow is set at that time, once, and says who planned it', async () => {
    const { board } = opened;
    const id = idOf('1107');
    const back = inSeconds(2);
    await setAway('1107', 'two seconds', back);
    await board.until('to be back', () => board.presence(id).state === 'available', 6000);
    expect(Math.abs(Date.now() - back.at)).toBeLessThan(1000);
    expect(board.row(id)).toMatchObject({ back: null, presenceBy: { kind: 'return-time', name: 'rita' } });
    expect(await pbx().presence(providerOf('1107'))).toEqual(AVAILABLE);
    expect(await planned('1107')).toHaveLength(1);
  });

  it('[RT1] a presence set on the telephone meanwhile cancels it', async () => {
    const { board } = opened;
    const id = idOf('1108');
    const back = inSeconds(2);
    await setAway('1108', 'to be cancelled', back);
    await board.until('the return time', () => board.row(id).back !== null);
    await pbx().setPresence(providerOf('1108'), away('longer than I thought'));
    await board.until('the telephone', () => board.presence(id).message === 'longer than I thought');
    expect(board.row(id).back).toBeNull();
    await board.until('its time to pass', () => Date.now() > back.at + 1500);
    expect(await pbx().presence(providerOf('1108'))).toEqual(away('longer than I thought'));
    expect(await planned('1108')).toEqual([]);
  });

  it('[RT2] a gateway that was killed sets what was due meanwhile, once', async () => {
    const { gateway, board } = opened;
    const id = idOf('1109');
    const back = inSeconds(2);
    expect(await setAway('1109', 'across a crash', back)).toMatchObject({ ok: true });
    await gateway.kill();
    await board.until('its time to pass', () => Date.now() > back.at + 500);
    expect(await pbx().presence(providerOf('1109'))).toEqual(away('across a crash'));
    const after = await restartGateway();
    await after.until('to be back', () => after.presence(id).state === 'available');
    after.close();
    expect(await pbx().presence(providerOf('1109'))).toEqual(AVAILABLE);
    expect(await planned('1109')).toHaveLength(1);
    await gateway.kill();
    (await restartGateway()).close();
    expect(await planned('1109')).toHaveLength(1);
  });

  it('[RT4] a killed gateway finds the return times that are to come', async () => {
    const { gateway } = opened;
    const back = inSeconds(8);
    await setAway('1110', 'still to come', back);
    await gateway.kill();
    const after = await restartGateway();
    expect(after.row(idOf('1110'))).toMatchObject({ presence: away('still to come'), back });
    await after.until('to be back', () => after.presence(idOf('1110')).state === 'available', 12_000);
    expect(Date.now()).toBeGreaterThanOrEqual(back.at);
    after.close();
  });

  it('[RT2] what was set on the telephone while the gateway was down stands', async () => {
    const { gateway, board } = opened;
    const back = inSeconds(1);
    await setAway('1108', 'before the crash', back);
    await gateway.kill();
    await pbx().setPresence(providerOf('1108'), { state: 'dnd', subtype: '', message: 'from the phone' });
    await board.until('its time to pass', () => Date.now() > back.at);
    const after = await restartGateway();
    await after.until('the telephone', () => after.presence(idOf('1108')).state === 'dnd');
    expect(after.row(idOf('1108')).back).toBeNull();
    after.close();
    expect(await planned('1108')).toEqual([]);
    expect(await pbx().presence(providerOf('1108'))).toMatchObject({ state: 'dnd' });
  });

  it('[RT4] a restart of the PBX keeps it, and it is carried out where its time came meanwhile', async () => {
    const { board } = opened;
    const id = idOf('1107');
    await setAway('1107', 'across a restart', inSeconds(1));
    await pbx().restart();
    await board.until('to be back', () => board.presence(id).state === 'available', 15_000);
    expect(board.row(id)).toMatchObject({ presenceBy: { kind: 'return-time', name: 'rita' } });
  });

  it('[RT3] without anything to follow, it stays as it is, and is late', async () => {
    const { board } = opened;
    const back = { ...inSeconds(1), next: null };
    await setAway('1107', 'late', back);
    await board.until('its time to pass', () => Date.now() > back.at + 1000);
    expect(board.row(idOf('1107'))).toMatchObject({ back, presence: away('late') });
  });

  it.each<[string, Back]>([
    ['past, and something is to follow', { at: Date.now() - 60_000, next: 'available' }],
    ['years ahead', { at: Date.now() + 1e12, next: null }],
  ])('[RT1] a time that is %s is refused, and nothing is changed', async (_, back) => {
    expect(await setAway('1106', 'never', back)).toMatchObject({ ok: false, code: 'wrong-time' });
    expect(await pbx().presence(providerOf('1106'))).toEqual(AVAILABLE);
  });
});
