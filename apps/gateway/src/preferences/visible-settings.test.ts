import { MAX_GROUP_MEMBERS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createUserSettingsStore } from './user-settings.ts';
import { visibleSettings } from './visible-settings.ts';

const numbered = (prefix: string) =>
  Array.from({ length: MAX_GROUP_MEMBERS }, (_, index) => `${prefix}${index}`);
const ALL = ['1', '2', '3', '4', '5', '6', ...numbered('hidden'), ...numbered('seen'), 'main', 'secret'];
/** The entry `main` is known by another of its numbers. */
const numberOf = (id: string) => (id === 'main' ? 'alias' : id);

const group = (members: readonly string[]) => ({ id: 'a', name: 'A', members });

function open() {
  const auth = openTestAuth();
  const stored = createUserSettingsStore({ db: auth.store.db });
  const account = auth.addAccount('rita');
  const hidden = new Set<string>();
  const seen = () => ALL.filter((id) => !hidden.has(id)).map((id) => [id, numberOf(id)] as const);
  const settings = visibleSettings(stored, () => ({
    visibleIds: new Map([...seen(), ['alias', 'alias']]),
    boardIds: new Map(seen().map(([boardId, id]) => [id, boardId])),
  }));
  const membersIn = (source: Pick<typeof stored, 'get'>) =>
    source.get(account).groups.find(({ id }) => id === 'a')?.members;
  return { account, stored, hidden, settings, membersIn };
}

it('[VI7] groups and alerts are sent without invisible extensions, and have them again once visible', () => {
  const { account, hidden, settings, membersIn } = open();
  settings.saveGroup(account, group(['1', '2', '3']));
  settings.setPreferences(account, { watchedExtensions: ['2', '3'] });
  hidden.add('2');
  expect(membersIn(settings)).toEqual(['1', '3']);
  expect(settings.get(account).preferences.watchedExtensions).toEqual(['3']);
  hidden.clear();
  expect(membersIn(settings)).toEqual(['1', '2', '3']);
  expect(settings.get(account).preferences.watchedExtensions).toEqual(['2', '3']);
});

it('[VI7] an edit leaves the invisible members where they are', () => {
  const { account, hidden, settings, membersIn } = open();
  settings.saveGroup(account, group(['1', '2', '3', '4', '5']));
  settings.setPreferences(account, { watchedExtensions: ['1', '2'] });
  hidden.add('1').add('3').add('4');
  settings.saveGroup(account, group(['5', '2', '6']));
  settings.setPreferences(account, { watchedExtensions: [], view: 'table' });
  hidden.clear();
  expect(membersIn(settings)).toEqual(['1', '5', '2', '3', '4', '6']);
  expect(settings.get(account).preferences).toMatchObject({ watchedExtensions: ['1'], view: 'table' });
});

it('[VI7] the number of invisible members shows in no limit', () => {
  const { account, hidden, settings, stored, membersIn } = open();
  settings.saveGroup(account, group(numbered('hidden')));
  for (const id of numbered('hidden')) hidden.add(id);
  expect(settings.saveGroup(account, group(numbered('seen')))).toBe(true);
  expect(membersIn(settings)).toEqual(numbered('seen'));
  expect(membersIn(stored)).toEqual(numbered('seen'));
});

it('[VI7] an invisible extension that is added is as one that does not exist', () => {
  const { account, hidden, settings, membersIn } = open();
  hidden.add('secret');
  expect(settings.saveGroup(account, group(['1', 'secret', 'nowhere']))).toBe(true);
  expect(membersIn(settings)).toEqual(['1']);
});

it('[VI7] a member that is visible by another of its numbers is stored by the first', () => {
  const { account, settings, stored, membersIn } = open();
  settings.saveGroup(account, group(['1', 'alias']));
  settings.setPreferences(account, { watchedExtensions: ['alias'] });
  expect(membersIn(stored)).toEqual(['1', 'main']);
  expect(membersIn(settings)).toEqual(['1', 'alias']);
  expect(settings.get(account).preferences.watchedExtensions).toEqual(['alias']);
});

it('[VI7] [KN6] a member that is stored by any of its numbers is sent once', () => {
  const { account, settings, stored, membersIn } = open();
  stored.saveGroup(account, group(['alias', '1', 'main']));
  expect(membersIn(settings)).toEqual(['alias', '1']);
  settings.saveGroup(account, group(['1']));
  expect(membersIn(stored)).toEqual(['1']);
});

it('[VI7] an account that sees everything has its settings as they are stored', () => {
  const { account, stored } = open();
  const settings = visibleSettings(stored, () => null);
  settings.saveGroup(account, group(['1', 'nowhere']));
  expect(settings.get(account)).toEqual(stored.get(account));
  expect(settings.get(account).groups[1]?.members).toEqual(['1', 'nowhere']);
});
