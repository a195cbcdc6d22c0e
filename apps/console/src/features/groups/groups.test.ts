import { expect, it } from 'vitest';
import { rowOf } from '../../live/fake-live.ts';
import { groupsOf, inGroup } from './groups.ts';

const inDepartment = (exten: string, department: string) =>
  rowOf(exten, { person: { name: exten, department, email: '', mobile: '' } });
const groups = (rows: ReturnType<typeof rowOf>[]) => {
  const { title, parts } = groupsOf(new Map(rows.map((row) => [row.id, row])));
  return [title, ...parts.map(({ label, count }) => `${label} ${count}`)];
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

it('[BD8] everyone belongs to Everyone', () => {
  expect(inGroup(rowOf('1'), { kind: 'everyone' })).toBe(true);
  expect(inGroup(rowOf('1'), { kind: 'context', name: 'doors' })).toBe(false);
});
