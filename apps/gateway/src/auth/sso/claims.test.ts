import type { Role } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { extensionsFrom, nameFrom, roleFrom } from './claims.ts';

const ROLES = new Map<string, Role>([
  ['staff', 'user'],
  ['desk', 'receptionist'],
  ['pbx', 'admin'],
]);

it.each([
  ['desk', 'receptionist'],
  [['staff', 'desk'], 'receptionist'],
  [['pbx', 'staff'], 'admin'],
  [['nobody'], null],
  [['Desk'], null],
  [[], null],
  [undefined, null],
  [{ pbx: true }, null],
  [[['pbx']], null],
])('[SS2] maps the groups %j to the role %s', (groups, role) => {
  expect(roleFrom({ groups }, { roleClaim: 'groups', roles: ROLES })).toBe(role);
});

it('[SS2] * applies to unmapped values only, even if their role is higher', () => {
  const roles = new Map<string, Role>([
    ['*', 'receptionist'],
    ['guests', 'user'],
  ]);
  const role = (groups: unknown) => roleFrom({ groups }, { roleClaim: 'groups', roles });
  expect(role(undefined)).toBe('receptionist');
  expect(role(['sales'])).toBe('receptionist');
  expect(role(['guests'])).toBe('user');
});

it.each([
  ['1101', ['1101@default']],
  [1101, ['1101@default']],
  [' 1101 ', ['1101@default']],
  ['1101@sales', ['1101@sales']],
  ['bob@corp@ext-local', ['bob@corp@ext-local']],
  [
    ['1101', '1102@sales', '1101'],
    ['1101@default', '1102@sales'],
  ],
  [['', '1101, 1102', 'a b', '1@', null, true], []],
  [undefined, []],
])('[SS2] maps the claim %j to the extensions %j', (phone, extensions) => {
  expect(extensionsFrom({ phone }, { extensionClaim: 'phone', context: 'default' })).toEqual(extensions);
});

it('[SS2] returns no extensions without a configured claim', () => {
  expect(extensionsFrom({ phone: '1101' }, { extensionClaim: null, context: 'default' })).toEqual([]);
});

it.each([
  [{ login: 'ada', email: 'ada@example.org', sub: '7' }, 'ada'],
  [{ email: 'ada@example.org', sub: '7' }, 'ada@example.org'],
  [{ login: '', sub: '7' }, '7'],
  [{ login: 'a\nb', email: 'x'.repeat(65), sub: '7' }, '7'],
  [{ login: ['ada'], sub: 'x'.repeat(65) }, null],
])('[SS2] takes from %j the name %j', (claims, name) => {
  expect(nameFrom(claims, 'login')).toBe(name);
});
