import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { mapOf, personNamed, testExtension, testLine } from '../../testing/fixtures.ts';
import { NO_NAMES } from '../../data/socket/connection-state.ts';
import { type Group, countGroups, groupMemberIds, groupKey, groupLabel, isMember } from './groups.ts';

const inDepartment = (exten: string, department: string) =>
  testExtension(exten, { person: personNamed(exten, department) });
const groups = (extensions: ReturnType<typeof testExtension>[]) => {
  const { departments, contexts } = countGroups(mapOf(extensions), [], NO_NAMES, 'en');
  const [byDepartment, byContext] = [departments, contexts].map((parts) =>
    parts.map(({ group, count }) => `${groupLabel(translateEnglish, group, [], NO_NAMES)} ${count}`),
  );
  return { byDepartment, byContext };
};

it('[BD8] groups by department where there are any, extensions without one last', () => {
  const extensions = [
    inDepartment('1', 'Support'),
    inDepartment('2', ''),
    inDepartment('3', 'Accounts'),
    inDepartment('4', 'Support'),
  ];
  expect(groups(extensions)).toEqual({
    byDepartment: ['Accounts 1', 'Support 2', 'No department 1'],
    byContext: [],
  });
});

it('[BD8] groups by context where there are several, in addition to departments', () => {
  const doors = testExtension('2', { context: 'doors' });
  const byContext = ['default 1', 'doors 1'];
  expect(groups([testExtension('1'), doors])).toEqual({ byDepartment: [], byContext });
  const both = groups([inDepartment('1', 'Sales'), doors]);
  expect(both).toEqual({ byDepartment: ['Sales 1', 'No department 1'], byContext });
  expect(groups([testExtension('1')])).toEqual({ byDepartment: [], byContext: [] });
});

it('[BD8] a department named “No department” differs from none', () => {
  const [named, none] = ['No department', ''].map((department) =>
    countGroups(mapOf([inDepartment('1', department), inDepartment('2', 'Sales')]), [], NO_NAMES, 'en'),
  );
  expect(named).not.toEqual(none);
  const keys = ['No department', ''].map((name) => groupKey({ kind: 'department', name }));
  expect(new Set(keys).size).toBe(2);
});

it('[BD8] everyone is in Everyone', () => {
  expect(isMember({ kind: 'everyone' }, [])(testExtension('1'))).toBe(true);
  expect(isMember({ kind: 'context', name: 'doors' }, [])(testExtension('1'))).toBe(false);
});

const EXTENSIONS = ['1', '2', '3'].map((exten) => inDepartment(exten, exten === '2' ? 'Support' : 'Sales'));
const USER_GROUPS = [{ id: 'g1', name: 'Desk', members: ['3@default', '9@default', '1@default'] }];
const idsOf = (group: Group) =>
  groupMemberIds(
    group,
    EXTENSIONS.map(({ id }) => id),
    mapOf(EXTENSIONS),
    USER_GROUPS,
  );

it('[GR2] a user’s group has its chosen order, without extensions that are not on the board', () => {
  expect(idsOf({ kind: 'user', id: 'g1' })).toEqual(['3@default', '1@default']);
  expect(idsOf({ kind: 'department', name: 'Sales' })).toEqual(['1@default', '3@default']);
  expect(
    EXTENSIONS.filter(isMember({ kind: 'user', id: 'g1' }, USER_GROUPS)).map(({ exten }) => exten),
  ).toEqual(['1', '3']);
});

it('[GR3] a deleted group is empty, and is labelled so', () => {
  expect(idsOf({ kind: 'user', id: 'g2' })).toEqual([]);
  const deleted = { kind: 'user', id: 'g2' } as const;
  expect(groupLabel(translateEnglish, deleted, USER_GROUPS, NO_NAMES)).toBe('This group was deleted');
});

it('[KP1] departments and contexts are of people and rooms', () => {
  const extensions = [
    inDepartment('1', 'Sales'),
    testLine('parking', '71', { context: 'park-hints', person: personNamed('71', 'Sales') }),
  ];
  expect(groups(extensions)).toEqual({ byDepartment: ['Sales 1'], byContext: [] });
  const department = { kind: 'department', name: 'Sales' } as const;
  expect(extensions.filter(isMember(department, [])).map(({ exten }) => exten)).toEqual(['1']);
});
