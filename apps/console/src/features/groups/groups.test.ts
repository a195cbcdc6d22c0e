import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { rowOf } from '../../live/testing/row-of.ts';
import { type Group, groupsOf, idsOfGroup, keyOf, labelOf, membership, sameGroups } from './groups.ts';

const inDepartment = (exten: string, department: string) =>
  rowOf(exten, { person: { name: exten, department, email: '', mobile: '' } });
const groups = (rows: ReturnType<typeof rowOf>[]) => {
  const { departments, contexts } = groupsOf(new Map(rows.map((row) => [row.id, row])), [], 'en');
  const [byDepartment, byContext] = [departments, contexts].map((parts) =>
    parts.map(({ group, count }) => `${labelOf(translateEnglish, group, [])} ${count}`),
  );
  return { byDepartment, byContext };
};

it('[BD8] groups by department where the directory names any, those without one last', () => {
  const rows = [
    inDepartment('1', 'Support'),
    inDepartment('2', ''),
    inDepartment('3', 'Accounts'),
    inDepartment('4', 'Support'),
  ];
  expect(groups(rows)).toEqual({
    byDepartment: ['Accounts 1', 'Support 2', 'No department 1'],
    byContext: [],
  });
});

it('[BD8] groups by context where there are several, beside departments too', () => {
  const doors = rowOf('2', { context: 'doors' });
  const byContext = ['default 1', 'doors 1'];
  expect(groups([rowOf('1'), doors])).toEqual({ byDepartment: [], byContext });
  const both = groups([inDepartment('1', 'Sales'), doors]);
  expect(both).toEqual({ byDepartment: ['Sales 1', 'No department 1'], byContext });
  expect(groups([rowOf('1')])).toEqual({ byDepartment: [], byContext: [] });
});

it('[BD8] a department that is called “No department” is another than none', () => {
  const [named, none] = ['No department', ''].map((department) =>
    groupsOf(
      new Map([inDepartment('1', department), inDepartment('2', 'Sales')].map((row) => [row.id, row])),
      [],
      'en',
    ),
  );
  expect(named && none && sameGroups(named, none)).toBe(false);
  const keys = ['No department', ''].map((name) => keyOf({ kind: 'department', name }));
  expect(new Set(keys).size).toBe(2);
});

it('[BD8] everyone belongs to Everyone', () => {
  expect(membership({ kind: 'everyone' }, [])(rowOf('1'))).toBe(true);
  expect(membership({ kind: 'context', name: 'doors' }, [])(rowOf('1'))).toBe(false);
});

const ROWS = ['1', '2', '3'].map((exten) => inDepartment(exten, exten === '2' ? 'Support' : 'Sales'));
const OWN = [{ id: 'g1', name: 'Desk', members: ['3@default', '9@default', '1@default'] }];
const idsOf = (group: Group) =>
  idsOfGroup(
    group,
    ROWS.map(({ id }) => id),
    new Map(ROWS.map((row) => [row.id, row])),
    OWN,
  );

it('[GR2] an own group stands in the order that was chosen, without those who are not on the board', () => {
  expect(idsOf({ kind: 'own', id: 'g1' })).toEqual(['3@default', '1@default']);
  expect(idsOf({ kind: 'department', name: 'Sales' })).toEqual(['1@default', '3@default']);
  expect(ROWS.filter(membership({ kind: 'own', id: 'g1' }, OWN)).map(({ exten }) => exten)).toEqual([
    '1',
    '3',
  ]);
});

it('[GR3] a group that was removed has nobody, and says that it is gone', () => {
  expect(idsOf({ kind: 'own', id: 'g2' })).toEqual([]);
  expect(labelOf(translateEnglish, { kind: 'own', id: 'g2' }, OWN)).toBe('This group is gone');
});
