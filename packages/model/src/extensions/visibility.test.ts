import { type Limits, NO_LIMITS, type Role } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { boardFromSnapshot } from '../sync/board.ts';
import { testExtension, testPbx } from '../testing/test-extension.ts';
import { limitsOf, sightOf, visibleForm } from './visibility.ts';

const person = (department: string) => ({ name: 'A', department, email: '', mobile: '' });

const BOARD = boardFromSnapshot({
  epoch: '',
  seq: 0,
  time: 0,
  pbxs: [testPbx('berlin'), testPbx('bern')],
  extensions: [
    testExtension('1', { id: 'berlin/1@default', person: person('Sales') }),
    testExtension('2', { id: 'berlin/2@sales', context: 'sales', person: person('Support') }),
    testExtension('3', { id: 'bern/3@sales', context: 'sales', person: person('Sales') }),
    testExtension('4', { id: 'bern/4@default', person: person('') }),
  ],
  calls: [],
});

function visibleTo(limits: Partial<Limits>, role: Role = 'receptionist', extensions: readonly string[] = []) {
  const sight = sightOf(BOARD, { role, extensions, limits: { ...NO_LIMITS, ...limits } });
  return sight && [...sight.visibleIds.keys()];
}

it.each<[Partial<Limits>, readonly string[]]>([
  [{ pbxs: ['berlin'] }, ['berlin/1@default', 'berlin/2@sales']],
  [{ contexts: ['sales'] }, ['berlin/2@sales', 'bern/3@sales']],
  [{ departments: ['Sales'] }, ['berlin/1@default', 'bern/3@sales']],
  [{ departments: ['Sales', 'Support'] }, ['berlin/1@default', 'berlin/2@sales', 'bern/3@sales']],
  [{ departments: ['Sales'], contexts: ['sales'] }, ['bern/3@sales']],
  [{ departments: ['Sales'], contexts: ['sales'], pbxs: ['berlin'] }, []],
  [{ departments: ['sales'] }, []],
  [{ pbxs: ['ber'] }, []],
])('[VI1] limits %j leave %j', (limits, expected) => {
  expect(visibleTo(limits)).toEqual(expected);
  expect(visibleTo(limits, 'user')).toEqual(expected);
});

it('[VI1] own extensions are visible whatever the limits', () => {
  expect(visibleTo({ departments: ['Support'] }, 'user', ['bern/4@default'])).toEqual([
    'berlin/2@sales',
    'bern/4@default',
  ]);
});

it('[VI1] administrators and accounts without limits see everything', () => {
  expect(visibleTo({ pbxs: ['berlin'] }, 'admin')).toBeNull();
  expect(visibleTo({})).toBeNull();
  expect(limitsOf({ role: 'user' })).toBeNull();
  expect(limitsOf({ role: 'user', limits: NO_LIMITS })).toBeNull();
});

it('[VI1] without a prefix an extension is of no PBX but the only one', () => {
  const extension = testExtension('berlin/5');
  const limits = { ...NO_LIMITS, pbxs: ['berlin'] };
  expect(visibleForm(extension, { limits, assigned: [] })).toBeNull();
});

const SEVERAL = testExtension('1', {
  id: 'berlin/1@default',
  aliases: ['berlin/1@sales', 'berlin/*801@sales', 'berlin/1@x@support'],
});
const formIn = (
  contexts: readonly string[],
  assigned: readonly string[] = [],
  departments: readonly string[] = [],
) => visibleForm(SEVERAL, { limits: { pbxs: [], contexts, departments }, assigned });

it('[VI1] an entry with several numbers is known by those within the limits', () => {
  expect(formIn(['default'])).toEqual(testExtension('1', { id: 'berlin/1@default' }));
  expect(formIn(['sales'])).toEqual({
    ...SEVERAL,
    id: 'berlin/1@sales',
    context: 'sales',
    aliases: ['berlin/*801@sales'],
  });
  const { id: _, aliases: __, ...rest } = SEVERAL;
  expect(formIn(['support'])).toEqual({
    ...rest,
    id: 'berlin/1@x@support',
    exten: '1@x',
    context: 'support',
  });
  expect(formIn(['default', 'sales', 'support'])).toBe(SEVERAL);
  expect(formIn(['other'])).toBeNull();
});

it('[VI1] of an entry outside the limits its own account sees its own numbers', () => {
  expect(formIn([], ['berlin/*801@sales'], ['Support'])).toMatchObject({
    id: 'berlin/*801@sales',
    exten: '*801',
    context: 'sales',
  });
});

it('[VI5] [KN7] ids of visible numbers lead to the board’s, and stored ones of any number to the visible', () => {
  const board = { extensions: new Map([[SEVERAL.id, SEVERAL]]) };
  const limits = { ...NO_LIMITS, contexts: ['sales'] };
  const sight = sightOf(board, { role: 'receptionist', extensions: [], limits });
  expect([...(sight?.boardIds ?? [])]).toEqual([
    ['berlin/1@sales', SEVERAL.id],
    ['berlin/*801@sales', SEVERAL.id],
  ]);
  const visibleIds = [SEVERAL.id, ...(SEVERAL.aliases ?? [])].map((id) => sight?.visibleIds.get(id));
  expect(new Set(visibleIds)).toEqual(new Set(['berlin/1@sales']));
});

it.each<[Partial<Limits>, string, boolean]>([
  [{ contexts: ['default'] }, 'berlin/2@default', true],
  [{ contexts: ['default'] }, 'berlin/2@sales', false],
  [{ pbxs: ['berlin'] }, 'berlin/2@sales', true],
  [{ pbxs: ['berlin'] }, 'bern/3@sales', false],
  [{ departments: ['Sales'] }, 'berlin/2@default', false],
  [{ departments: ['Sales'] }, 'berlin/9@default', false],
])('[VI2] with limits %j the deputy %s is sent: %s', (limits, deputy, isSent) => {
  const extension = testExtension('1', { id: 'berlin/1@default', person: { ...person('Sales'), deputy } });
  const form = visibleForm(extension, {
    limits: { ...NO_LIMITS, ...limits },
    assigned: ['berlin/9@default'],
  });
  expect(form?.person.deputy).toBe(isSent ? deputy : undefined);
});
