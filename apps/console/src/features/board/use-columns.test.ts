import { expect, it } from 'vitest';
import { columnsFor } from './use-columns.ts';

it('[BD12] fits as many columns as 214 pixels each allow, and never none', () => {
  expect([100, 214, 435, 436, 1153].map(columnsFor)).toEqual([1, 1, 1, 2, 5]);
});
