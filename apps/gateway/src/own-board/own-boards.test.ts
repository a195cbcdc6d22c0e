import { DEFAULT_PREFERENCES, GROUPS_MAX } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createOwnBoards } from './own-boards.ts';

const FAVOURITES = { id: 'favourites', name: '', members: [] };

function open() {
  const identity = openTestIdentity();
  const { accounts, store } = identity;
  const add = (name: string) =>
    accounts.add({ name, role: 'user', extensions: [], proof: 'password' })?.id ?? 0;
  const ownBoards = createOwnBoards({ db: store.db });
  return { ...identity, ownBoards, alice: add('alice'), bob: add('bob') };
}
const group = (id: string, ...members: string[]) => ({ id, name: `Group ${id}`, members });

it('[OB1] begins with the board as it is at first, and the favourites empty', () => {
  const { ownBoards, alice } = open();
  expect(ownBoards.get(alice)).toEqual({ preferences: DEFAULT_PREFERENCES, groups: [FAVOURITES] });
});

it('[OB1] keeps each account’s own, also after the next start, and tells whose has changed', () => {
  const { ownBoards, store, alice, bob } = open();
  const told: number[] = [];
  ownBoards.subscribe((id) => told.push(id));
  ownBoards.setPreferences(alice, { view: 'table' });
  ownBoards.setPreferences(alice, { sound: false, tellMe: ['1101@default'] });
  ownBoards.saveGroup(alice, group('a', '1101@default'));
  const mine = {
    preferences: { ...DEFAULT_PREFERENCES, view: 'table', sound: false, tellMe: ['1101@default'] },
    groups: [FAVOURITES, group('a', '1101@default')],
  };
  expect(ownBoards.get(alice)).toEqual(mine);
  expect(createOwnBoards({ db: store.db }).get(alice)).toEqual(mine);
  expect(ownBoards.get(bob)).toEqual({ preferences: DEFAULT_PREFERENCES, groups: [FAVOURITES] });
  expect(told).toEqual([alice, alice, alice]);
});

it.each([
  ['no JSON', {}],
  ['null', {}],
  ['[1]', {}],
  ['{"view":"tables","sound":false,"gone":1,"density":7,"filter":{"show":"old"}}', { sound: false }],
])('[OB1] of %j only the fields that are still understood count', (stored, understood) => {
  const { ownBoards, store, alice } = open();
  store.db.prepare('INSERT INTO preferences VALUES (?, ?)').run(alice, stored);
  expect(ownBoards.get(alice).preferences).toEqual({ ...DEFAULT_PREFERENCES, ...understood });
  ownBoards.setPreferences(alice, { density: 'compact' });
  expect(ownBoards.get(alice).preferences).toEqual({
    ...DEFAULT_PREFERENCES,
    ...understood,
    density: 'compact',
  });
});

it('[OB2] favourites are first and have no name; other groups keep their place until they are put elsewhere', () => {
  const { ownBoards, alice } = open();
  for (const id of ['a', 'b', 'c', 'd']) ownBoards.saveGroup(alice, group(id));
  ownBoards.saveGroup(alice, { id: 'favourites', name: 'Mine', members: ['1102@default'] });
  ownBoards.saveGroup(alice, group('b', '1103@default'));
  const ids = () => ownBoards.get(alice).groups.map(({ id }) => id);
  expect(ids()).toEqual(['favourites', 'a', 'b', 'c', 'd']);
  ownBoards.orderGroups(alice, ['d', 'nowhere', 'favourites', 'b', 'd']);
  expect(ids()).toEqual(['favourites', 'd', 'b', 'a', 'c']);
  ownBoards.saveGroup(alice, group('e'));
  ownBoards.removeGroup(alice, 'b');
  expect(ids()).toEqual(['favourites', 'd', 'a', 'c', 'e']);
  expect(ownBoards.get(alice).groups[0]).toEqual({ ...FAVOURITES, members: ['1102@default'] });
});

it('[OB2] there are so many groups at most, the favourites among them', () => {
  const { ownBoards, alice, bob } = open();
  for (let count = 1; count < GROUPS_MAX; count++)
    expect(ownBoards.saveGroup(alice, group(`g${count}`))).toBe(true);
  expect(ownBoards.saveGroup(alice, group('one more'))).toBe(false);
  expect(ownBoards.get(alice).groups).toHaveLength(GROUPS_MAX);
  expect(ownBoards.saveGroup(alice, group('g7', '1101@default'))).toBe(true);
  expect(ownBoards.saveGroup(alice, { ...FAVOURITES, members: ['1101@default'] })).toBe(true);
  expect(ownBoards.saveGroup(bob, group('his first'))).toBe(true);
});

it('[OB1] goes with its account', () => {
  const { ownBoards, accounts, store, alice, bob } = open();
  for (const id of [alice, bob]) {
    ownBoards.setPreferences(id, { view: 'table' });
    ownBoards.saveGroup(id, group('a'));
  }
  accounts.remove(alice);
  for (const table of ['preferences', 'own_groups'])
    expect(store.db.prepare(`SELECT account_id FROM ${table}`).all()).toMatchObject([{ account_id: bob }]);
});
