import type { Page } from '@playwright/test';
import type { Rect } from './contrast.ts';

/** A heading or focusable element. */
interface ReadingStop {
  readonly name: string;
  readonly rect: Rect;
}

const STOPS = 'h1, h2, h3, a[href], button, input, select, textarea, [tabindex], [data-extension]';

async function stopsOn(page: Page): Promise<readonly ReadingStop[]> {
  return page.locator('body').evaluate((body, selector): readonly ReadingStop[] => {
    const { defaultView: view } = body.ownerDocument;
    const modal = [...body.querySelectorAll('dialog:modal')].at(-1);
    return [...(modal ?? body).querySelectorAll(selector)].flatMap((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const inView = x >= 0 && y >= 0 && x + width <= view.innerWidth && y + height <= view.innerHeight;
      const seen = element.checkVisibility({ visibilityProperty: true }) && width > 4 && height > 4;
      if (!inView || !seen || element.closest('[inert]') !== null) return [];
      // A button in a corner, outside of the flow.
      if (view.getComputedStyle(element).position === 'absolute') return [];
      const top = body.ownerDocument.elementFromPoint(x + width / 2, y + height / 2);
      if (top === null || !(element.contains(top) || top.contains(element))) return [];
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
      return [{ name, rect: { x, y, width, height } }];
    });
  }, STOPS);
}

/** True if the second precedes the first visually: in a row above it, or to the left in the same row. */
function isBefore(second: Rect, first: Rect): boolean {
  const overlap = Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y);
  const isSameLine = overlap > Math.min(first.height, second.height) / 2;
  if (isSameLine) return second.x + second.width <= first.x + 1;
  // An element above and to the right starts the next column.
  const above = second.y + second.height <= first.y + 1;
  return above && second.x < first.x + first.width;
}

/** Describes each element that visually precedes its predecessor in the document. */
export function outOfOrder(stops: readonly ReadingStop[]): readonly string[] {
  return stops.flatMap((stop, index) => {
    const before = stops[index - 1];
    return before !== undefined && isBefore(stop.rect, before.rect)
      ? [`“${stop.name}” comes after “${before.name}”`]
      : [];
  });
}

export async function outOfOrderOn(page: Page): Promise<readonly string[]> {
  return outOfOrder(await stopsOn(page));
}
