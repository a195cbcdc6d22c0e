import { expect, it } from 'vitest';
import { TILE_DIMENSIONS, columnsFor } from './tile-dimensions.ts';

it('[BD12] fits as many columns as 228 pixels each allow, and never none', () => {
  const columns = (width: number) => columnsFor(width, TILE_DIMENSIONS.regular);
  expect([100, 228, 463, 464, 1153].map(columns)).toEqual([1, 1, 1, 2, 4]);
});

it('[BD16] roomy tiles are fewer beside each other, compact ones lower', () => {
  const { roomy, regular, compact } = TILE_DIMENSIONS;
  expect(columnsFor(820, roomy)).toBeLessThan(columnsFor(820, regular));
  expect(compact.height * 2).toBeLessThan(regular.height);
});
