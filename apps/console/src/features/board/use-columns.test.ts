import { expect, it } from 'vitest';
import { columnsFor } from './use-columns.ts';

it('[BD12] fits as many columns as 228 pixels each allow, and never none', () => {
  expect([100, 228, 463, 464, 1153].map(columnsFor)).toEqual([1, 1, 1, 2, 4]);
});
