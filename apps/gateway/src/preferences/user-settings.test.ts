import { DEFAULT_PREFERENCES, MAX_GROUPS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createUserSettingsStore } from './user-settings.ts';

const FAVOURITES = { id: 'favourites', name: '', members: [] };

function open() {
  const auth = openTestAuth();
  const userSettings = createUserSettingsStore({ db: auth.store.db });
  return { ...auth, userSettings, alice: auth.addAccount('alice'), bob: auth.addAccount('bob') };
}
const group = (id: string, ...members: string[]) => ({ id, name: `Group ${id}`, members });

it('[OB1] begins with default preferences and empty favourites', () => {
  const { userSettings, alice } = open();
  expect(userSettings.get(alice)).toEqual({ preferences: DEFAULT_PREFERENCES, groups: [FAVOURITES] });
});

it('[OB1] stores the settings of each account, and notifies of changes', () => {
  const { userSettings, store, alice, bob } = open();
  const notified: number[] = [];
  userSettings.subscribe((id) => notified.push(id));
  userSettings.setPreferences(alice, { view: 'table' });
  userSettings.setPreferences(alice, { alertSound: false, watchedExtensions: ['1101@default'] });
  userSettings.saveGroup(alice, group('a', '1101@default'));
  const changed = { view: 'table', alertSound: false, watchedExtensions: ['1101@default'] };
  const groups = [FAVOURITES, group('a', '1101@default')];
  const expected = { preferences: { ...DEFAULT_PREFERENCES, ...changed }, groups };
  expect(userSettings.get(alice)).toEqual(expected);
  expect(createUserSettingsStore({ db: store.db }).get(alice)).toEqual(expected);
  expect(userSettings.get(bob)).toEqual({ preferences: DEFAULT_PREFERENCES, groups: [FAVOURITES] });
  expect(notified).toEqual([alice, alice, alice]);
});

it.each([
  ['no JSON', {}],
  ['null', {}],
  ['[1]', {}],
  [
    '{"view":"tables","alertSound":false,"gone":1,"density":7,"filter":{"preset":"old"}}',
    { alertSound: false },
  ],
])('[OB1] reads only the valid fields of %j', (stored, understood) => {
  const { userSettings, store, alice } = open();
  store.db.prepare('INSERT INTO preferences VALUES (?, ?)').run(alice, stored);
  const expected = { ...DEFAULT_PREFERENCES, ...understood };
  expect(userSettings.get(alice).preferences).toEqual(expected);
  userSettings.setPreferences(alice, { density: 'compact' });
  expect(userSettings.get(alice).preferences).toEqual({ ...expected, density: 'compact' });
});

it('[OB2] favourites are first and have no name; other groups keep their position', () => {
  const { userSettings, alice } = open();
  for (const id of ['a', 'b', 'c', 'd']) userSettings.saveGroup(alice, group(id));
  userSettings.saveGroup(alice, { id: 'favourites', name: 'Mine', members: ['1102@default'] });
  userSettings.saveGroup(alice, group('b', '1103@default'));
  const ids = () => userSettings.get(alice).groups.map(({ id }) => id);
  expect(ids()).toEqual(['favourites', 'a', 'b', 'c', 'd']);
  userSettings.reorderGroups(alice, ['d', 'nowhere', 'favourites', 'b', 'd']);
  expect(ids()).toEqual(['favourites', 'd', 'b', 'a', 'c']);
  userSettings.saveGroup(alice, group('e'));
  userSettings.removeGroup(alice, 'b');
  expect(ids()).toEqual(['favourites', 'd', 'a', 'c', 'e']);
  expect(userSettings.get(alice).groups[0]).toEqual({ ...FAVOURITES, members: ['1102@default'] });
});

it('[OB2] limits the number of groups, including the favourites', () => {
  const { userSettings, alice, bob } = open();
  for (let count = 1; count < MAX_GROUPS; count++)
    expect(userSettings.saveGroup(alice, group(`g${count}`))).toBe(true);
  expect(userSettings.saveGroup(alice, group('one more'))).toBe(false);
  expect(userSettings.get(alice).groups).toHaveLength(MAX_GROUPS);
  expect(userSettings.saveGroup(alice, group('g7', '1101@default'))).toBe(true);
  expect(userSettings.saveGroup(alice, { ...FAVOURITES, members: ['1101@default'] })).toBe(true);
  expect(userSettings.saveGroup(bob, group('his first'))).toBe(true);
});

it('[OB1] is removed with the account', () => {
  const { userSettings, accounts, store, alice, bob } = open();
  for (const id of [alice, bob]) {
    userSettings.setPreferences(id, { view: 'table' });
    userSettings.saveGroup(id, group('a'));
  }
  accounts.remove(alice);
  for (const table of ['preferences', 'user_groups'])
    expect(store.db.prepare(`SELECT account_id FROM ${table}`).all()).toMatchObject([{ account_id: bob }]);
});
