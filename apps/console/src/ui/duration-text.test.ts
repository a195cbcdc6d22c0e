import { expect, it } from 'vitest';
import { callTime, roughTime } from './duration-text.ts';

it('[BD6] tells durations as a telephone does, and roughly', () => {
  expect([6_000, 723_000, 3_723_000].map(callTime)).toEqual(['0:06', '12:03', '1:02:03']);
  expect([5_000, 60_000, 7_200_000, 260_000_000].map(roughTime)).toEqual(['<1 min', '1 min', '2 h', '3 d']);
});
