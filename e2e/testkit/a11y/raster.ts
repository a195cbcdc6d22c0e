import sharp from 'sharp';

/** CSS pixels, equal to those of the screenshot. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Color = readonly [red: number, green: number, blue: number];

export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixelAt: (x: number, y: number) => Color;
}

export async function rasterOf(png: Buffer): Promise<Raster> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return {
    width,
    height,
    pixelAt: (x, y) => {
      const start = 3 * (y * width + x);
      return [data[start] ?? 0, data[start + 1] ?? 0, data[start + 2] ?? 0];
    },
  };
}

/** Pixels whose centre is inside the rectangle and the raster. */
export function pixelsIn({ width, height, pixelAt }: Raster, rect: Rect): readonly Color[] {
  const found: Color[] = [];
  const right = Math.min(width, Math.round(rect.x + rect.width));
  const bottom = Math.min(height, Math.round(rect.y + rect.height));
  for (let y = Math.max(0, Math.round(rect.y)); y < bottom; y += 1) {
    for (let x = Math.max(0, Math.round(rect.x)); x < right; x += 1) found.push(pixelAt(x, y));
  }
  return found;
}

/** Pixels of a border around a rectangle, `by` wide. */
export function pixelsAround(raster: Raster, { x, y, width, height }: Rect, by: number): readonly Color[] {
  return [
    { x: x - by, y: y - by, width: width + 2 * by, height: by },
    { x: x - by, y: y + height, width: width + 2 * by, height: by },
    { x: x - by, y, width: by, height },
    { x: x + width, y, width: by, height },
  ].flatMap((edge) => pixelsIn(raster, edge));
}

/** The most frequent colour; shades of one gradient count as one. */
export function dominantColor(pixels: readonly Color[]): Color | null {
  const counts = new Map<number, { color: Color; count: number }>();
  for (const color of pixels) {
    const key = ((color[0] >> 2) << 12) | ((color[1] >> 2) << 6) | (color[2] >> 2);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { color, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.color ?? null;
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const channel = part / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, from 1 to 21. */
export function contrast(a: Color, b: Color): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((one, other) => one - other);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}
