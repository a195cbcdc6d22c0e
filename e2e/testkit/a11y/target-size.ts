import type { Page } from '@playwright/test';

/** WCAG 2.2, 2.5.8: links in a line of text are exempt. */
const TARGETS =
  'button, select, input:not([type="radio"], [type="checkbox"]), label:has(input), a[href], [role="option"], [data-extension]';

/** Describes each target with a side smaller than `minPixels`. */
export async function smallTargets(page: Page, minPixels: number): Promise<readonly string[]> {
  return page.locator('body').evaluate(
    (body, { selector, minPixels: pixels }): readonly string[] => {
      const view = body.ownerDocument.defaultView;
      return [...body.querySelectorAll(selector)].flatMap((element) => {
        const { width, height } = element.getBoundingClientRect();
        if (!element.checkVisibility({ visibilityProperty: true })) return [];
        if (element.closest('[inert], .visually-hidden, [role="img"]') !== null) return [];
        if (view.getComputedStyle(element).display === 'inline') return [];
        // The target of a field is the box around it.
        if (element.tagName === 'INPUT' && element.closest('label, .text-field, .search-field') !== null)
          return [];
        if (width >= pixels - 0.5 && height >= pixels - 0.5) return [];
        const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
        return [`${name || element.className}: ${width.toFixed(0)} × ${height.toFixed(0)}`];
      });
    },
    { selector: TARGETS, minPixels },
  );
}

/** Describes the focused element if it is invisible; null if visible, or at the end of the page. */
export async function hiddenFocus(page: Page): Promise<string | null> {
  return page.locator('body').evaluate((body): string | null => {
    const document = body.ownerDocument;
    const element = document.activeElement;
    if (element === null || element === body) return null;
    const visibleElement = element.closest('label') ?? element;
    const { x, y, width, height } = visibleElement.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((across) =>
      [0.1, 0.5, 0.9].map((down) => [x + width * across, y + height * down] as const),
    );
    const seen = points.some(([left, top]) => {
      const found = document.elementFromPoint(left, top);
      return found !== null && visibleElement.contains(found);
    });
    return seen ? null : (element.getAttribute('aria-label') ?? element.outerHTML.slice(0, 120));
  });
}

export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
