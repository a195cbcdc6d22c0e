import { type Page, expect } from '@playwright/test';
import { textClippingIssues } from '../a11y/text-clipping.ts';
import { sidewaysOverflow, smallTargets } from '../a11y/target-size.ts';

/** Of 1440 × 900 and 1280 × 1024 at 400 %. */
export const SMALLEST_VIEWPORTS = [
  { width: 360, height: 225 },
  { width: 320, height: 256 },
];

/** How many tiles are seen from top to bottom, with nothing over them. */
export const countFullyVisible = (page: Page) =>
  page.locator('[data-extension]').evaluateAll(
    (all) =>
      all.filter((tile) => {
        const { left, right, top, bottom } = tile.getBoundingClientRect();
        const document = tile.ownerDocument;
        const isHit = (y: number) => tile.contains(document.elementFromPoint((left + right) / 2, y));
        return top >= 0 && bottom <= document.defaultView.innerHeight && isHit(top + 2) && isHit(bottom - 2);
      }).length,
  );

/** Two tiles are seen whole as the page is, and nothing is cut, too small to be met, or to be scrolled sideways for. */
export async function expectTwoVisibleTiles(page: Page, what: string): Promise<void> {
  await expect.poll(() => countFullyVisible(page), what).toBeGreaterThanOrEqual(2);
  expect(await textClippingIssues(page), what).toEqual([]);
  expect(await smallTargets(page, 24), what).toEqual([]);
  expect(await sidewaysOverflow(page), what).toBe(0);
}
