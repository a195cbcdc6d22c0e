import { type Page, expect } from '@playwright/test';
import { textClippingIssues } from '../a11y/text-clipping.ts';
import { sidewaysOverflow, smallTargets } from '../a11y/target-size.ts';

/** 1440 × 900 and 1280 × 1024 at 400 %. */
export const SMALLEST_VIEWPORTS = [
  { width: 360, height: 225 },
  { width: 320, height: 256 },
];

/** Number of fully visible, uncovered tiles. */
export const countFullyVisible = (page: Page) =>
  page.locator('[data-extension]').evaluateAll(
    (all) =>
      all.filter((tile) => {
        const { left, right, top, bottom } = tile.getBoundingClientRect();
        const document = tile.ownerDocument;
        const isTopmost = (y: number) => tile.contains(document.elementFromPoint((left + right) / 2, y));
        return (
          top >= 0 &&
          bottom <= document.defaultView.innerHeight &&
          isTopmost(top + 2) &&
          isTopmost(bottom - 2)
        );
      }).length,
  );

/** Expects two visible tiles without clipped text, small targets or horizontal scrolling. */
export async function expectTwoVisibleTiles(page: Page, what: string): Promise<void> {
  await expect.poll(() => countFullyVisible(page), what).toBeGreaterThanOrEqual(2);
  expect(await textClippingIssues(page), what).toEqual([]);
  expect(await smallTargets(page, 24), what).toEqual([]);
  expect(await sidewaysOverflow(page), what).toBe(0);
}
