import type { Page } from '@playwright/test';
import { type Raster, type Rect, contrast, dominantColor, pixelsAround, pixelsIn } from './raster.ts';

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
