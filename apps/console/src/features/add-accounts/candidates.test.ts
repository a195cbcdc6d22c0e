import { expect, it } from 'vitest';
import type { Account } from '@lampboard/protocol';
import { suggestNames } from '../../entities/account/suggested-name.ts';
import { mapOf, testExtension } from '../../testing/fixtures.ts';
import { departmentsOf, filterCandidates, peopleWithoutAccount } from './candidates.ts';

const person = (name: string, email = '', department = '') => ({ name, email, department, mobile: '' });
const accountOf = (...extensions: string[]): Account => ({
  name: 'one',
  role: 'user',
  extensions,
  authMethod: 'password',
  disabled: false,
  createdAt: 0,
  hasPassword: true,
  invitedUntil: null,
});

it('[IV9] only people without an account are offered, by number', () => {
  const extensions = mapOf([
    testExtension('1110'),
    testExtension('999'),
    testExtension('1102'),
    testExtension('1103', { aliases: ['1103@sales'] }),
    testExtension('71', { kind: 'parking' }),
    testExtension('80', { kind: 'room' }),
  ]);
  const accounts = [accountOf('1102@default', '7@old'), accountOf('1103@sales')];
  expect(peopleWithoutAccount(extensions, accounts).map(({ exten }) => exten)).toEqual(['999', '1110']);
});

const CANDIDATES = [
  testExtension('1101', { person: person('Zoë de Wit', 'zoe@example.com', 'Sales') }),
  testExtension('1102', { person: person('Tomasz Zieliński', '', 'Support') }),
  testExtension('1103', { person: person('1103') }),
];

it.each([
  ['zoe wit', '', ['1101']],
  ['1102', '', ['1102']],
  ['@example', '', ['1101']],
  ['zielinski support', '', ['1102']],
  ['', 'Sales', ['1101']],
  ['110', '', ['1101', '1102', '1103']],
  ['1101', 'Support', []],
])('[IV9] “%s” in the department “%s” finds %j', (query, department, found) => {
  expect(filterCandidates(CANDIDATES, { query, department }).map(({ exten }) => exten)).toEqual(found);
});

it('[IV9] departments are ordered by name', () => {
  expect(departmentsOf(CANDIDATES.toReversed(), 'en')).toEqual(['Sales', 'Support']);
});

it('[IV9] suggested names are unique: a shared address is nobody’s, and equal names get a number', () => {
  const people = [
    person('Ann Lee', 'office@example.com'),
    person('Bo Ek', 'office@example.com'),
    person('Ann Lee', 'ann@example.com'),
    person('ANN LEE'),
    person('Ann Lee', 'Alice@example.com'),
    person('Ann Lee', 'alice@example.org'),
    person('1107'),
    person('—'),
  ].map((one, index) => testExtension(`${1101 + index}`, { person: one }));
  expect([...suggestNames(people, ['Ann.Lee', 'ALICE', 'alice2']).values()]).toEqual([
    'ann.lee2',
    'bo.ek',
    'ann',
    'ann.lee3',
    'alice3',
    'alice4',
    '1107',
    '1108',
  ]);
});
