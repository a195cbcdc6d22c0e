import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isDistinguishable, textContrast, contrast, rasterOf } from './contrast.ts';
import { outOfOrder } from './reading-order.ts';

const WHOLE = { x: 0, y: 0, width: 60, height: 40 };

async function raster(background: string, block: string) {
  const inner = await sharp({ create: { width: 20, height: 10, channels: 3, background: block } })
    .png()
    .toBuffer();
  const whole = sharp({
    create: { width: WHOLE.width, height: WHOLE.height, channels: 3, background },
  });
  return rasterOf(
    await whole
      .composite([{ input: inner, left: 20, top: 15 }])
      .png()
      .toBuffer(),
  );
}

describe('[TE1] the look at pictures', () => {
  it('knows the contrast of colours as WCAG computes it', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast([255, 255, 255], [118, 118, 118])).toBeCloseTo(4.54, 2);
    expect(contrast([7, 7, 7], [7, 7, 7])).toBe(1);
  });

  it('finds text that is too faint, and only that', async () => {
    expect(textContrast(await raster('#ffffff', '#767676'), WHOLE)).toBeGreaterThan(4.5);
    expect(textContrast(await raster('#ffffff', '#777777'), WHOLE)).toBeLessThan(4.5);
    expect(textContrast(await raster('#191d23', '#191d23'), WHOLE)).toBe(1);
  });

  it('finds a shape that does not stand out from what is around it', async () => {
    const block = { x: 20, y: 15, width: 20, height: 10 };
    expect(isDistinguishable(await raster('#ffffff', '#949494'), block)).toBe(true);
    expect(isDistinguishable(await raster('#ffffff', '#969696'), block)).toBe(false);
  });
});

describe('[TE1] the look at the reading order', () => {
  const stop = (name: string, x: number, y: number, width = 20, height = 20) => ({
    name,
    rect: { x, y, width, height },
  });

  it('rows, and columns beside each other, are in order', () => {
    const rows = [stop('a', 0, 0), stop('b', 30, 4), stop('c', 0, 30)];
    const columns = [stop('nav', 0, 0), stop('nav 2', 0, 300), stop('board', 100, 0), stop('panel', 400, 0)];
    expect(
      outOfOrder([...rows, ...columns.map(({ name, rect }) => stop(name, rect.x, rect.y + 60))]),
    ).toEqual([]);
  });

  it('what is seen before its forerunner is found', () => {
    expect(outOfOrder([stop('a', 30, 0), stop('b', 0, 0)])).toEqual(['“b” comes after “a”']);
    expect(outOfOrder([stop('a', 0, 30), stop('b', 0, 0)])).toEqual(['“b” comes after “a”']);
  });
});
