import sharp from 'sharp';
import type { Page } from '@playwright/test';

interface Text {
  readonly text: string;
  readonly rects: readonly Rect[];
  /** Font size in pixels. */
  readonly size: number;
  readonly weight: number;
}

interface VisibleContent {
  readonly texts: readonly Text[];
  readonly lamps: readonly { readonly name: string; readonly rect: Rect }[];
}

/** WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT = 4.5;
const LARGE_TEXT = 3;
const SHAPE = 3;
const isLarge = ({ size, weight }: Text) => size >= 24 || (size >= 18.66 && weight >= 700);

/** Number of contrasting pixels that make the shape of a lamp visible. */
const SHAPE_PIXELS = 20;

/** Returns visible text and lamps, except those disabled, clipped or covered. */
async function readVisibleContent(page: Page): Promise<VisibleContent> {
  return page.locator('body').evaluate((body): VisibleContent => {
    const document = body.ownerDocument;
    const view = document.defaultView;
    const isDisabled = (element: typeof body) =>
      element.closest('[disabled], [aria-disabled="true"], [inert], [data-veiled]') !== null;

    /** The part of a rectangle inside all its clipping ancestors. */
    const clipped = (element: typeof body, { left, top, right, bottom }: Record<string, number>) => {
      let box = { left: left ?? 0, top: top ?? 0, right: right ?? 0, bottom: bottom ?? 0 };
      for (let up = element; up !== null; up = up.parentElement) {
        const style = view.getComputedStyle(up);
        if (style.overflow === 'visible' && style.clipPath === 'none') continue;
        const edge = up.getBoundingClientRect();
        box = {
          left: Math.max(box.left, edge.left),
          top: Math.max(box.top, edge.top),
          right: Math.min(box.right, edge.right),
          bottom: Math.min(box.bottom, edge.bottom),
        };
      }
      return { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
    };
    const isSeen = (element: typeof body, { x, y, width, height }: Rect) => {
      if (width < 3 || height < 6) return false;
      const top = document.elementFromPoint(x + width / 2, y + height / 2);
      // An element with pointer-events: none is visible nevertheless.
      return top !== null && (element.contains(top) || top.contains(element) || top === element);
    };

    const texts: Text[] = [];
    const walker = document.createTreeWalker(body, 4);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      // A single dot is smaller than a pixel, and its colour is nowhere in the raster.
      if (element === null || !/[\p{L}\p{N}]/u.test(node.data) || isDisabled(element)) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()]
        .map((rect) => clipped(element, rect))
        .filter((rect) => isSeen(element, rect));
      const { fontSize, fontWeight } = view.getComputedStyle(element);
      if (rects.length === 0) continue;
      texts.push({
        text: node.data.trim(),
        rects,
        size: Number.parseFloat(fontSize),
        weight: Number(fontWeight),
      });
    }
    const lamps = [...body.querySelectorAll('.lamp')].flatMap((lamp) => {
      const rect = clipped(lamp, lamp.getBoundingClientRect());
      const whole = rect.height >= lamp.clientHeight - 1;
      const where = lamp.closest('[data-extension]')?.dataset.extension ?? lamp.parentElement.className;
      const name = `${where}, ${lamp.dataset.shape}, ${Math.round(rect.width)} pixels wide`;
      return whole && !isDisabled(lamp) && isSeen(lamp, rect) ? [{ name, rect }] : [];
    });
    return { texts, lamps };
  });
}

export function textContrast(raster: Raster, rect: Rect): number {
  const pixels = pixelsIn(raster, rect);
  const behind = dominantColor(pixels);
  if (behind === null) return 21;
  return pixels.reduce((highest, pixel) => Math.max(highest, contrast(pixel, behind)), 1);
}

export function isDistinguishable(raster: Raster, rect: Rect): boolean {
  const around = dominantColor(pixelsAround(raster, rect, 2));
  if (around === null) return true;
  return pixelsIn(raster, rect).filter((pixel) => contrast(pixel, around) >= SHAPE).length >= SHAPE_PIXELS;
}

/** Describes each text and lamp with insufficient contrast; `raster` is a current screenshot. */
export async function findLowContrast(page: Page, raster: Raster): Promise<readonly string[]> {
  const { texts, lamps } = await readVisibleContent(page);
  const lowContrastTexts = texts.flatMap((text) => {
    const minimum = isLarge(text) ? LARGE_TEXT : TEXT;
    const found = Math.max(...text.rects.map((rect) => textContrast(raster, rect)));
    return found < minimum ? [`“${text.text}” has ${found.toFixed(2)}, not ${minimum}`] : [];
  });
  const lowContrastLamps = lamps
    .filter(({ rect }) => !isDistinguishable(raster, rect))
    .map(({ name }) => `the lamp of ${name}`);
  return [...lowContrastTexts, ...lowContrastLamps];
}

/** CSS pixels, equal to those of the screenshot. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Color = readonly [red: number, green: number, blue: number];

interface Raster {
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
function dominantColor(pixels: readonly Color[]): Color | null {
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
