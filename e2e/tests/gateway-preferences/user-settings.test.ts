import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_PREFERENCES, type UserSettings } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import { postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { openTestClient, startTestSite } from '../../testkit/site/test-site.ts';

const { gateway } = startTestSite();

function waitForSettings(client: BoardClient, what: string, probe: (settings: UserSettings) => boolean) {
  const hasThem = (settings = client.settings()) => settings !== undefined && probe(settings);
  return client.waitUntil(what, () => hasThem(), 1000);
}
const SALES = { id: 'sales', name: 'Sales 📞', members: ['1102@default', '1109@default', 'gone@default'] };

it('[OB1] what an account changes at one computer the other has within a second, and nobody else', async () => {
  const [desk, laptop, alice] = [
    await openTestClient(gateway()),
    await openTestClient(gateway()),
    await openTestClient(gateway(), { as: 'alice' }),
  ];
  const first = { preferences: DEFAULT_PREFERENCES, groups: [{ id: 'favourites', name: '', members: [] }] };
  expect([desk.settings(), laptop.settings(), alice.settings()]).toEqual([first, first, first]);

  unwrapReply(await desk.command('set-preferences', { account: 'rita', preferences: { view: 'table' } }));
  await waitForSettings(laptop, 'the table', ({ preferences }) => preferences.view === 'table');
  const silent = { account: 'Rita', preferences: { alertSound: false } };
  unwrapReply(await laptop.command('set-preferences', silent));
  unwrapReply(await laptop.command('save-group', { account: 'rita', group: SALES }));
  await waitForSettings(desk, 'the group', ({ groups }) => groups.length === 2);
  const changed = {
    preferences: { ...DEFAULT_PREFERENCES, view: 'table', alertSound: false },
    groups: [...first.groups, SALES],
  };
  for (const board of [desk, laptop])
    await waitForSettings(board, 'all of it', (settings) => isDeepStrictEqual(settings, changed));
  expect(alice.settings()).toEqual(first);
});

it('[OB1] all is still there after the gateway was killed', async () => {
  const cookie = await signIn(gateway(), 'rita');
  const favourites = { id: 'favourites', name: '', members: ['1107@default'] };
  unwrapReply(await postCommand(gateway(), cookie, 'save-group', { account: 'rita', group: favourites }));
  const client = await openTestClient(gateway(), { cookie });
  const before = client.settings();
  expect(before?.groups[0]).toEqual(favourites);
  await gateway().kill();
  await gateway().start();
  const after = await openTestClient(gateway(), { cookie });
  expect(after.settings()).toEqual(before);
});

it('[OB1] a new account of the same name begins anew', async () => {
  const admin = await signIn(gateway(), 'ada');
  const password = 'tangerine kettle 7';
  const settings = { role: 'user' as const, extensions: [], disabled: false };
  const hire = () => postCommand(gateway(), admin, 'add-account', { name: 'temp', password, settings });
  const signInTemp = () => signIn(gateway(), { account: 'temp', password });
  unwrapReply(await hire());
  const cookie = await signInTemp();
  unwrapReply(await postCommand(gateway(), cookie, 'save-group', { account: 'temp', group: SALES }));
  unwrapReply(await postCommand(gateway(), admin, 'remove-account', { account: 'temp' }));
  unwrapReply(await hire());
  const client = await openTestClient(gateway(), { cookie: await signInTemp() });
  expect(client.settings()?.groups).toHaveLength(1);
});

it('[OB2] one group too many is refused, and so is a group that is too large', async () => {
  const client = await openTestClient(gateway(), { as: 'ada' });
  const save = (id: string, members: string[] = []) =>
    client.command('save-group', { account: 'ada', group: { id, name: id, members } });
  for (let count = 1; count < 40; count++) unwrapReply(await save(`g${count}`));
  expect(await save('one more')).toMatchObject({ code: 'limit-reached' });
  const many = Array.from({ length: 201 }, (_, index) => `${index}@default`);
  expect(await save('g1', many)).toMatchObject({ code: 'invalid' });
  await waitForSettings(client, 'every group', ({ groups }) => groups.length === 40);
});

it('[TP1] own templates are one’s own, those of the site everybody’s, after a restart too', async () => {
  const [rita, alice] = [await signIn(gateway(), 'rita'), await signIn(gateway(), 'alice')];
  const template = {
    id: 'lunch',
    name: 'Lunch',
    state: 'away',
    subtype: 'Lunch 🍜',
    message: 'two\nlines',
    returnTime: { kind: 'at', minutes: 13 * 60, thenState: 'available' },
  } as const;
  unwrapReply(await postCommand(gateway(), rita, 'save-template', { account: 'rita', template }));
  const site = { ...template, id: 'holiday', name: 'Holiday', returnTime: null };
  unwrapReply(await postCommand(gateway(), rita, 'save-site-template', { template: site }));
  await gateway().kill();
  await gateway().start();
  const list = async (cookie: string, account: string) =>
    unwrapReply(await postCommand(gateway(), cookie, 'list-templates', { account }));
  expect(await list(rita, 'rita')).toEqual({ user: [template], site: [site] });
  expect(await list(alice, 'alice')).toEqual({ user: [], site: [site] });
});

it('[TP3] what was set on the board is offered again, to oneself and to others as the site’s', async () => {
  const rita = await openTestClient(gateway());
  await rita.waitUntilLive();
  await rita.forceSetPresence('1105@default', { state: 'away', subtype: 'Dentist', message: 'back at four' });
  const alice = await signIn(gateway(), 'alice');
  const used = { subtypes: ['Dentist'], messages: ['back at four'] };
  const ritas = unwrapReply(await rita.command('list-recent-values', { account: 'rita' }));
  expect(ritas).toEqual({ user: used, site: used });
  const alices = unwrapReply(await postCommand(gateway(), alice, 'list-recent-values', { account: 'alice' }));
  expect(alices).toEqual({ user: { subtypes: [], messages: [] }, site: used });
});
