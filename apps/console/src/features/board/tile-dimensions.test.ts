import { expect, it } from 'vitest';
import { type TileDensity, columnsFor, tileDimensions } from './tile-dimensions.ts';

const columns = (width: number, density: TileDensity = 'regular') =>
  columnsFor(width, tileDimensions(density, width));

it('[BD12] fits as many columns of 228 pixels as possible, at least one', () => {
  expect([100, 228, 463, 464, 1153].map((width) => columns(width))).toEqual([1, 1, 1, 2, 4]);
});

it('[BD16] roomy tiles need more width, compact ones less height', () => {
  expect(columns(820, 'roomy')).toBeLessThan(columns(820));
  expect(tileDimensions('compact', 820).height * 2).toBeLessThan(tileDimensions('regular', 820).height);
});

it('[BR9] on a wide board tiles grow, and there are more of them in a row', () => {
  const zooms = [936, 1340, 1980, 3260, 9000].map((width) => tileDimensions('regular', width).zoom);
  expect(zooms.map((zoom) => zoom.toFixed(2))).toEqual(['1.00', '1.00', '1.15', '1.60', '1.60']);
  expect([936, 1340, 1980, 3260].map((width) => columns(width))).toEqual([4, 5, 7, 8]);
});
