import { expect, it } from 'vitest';
import { createRepeatedNumbers } from './repeated-numbers.ts';
import { boardRow } from './testing/board-row.ts';

const of = (...ids: string[]) =>
  new Map(
    ids.map((id) => {
      const [exten = '', context = ''] = id.split('@');
      return [id, boardRow(exten, { id, context })] as const;
    }),
  );

it('[BD37] finds the numbers that several contexts have, as extensions come and go', () => {
  const find = createRepeatedNumbers();
  expect([...find(of('200@default', '201@default'))]).toEqual([]);
  expect([...find(of('200@default', '201@default', '200@warehouse', '200@shop'))]).toEqual(['200']);
  expect([...find(of('200@default', '201@default', '201@shop', '202@shop'))]).toEqual(['201']);
  expect([...find(of('200@default', '201@default'))]).toEqual([]);
});

it('[BD38] answers the very same set until other numbers are in several contexts', () => {
  const find = createRepeatedNumbers();
  const first = find(of('200@default', '200@warehouse'));
  expect(find(of('200@default', '200@warehouse'))).toBe(first);
  expect(find(of('200@default', '200@warehouse', '300@default'))).toBe(first);
});
