import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { rowOf } from '../../live/testing/row-of.ts';
import { groupsOf, inGroup, keyOf, labelOf, sameGroups } from './groups.ts';

const inDepartment = (exten: string, department: string) =>
  rowOf(exten, { person: { name: exten, department, email: '', mobile: '' } });
const groups = (rows: ReturnType<typeof rowOf>[]) => {
  const { kind, parts } = groupsOf(new Map(rows.map((row) => [row.id, row])), 'en');
  return [
    kind === null ? null : translateEnglish(`group.by-${kind}`),
    ...parts.map(({ group, count }) => `${labelOf(translateEnglish, group)} ${count}`),
  ];
};

it('[BD8] groups by department where the directory names any, those without one last', () => {
  const rows = [
    inDepartment('1', 'Support'),
    inDepartment('2', ''),
    inDepartment('3', 'Accounts'),
    inDepartment('4', 'Support'),
  ];
  expect(groups(rows)).toEqual(['Departments', 'Accounts 1', 'Support 2', 'No department 1']);
});

it('[BD8] groups by context where there are several and no departments, else not at all', () => {
  expect(groups([rowOf('1'), rowOf('2', { context: 'doors' })])).toEqual([
    'Contexts',
    'default 1',
    'doors 1',
  ]);
  expect(groups([rowOf('1')])).toEqual([null]);
});

it('[BD8] a department that is called “No department” is another than none', () => {
  const [named, none] = ['No department', ''].map((department) =>
    groupsOf(
      new Map([inDepartment('1', department), inDepartment('2', 'Sales')].map((row) => [row.id, row])),
      'en',
    ),
  );
  expect(named && none && sameGroups(named, none)).toBe(false);
  const keys = ['No department', ''].map((name) => keyOf({ kind: 'department', name }));
  expect(new Set(keys).size).toBe(2);
});

it('[BD8] everyone belongs to Everyone', () => {
  expect(inGroup(rowOf('1'), { kind: 'everyone' })).toBe(true);
  expect(inGroup(rowOf('1'), { kind: 'context', name: 'doors' })).toBe(false);
});
