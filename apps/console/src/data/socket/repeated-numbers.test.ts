import { expect, it } from 'vitest';
import { createRepeatedNumbers } from './repeated-numbers.ts';
import { testExtension } from '@lampboard/model/testing';

const extensionsOf = (...ids: string[]) =>
  new Map(
    ids.map((id) => {
      const [exten = '', context = ''] = id.split('@');
      return [id, testExtension(exten, { id, context })] as const;
    }),
  );

it('[BD37] finds the numbers that exist in several contexts, as extensions are added and removed', () => {
  const find = createRepeatedNumbers();
  expect([...find(extensionsOf('200@default', '201@default'))]).toEqual([]);
  expect([...find(extensionsOf('200@default', '201@default', '200@warehouse', '200@shop'))]).toEqual(['200']);
  expect([...find(extensionsOf('200@default', '201@default', '201@shop', '202@shop'))]).toEqual(['201']);
  expect([...find(extensionsOf('200@default', '201@default'))]).toEqual([]);
});

it('[BD38] returns the same set while it holds the same numbers', () => {
  const find = createRepeatedNumbers();
  const first = find(extensionsOf('200@default', '200@warehouse'));
  expect(find(extensionsOf('200@default', '200@warehouse'))).toBe(first);
  expect(find(extensionsOf('200@default', '200@warehouse', '300@default'))).toBe(first);
});
