import type { Presence } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { openTestClient, startForSuite } from '../../testkit/site/test-site.ts';

const ID = '1105@default';
const PROVIDER = 'CustomPresence:1105';
const away = (message: string): Presence => ({ state: 'away', subtype: 'Lunch', message });
const RITA = { kind: 'account', name: 'rita', accountId: expect.any(Number) };
const TELEPHONE = { kind: 'phone' };

await describeEachPbx((pbx) => {
  const site = startForSuite(() => startGatewayWithClient(pbx()));
  const client = () => site().client;
  const gateway = () => site().gateway;
  const by = () => client().extension(ID).presenceSetBy;
  const waitForMessage = (text: string) =>
    client().waitUntil(text, () => client().presence(ID).message === text);
  async function edit(message: string): Promise<void> {
    await client().forceSetPresence(ID, away(message));
    await waitForMessage(message);
  }
  async function setOnPhone(message: string): Promise<void> {
    await pbx().setPresence(PROVIDER, away(message));
    await waitForMessage(message);
  }
  const listChanges = async (cookie: string) =>
    unwrapReply(await postCommand(gateway(), cookie, 'list-presence-changes', { id: ID }));

  it('[WH5] tells an edit made here from a change made on the telephone, also of a long text', async () => {
    const seen: unknown[] = [];
    client().socket.on('delta', ({ changes }) => {
      for (const change of changes)
        if (change.table === 'extensions' && change.op === 'patch' && change.id === ID)
          seen.push(change.fields.presenceSetBy);
    });
    await edit('set here');
    await setOnPhone('set there');
    await edit('déjà vu 😀 '.repeat(40));
    expect(seen).toEqual([RITA, TELEPHONE, RITA]);
    expect(Math.abs(Date.now() - (client().extension(ID).presenceSetAt ?? 0))).toBeLessThan(10_000);
  });

  it('[WH5] what was set on the telephone as it was set here before is the telephone’s', async () => {
    await client().forceSetPresence(ID, away('the same'));
    // An edit is attributed for a few seconds, in which older events may still arrive.
    await waitUntil(
      'the telephone to be told apart from the edit before',
      async () => {
        await setOnPhone('another');
        await setOnPhone('the same');
        return by()?.kind === 'phone';
      },
      { ms: 20_000, everyMs: 500 },
    );
    expect(by()).toEqual(TELEPHONE);
  });

  it('[WH5] who set what still stands is known after a restart of the gateway', async () => {
    await edit('it stands');
    const since = client().extension(ID).presenceSetAt;
    await gateway().kill();
    await gateway().start();
    const after = await openTestClient(gateway());
    await after.waitUntilLive();
    expect(after.extension(ID)).toMatchObject({ presenceSetBy: RITA, presence: away('it stands') });
    expect(Math.abs((after.extension(ID).presenceSetAt ?? 0) - (since ?? 0))).toBeLessThan(1000);
    await client().waitUntilLive(10_000);
  });

  it('[WH4] keeps each edit with who, when, from what to what, and what became of it', async () => {
    const cookie = await signIn(gateway(), 'ada');
    const before = client().presence(ID);
    expect(await pbx().readPresence(PROVIDER)).toEqual(before);
    const earlier = await listChanges(cookie);
    const set = (presence: Presence, base: Presence) =>
      postCommand(gateway(), cookie, 'set-presence', { id: ID, presence, base });
    expect(await set(away('by Ada'), before)).toMatchObject({ ok: true });
    expect(await set(away('too late'), before)).toMatchObject({ code: 'conflict' });
    expect(await set(away('x'.repeat(2000)), away('by Ada'))).toMatchObject({ code: 'too-long' });
    const [tooLong, conflict, done] = await listChanges(cookie);
    expect(done).toMatchObject({ actor: 'ada', from: before, to: away('by Ada'), result: 'ok' });
    expect(conflict).toMatchObject({ actor: 'ada', to: away('too late'), result: 'conflict' });
    expect(tooLong).toMatchObject({ actor: 'ada', from: away('by Ada'), result: 'too-long' });
    expect(Math.abs(Date.now() - (done?.timestamp ?? 0))).toBeLessThan(10_000);
    expect(await listChanges(cookie)).toHaveLength(Math.min(20, earlier.length + 3));
    expect(await pbx().readPresence(PROVIDER)).toEqual(away('by Ada'));
  });

  it('[WH4] forgets after the time that is set', async () => {
    await gateway().kill();
    await gateway().start({ LAMPBOARD_AUDIT_RETENTION_DAYS: '0.00001' });
    const cookie = await signIn(gateway(), 'ada');
    await waitUntil('the edits to be forgotten', async () => (await listChanges(cookie)).length === 0);
    await client().waitUntilLive(10_000);
  });
});
