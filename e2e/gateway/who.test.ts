import type { Presence } from '@lampboard/protocol';
import { beforeAll, expect, it } from 'vitest';
import { onEveryPbx } from '../every-pbx/on-every-pbx.ts';
import { until } from '../processes/until.ts';
import { openBoard } from './open-board.ts';
import { openGateway } from './open-gateway.ts';
import { postCommand, signIn } from './sign-in.ts';

const ID = '1105@default';
const PROVIDER = 'CustomPresence:1105';
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });
const RITA = { kind: 'account', name: 'rita', accountId: expect.any(Number) };
const TELEPHONE = { kind: 'telephone' };

await onEveryPbx((pbx) => {
  let opened: Awaited<ReturnType<typeof openGateway>>;
  beforeAll(async () => {
    opened = await openGateway(pbx());
    return opened.close;
  });
  const by = () => opened.board.row(ID).presenceBy;

  it('[WH5] tells an edit made here from a change made on the telephone, also of a long text', async () => {
    const { board } = opened;
    const seen: unknown[] = [];
    board.socket.on('frame', ({ changes }) => {
      for (const change of changes) if (change.kind === 'presence' && change.id === ID) seen.push(change.by);
    });
    await board.settle(ID, away('set here'));
    await board.until('the edit', () => board.presence(ID).message === 'set here');
    await pbx().setPresence(PROVIDER, away('set there'));
    await board.until('the change', () => board.presence(ID).message === 'set there');
    const long = `déjà vu 😀 `.repeat(40);
    await board.settle(ID, away(long));
    await board.until('the long edit', () => board.presence(ID).message === long);
    expect(seen).toEqual([RITA, TELEPHONE, RITA]);
    expect(Math.abs(Date.now() - (board.row(ID).presenceSince ?? 0))).toBeLessThan(10_000);
  });

  it('[WH5] what was set on the telephone as it was set here before is the telephone’s', async () => {
    const { board } = opened;
    await board.settle(ID, away('the same'));
    // An edit counts for a few seconds, in which older events may still arrive.
    await until({
      what: 'the telephone to be told apart from the edit before',
      ms: 20_000,
      everyMs: 500,
      async probe() {
        await pbx().setPresence(PROVIDER, away('another'));
        await board.until('another', () => board.presence(ID).message === 'another');
        await pbx().setPresence(PROVIDER, away('the same'));
        await board.until('the same again', () => board.presence(ID).message === 'the same');
        return by()?.kind === 'telephone';
      },
    });
    expect(by()).toEqual(TELEPHONE);
  });

  it('[WH5] who set what still stands is known after a restart of the gateway', async () => {
    const { gateway, board } = opened;
    await board.settle(ID, away('it stands'));
    await board.until('the edit', () => board.presence(ID).message === 'it stands');
    const since = board.row(ID).presenceSince;
    await gateway.kill();
    await gateway.start();
    const after = await openBoard(gateway);
    await after.until('a live board', ({ link }) => link.state === 'live');
    expect(after.row(ID)).toMatchObject({ presenceBy: RITA, presence: away('it stands') });
    expect(Math.abs((after.row(ID).presenceSince ?? 0) - (since ?? 0))).toBeLessThan(1000);
    after.close();
    await board.until('the board to be back', ({ link }) => link.state === 'live', 10_000);
  });

  it('[WH4] keeps each edit with who, when, from what to what, and what became of it', async () => {
    const { gateway } = opened;
    const cookie = await signIn(gateway, 'ada');
    const before = opened.board.presence(ID);
    expect(await pbx().presence(PROVIDER)).toEqual(before);
    const list = async () => {
      const reply = await postCommand(gateway, cookie, 'list-edits', { id: ID });
      return reply.ok ? reply.value : [];
    };
    const earlier = await list();
    const set = (presence: Presence, base: Presence) =>
      postCommand(gateway, cookie, 'set-presence', { id: ID, presence, base });
    expect(await set(away('by Ada'), before)).toMatchObject({ ok: true });
    expect(await set(away('too late'), before)).toMatchObject({ code: 'conflict' });
    expect(await set(away('x'.repeat(2000)), away('by Ada'))).toMatchObject({ code: 'too-long' });
    const [tooLong, conflict, done] = await list();
    expect(done).toMatchObject({ by: 'ada', from: before, to: away('by Ada'), result: 'ok' });
    expect(conflict).toMatchObject({ by: 'ada', to: away('too late'), result: 'conflict' });
    expect(tooLong).toMatchObject({ by: 'ada', from: away('by Ada'), result: 'too-long' });
    expect(Math.abs(Date.now() - (done?.at ?? 0))).toBeLessThan(10_000);
    expect(await list()).toHaveLength(Math.min(20, earlier.length + 3));
    expect(await pbx().presence(PROVIDER)).toEqual(away('by Ada'));
  });

  it('[WH4] forgets after the time that is set', async () => {
    const { gateway, board } = opened;
    await gateway.kill();
    await gateway.start({ LAMPBOARD_EDITS_DAYS: '0.00001' });
    const cookie = await signIn(gateway, 'ada');
    await until({
      what: 'the edits to be forgotten',
      async probe() {
        const reply = await postCommand(gateway, cookie, 'list-edits', { id: ID });
        return reply.ok && reply.value.length === 0;
      },
    });
    await board.until('the board to be back', ({ link }) => link.state === 'live', 10_000);
  });
});
