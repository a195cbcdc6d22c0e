import { describe, expect, it } from 'vitest';
import { type WallGroup, paginate, unitOf } from './paginate.ts';

const FULL_HD = { width: 1920, height: 1080 };
const UPRIGHT = { width: 1080, height: 1920 };

const groupOf = (key: string, count: number): WallGroup => ({
  key,
  title: key,
  kind: null,
  ids: Array.from({ length: count }, (_, index) => `${key}${index}`),
});
const idsOf = (group: WallGroup, size = FULL_HD) => paginate([group], size).map(({ ids }) => ids);

describe('[WL2] pages', () => {
  it('each group has its own pages, in the requested order', () => {
    const pages = paginate([groupOf('b', 3), groupOf('a', 4)], FULL_HD);
    expect(pages.map(({ group }) => group.key)).toEqual(['b', 'a']);
  });

  it.each([1, 12, 16, 17, 40, 5000])(
    'a group of %i is on its pages whole, in its order, each once',
    (count) => {
      const group = groupOf('a', count);
      expect(idsOf(group).flat()).toEqual(group.ids);
    },
  );

  it('a group that does not fit is split evenly', () => {
    const sizes = idsOf(groupOf('a', 40)).map((ids) => ids.length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('no page has more tiles than its grid has cells', () => {
    for (const size of [FULL_HD, UPRIGHT, { width: 320, height: 256 }, { width: 3840, height: 2160 }]) {
      for (const count of [1, 5, 13, 48]) {
        for (const { ids, columns, rows } of paginate([groupOf('a', count)], size)) {
          expect(ids.length).toBeLessThanOrEqual(columns * rows);
        }
      }
    }
  });

  it('an empty group has no page', () => {
    expect(paginate([groupOf('a', 0)], FULL_HD)).toEqual([]);
  });
});

describe('[WL3] sizes', () => {
  it('a portrait screen is as legible as a landscape one', () => {
    expect(unitOf(UPRIGHT)).toBe(unitOf(FULL_HD));
  });

  it('sixteen tiles are on a page of a full HD screen; tiles grow where there are fewer', () => {
    const [sixteen] = paginate([groupOf('a', 16)], FULL_HD);
    const [four] = paginate([groupOf('a', 4)], FULL_HD);
    expect(sixteen).toMatchObject({ of: 1, columns: 4 });
    expect(four?.unit).toBeGreaterThan((sixteen?.unit ?? 0) * 1.5);
  });

  it('all pages of a group have tiles of one size', () => {
    const units = paginate([groupOf('a', 50)], FULL_HD).map(({ unit }) => unit);
    expect(new Set(units).size).toBe(1);
  });
});
