import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_PREFERENCES, type OwnBoard } from '@lampboard/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemoPbxUnderTest } from '../every-pbx/demo-pbx.ts';
import type { PbxUnderTest } from '../pbx/pbx-under-test.ts';
import { until } from '../processes/until.ts';
import { type OpenBoard, openBoard } from './open-board.ts';
import { postCommand, signIn, valueOf } from './sign-in.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

let pbx: PbxUnderTest;
let gateway: RunningGateway;
beforeAll(async () => {
  pbx = await startDemoPbxUnderTest();
  gateway = await startGateway({ amiPort: pbx.amiPort });
});
afterAll(async () => {
  await gateway.stop();
  await pbx.stop();
});

const untilOwn = (board: OpenBoard, what: string, probe: (own: OwnBoard) => boolean) =>
  until({
    what,
    ms: 1000,
    everyMs: 5,
    probe: () => {
      const own = board.own();
      return own !== undefined && probe(own);
    },
  });
const SALES = { id: 'sales', name: 'Sales 📞', members: ['1102@default', '1109@default', 'gone@default'] };

it('[OB1] what an account changes at one computer the other has within a second, and nobody else', async () => {
  const [desk, laptop, alice] = [
    await openBoard(gateway),
    await openBoard(gateway),
    await openBoard(gateway, { as: 'alice' }),
  ];
  const first = { preferences: DEFAULT_PREFERENCES, groups: [{ id: 'favourites', name: '', members: [] }] };
  expect([desk.own(), laptop.own(), alice.own()]).toEqual([first, first, first]);

  valueOf(await desk.command('set-preferences', { account: 'rita', preferences: { view: 'table' } }));
  await untilOwn(laptop, 'the table', ({ preferences }) => preferences.view === 'table');
  valueOf(await laptop.command('set-preferences', { account: 'Rita', preferences: { sound: false } }));
  valueOf(await laptop.command('save-group', { account: 'rita', group: SALES }));
  await untilOwn(desk, 'the group', ({ groups }) => groups.length === 2);
  const changed = {
    preferences: { ...DEFAULT_PREFERENCES, view: 'table', sound: false },
    groups: [...first.groups, SALES],
  };
  for (const board of [desk, laptop])
    await untilOwn(board, 'all of it', (own) => isDeepStrictEqual(own, changed));
  expect(alice.own()).toEqual(first);
  for (const board of [desk, laptop, alice]) board.close();
});

it('[OB1] all is still there after the gateway was killed', async () => {
  const cookie = await signIn(gateway, 'rita');
  const favourites = { id: 'favourites', name: '', members: ['1107@default'] };
  valueOf(await postCommand(gateway, cookie, 'save-group', { account: 'rita', group: favourites }));
  const board = await openBoard(gateway, { cookie });
  const before = board.own();
  expect(before?.groups[0]).toEqual(favourites);
  await gateway.kill();
  await gateway.start();
  const after = await openBoard(gateway, { cookie });
  expect(after.own()).toEqual(before);
  board.close();
  after.close();
});

it('[OB1] a new account of the same name begins anew', async () => {
  const admin = await signIn(gateway, 'ada');
  const password = 'tangerine kettle 7';
  const hire = () =>
    postCommand(gateway, admin, 'add-account', {
      name: 'temp',
      password,
      settings: { role: 'user', extensions: [], disabled: false },
    });
  valueOf(await hire());
  const cookie = await signIn(gateway, { account: 'temp', password });
  valueOf(await postCommand(gateway, cookie, 'save-group', { account: 'temp', group: SALES }));
  valueOf(await postCommand(gateway, admin, 'remove-account', { account: 'temp' }));
  valueOf(await hire());
  const board = await openBoard(gateway, { cookie: await signIn(gateway, { account: 'temp', password }) });
  expect(board.own()?.groups).toHaveLength(1);
  board.close();
});

it('[OB2] one group too many is refused, and so is a group that is too large', async () => {
  const board = await openBoard(gateway, { as: 'ada' });
  const group = (id: string, members: string[] = []) => ({ id, name: id, members });
  for (let count = 1; count < 40; count++)
    valueOf(await board.command('save-group', { account: 'ada', group: group(`g${count}`) }));
  expect(await board.command('save-group', { account: 'ada', group: group('one more') })).toMatchObject({
    code: 'full',
  });
  const many = Array.from({ length: 201 }, (_, index) => `${index}@default`);
  expect(await board.command('save-group', { account: 'ada', group: group('g1', many) })).toMatchObject({
    code: 'invalid',
  });
  await untilOwn(board, 'every group', ({ groups }) => groups.length === 40);
  board.close();
});

it('[TP1] own templates are one’s own, those of the site everybody’s, after a restart too', async () => {
  const [rita, alice] = [await signIn(gateway, 'rita'), await signIn(gateway, 'alice')];
  const template = {
    id: 'lunch',
    name: 'Lunch',
    state: 'away',
    subtype: 'Lunch 🍜',
    message: 'two\nlines',
    back: { kind: 'at', minutes: 13 * 60, next: 'available' },
  } as const;
  valueOf(await postCommand(gateway, rita, 'save-template', { account: 'rita', template }));
  const site = { ...template, id: 'holiday', name: 'Holiday', back: null };
  valueOf(await postCommand(gateway, rita, 'save-site-template', { template: site }));
  await gateway.kill();
  await gateway.start();
  const list = async (cookie: string, account: string) =>
    valueOf(await postCommand(gateway, cookie, 'list-templates', { account }));
  expect(await list(rita, 'rita')).toEqual({ own: [template], site: [site] });
  expect(await list(alice, 'alice')).toEqual({ own: [], site: [site] });
});

it('[TP3] what was set on the board is offered again, to oneself and to others as the site’s', async () => {
  const rita = await openBoard(gateway);
  await rita.until('a live board', ({ link }) => link.state === 'live');
  await rita.settle('1105@default', { state: 'away', subtype: 'Dentist', message: 'back at four' });
  const alice = await signIn(gateway, 'alice');
  const used = { subtypes: ['Dentist'], messages: ['back at four'] };
  expect(valueOf(await rita.command('list-last-used', { account: 'rita' }))).toEqual({
    own: used,
    site: used,
  });
  expect(valueOf(await postCommand(gateway, alice, 'list-last-used', { account: 'alice' }))).toEqual({
    own: { subtypes: [], messages: [] },
    site: used,
  });
  rita.close();
});
