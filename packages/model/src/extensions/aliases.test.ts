import type { Extension } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { testExtension } from '../testing/test-extension.ts';
import { createAliasIndex, resolveId, resolveIds } from './aliases.ts';

const RITA = testExtension('1101', { aliases: ['*801101@default', '1101@sales'] });
const JOSH = testExtension('1102');
const boardOf = (...extensions: Extension[]) => new Map(extensions.map((one) => [one.id, one]));

it('[KN6] each number of an entry leads to it, and any other to itself', () => {
  const aliases = createAliasIndex().of(boardOf(RITA, JOSH));
  expect(resolveId(aliases, '1101@sales')).toBe(RITA.id);
  expect(resolveIds(aliases, ['9@x', '1101@sales', JOSH.id, '*801101@default', RITA.id])).toEqual([
    '9@x',
    RITA.id,
    JOSH.id,
  ]);
  const ids = [JOSH.id, '9@x', RITA.id];
  expect(resolveIds(aliases, ids)).toBe(ids);
});

it('[KN6] a number that is an entry of its own leads to that', () => {
  const separate = testExtension('1101', { id: '1101@sales', context: 'sales' });
  expect(resolveId(createAliasIndex().of(boardOf(RITA, separate)), separate.id)).toBe(separate.id);
});

it('[KN6] the index follows changed numbers, and is not read again for any other change', () => {
  const index = createAliasIndex();
  const board = boardOf(RITA, JOSH);
  const before = index.of(board);
  index.onChanges([
    { table: 'extensions', op: 'patch', id: JOSH.id, fields: { lamp: 'busy' } },
    { table: 'extensions', op: 'put', row: { ...RITA, lamp: 'busy' } },
    { table: 'extensions', op: 'put', row: testExtension('1103') },
    { table: 'extensions', op: 'remove', id: JOSH.id },
  ]);
  const unread = new Proxy(board, {
    get: () => {
      throw new Error('The board was read.');
    },
  });
  expect(index.of(unread)).toBe(before);
  board.set(JOSH.id, { ...JOSH, aliases: ['1102@sales'] });
  index.onChanges([{ table: 'extensions', op: 'patch', id: JOSH.id, fields: { aliases: ['1102@sales'] } }]);
  expect(resolveId(index.of(board), '1102@sales')).toBe(JOSH.id);
  const separate = testExtension('1101', { id: '1101@sales', context: 'sales' });
  board.set(separate.id, separate);
  index.onChanges([{ table: 'extensions', op: 'put', row: separate }]);
  expect(resolveId(index.of(board), separate.id)).toBe(separate.id);
  board.delete(RITA.id);
  index.onChanges([{ table: 'extensions', op: 'remove', id: RITA.id }]);
  expect([...index.of(board)]).toEqual([['1102@sales', JOSH.id]]);
  index.onReset();
  expect(index.of(boardOf(JOSH)).size).toBe(0);
});
