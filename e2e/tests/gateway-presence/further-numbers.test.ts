import { FAVOURITES, type Presence } from '@lampboard/protocol';
import { beforeAll, expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { openBoardClient, startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { POOL_PASSWORD } from '../../testkit/gateway/account-pool.ts';
import { postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { type Hint, inDefault, standardHints } from '../../testkit/pbx/pbx-under-test.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

const MAIN = '1106@default';
const INTERCOM = '*801106@default';
const IN_SALES = '1106@sales';
/** A shorter number, by which the entry is known once it is there. */
const SHORTER = '106@default';
const AVAILABLE: Presence = { state: 'available', subtype: '', message: '' };
const away = (message: string): Presence => ({ state: 'away', subtype: '', message });

const HINT = 'PJSIP/1106,CustomPresence:1106';
const FURTHER: readonly Hint[] = [
  inDefault('*801106', HINT),
  { exten: '1106', context: 'sales', hint: HINT },
];
const HINTS = [...standardHints(), ...FURTHER];

await describeEachPbx((pbx) => {
  const site = startForSuite(() =>
    startGatewayWithClient(pbx(), { env: { LAMPBOARD_HIDE_OTHERS_MESSAGES: 'true' } }),
  );
  const desk = () => site().client;
  /** Has no extension but a further number. */
  const tom = startForSuite(async () => {
    const { gateway } = site();
    const settings = { role: 'user' as const, extensions: [IN_SALES], disabled: false };
    const admin = await signIn(gateway, 'ada');
    await postCommand(gateway, admin, 'add-account', { name: 'tom', password: POOL_PASSWORD, settings });
    const cookie = await signIn(gateway, { account: 'tom', password: POOL_PASSWORD });
    return openBoardClient(gateway, { cookie });
  });

  const forbidden = { ok: false, code: 'forbidden' };

  beforeAll(async () => {
    await pbx().reload(HINTS);
    await desk().waitUntil('the further numbers', ({ extensions }) => {
      const { aliases = [] } = extensions.get(MAIN) ?? {};
      return aliases.includes(INTERCOM) && aliases.includes(IN_SALES);
    });
    await desk().forceSetPresence(MAIN, AVAILABLE);
  });

  it('[KN7] an account with a further number sets its presence by any number, and nobody else’s', async () => {
    for (const id of [MAIN, IN_SALES, INTERCOM]) {
      await desk().waitUntil('Available', () => desk().presence(MAIN).state === 'available');
      expect(await tom().setPresence(id, away(`by ${id}`), AVAILABLE), id).toMatchObject({ ok: true });
      await tom().waitUntil('the message', () => tom().presence(MAIN).message === `by ${id}`);
      expect(desk().presence(MAIN).message).toBe(`by ${id}`);
      await desk().forceSetPresence(MAIN, AVAILABLE);
    }
    expect(await pbx().readPresence('CustomPresence:1106')).toEqual(AVAILABLE);
    expect(await tom().setPresence('1101@default', away('not his'))).toMatchObject(forbidden);
    const changes = await tom().command('list-presence-changes', { id: IN_SALES });
    expect(unwrapReply(changes).map(({ to }) => to.message)).toContain(`by ${INTERCOM}`);
    expect(await tom().command('list-history', { id: INTERCOM })).toMatchObject({ ok: true });
    expect(await tom().command('list-history', { id: '1101@default' })).toMatchObject(forbidden);
  });

  it('[KN7] [RG4] he reads the messages of his entry, and not those of others', async () => {
    await desk().forceSetPresence('1107@default', away('for the desk'));
    await desk().forceSetPresence(MAIN, away('for tom'));
    await tom().waitUntil('his message', () => tom().presence(MAIN).message === 'for tom');
    await tom().waitUntil('the other presence', () => tom().presence('1107@default').state === 'away');
    expect(tom().presence('1107@default').message).toBe('');
  });

  it('[KN8] [RT2] return time, author and edits stay when a shorter number is added', async () => {
    await desk().forceSetPresence(MAIN, AVAILABLE);
    const returnTime = { at: Date.now() + 4000, thenState: 'available' } as const;
    const edit = { id: IN_SALES, presence: away('back soon'), base: AVAILABLE, returnTime };
    expect(await tom().command('set-presence', edit)).toMatchObject({ ok: true });
    await desk().waitUntil('the return time', () => desk().extension(MAIN).returnTime !== null);
    const before = desk().extension(MAIN);
    await pbx().reload([...HINTS, inDefault('106', HINT)]);
    await desk().waitUntil('the shorter number', ({ extensions }) => extensions.has(SHORTER));
    const { presence, presenceSetAt, presenceSetBy, person } = before;
    expect(desk().extension(SHORTER)).toMatchObject({ presence, presenceSetAt, presenceSetBy, returnTime });
    expect(desk().extension(SHORTER).person).toMatchObject({ ...person, name: expect.any(String) });
    expect(desk().board().extensions.has(MAIN)).toBe(false);

    await desk().waitUntil('to be back', () => desk().presence(SHORTER).state === 'available', 8000);
    expect(desk().extension(SHORTER).presenceSetBy).toMatchObject({ kind: 'return-time', name: 'tom' });
    expect(await tom().setPresence(IN_SALES, away('again'), AVAILABLE)).toMatchObject({ ok: true });
    const changes = unwrapReply(await tom().command('list-presence-changes', { id: SHORTER }));
    expect(changes.slice(0, 3).map(({ to }) => to.message)).toEqual(['again', '', 'back soon']);
    const { entries } = unwrapReply(await tom().command('list-history', { id: MAIN }));
    expect(entries.map((entry) => entry.presence)).toContain('away');
    expect(entries.filter((entry) => entry.presence === null)).toEqual([]);
  });

  it('[KN6] stored members and alerts reach the entry by any of its numbers', async () => {
    const members = [IN_SALES, MAIN, '1107@default'];
    const group = { id: FAVOURITES, name: '', members };
    unwrapReply(await tom().command('save-group', { account: 'tom', group }));
    const limits = { pbxs: [], contexts: ['default'], departments: [] };
    const { gateway } = site();
    const admin = await signIn(gateway, 'ada');
    const settings = { role: 'user' as const, extensions: [IN_SALES], disabled: false, limits };
    await postCommand(gateway, admin, 'change-account', { account: 'tom', settings });
    await tom().waitUntil(
      'each once',
      () => tom().settings()?.groups[0]?.members.join() === `${SHORTER},1107@default`,
    );
  });
});
