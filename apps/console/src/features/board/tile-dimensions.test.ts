import { expect, it } from 'vitest';
import { TILE_DIMENSIONS, columnsFor } from './tile-dimensions.ts';

it('[BD12] fits as many columns of 228 pixels as possible, at least one', () => {
  const columns = (width: number) => columnsFor(width, TILE_DIMENSIONS.regular);
  expect([100, 228, 463, 464, 1153].map(columns)).toEqual([1, 1, 1, 2, 4]);
});

it('[BD16] roomy tiles need more width, compact ones less height', () => {
  const { roomy, regular, compact } = TILE_DIMENSIONS;
  expect(columnsFor(820, roomy)).toBeLessThan(columnsFor(820, regular));
  expect(compact.height * 2).toBeLessThan(regular.height);
});
