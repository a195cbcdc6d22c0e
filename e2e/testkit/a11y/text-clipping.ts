import type { Locator, Page } from '@playwright/test';

/**
 * Describes each text in a tile that overlaps another one or an icon, or is cut in the middle of a line or
 * without an ellipsis. Text that is hidden entirely is permitted.
 */
export async function textClippingIssues(
  page: Page,
  selector = '[data-extension]',
): Promise<readonly string[]> {
  return page.locator('body').evaluate((body, tiles): readonly string[] => {
    const document = body.ownerDocument;
    const view = document.defaultView;
    /** Pixels, and a fraction of the line height: glyphs never fill their line. */
    const LEEWAY = 1.5;
    const LINE_LEEWAY = 0.15;

    interface Box {
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    }
    interface Part {
      readonly parentElement: Part | null;
      readonly textContent: string;
      readonly getBoundingClientRect: () => Box;
      readonly closest: (selector: string) => Part | null;
      readonly getAttribute: (name: string) => string | null;
      readonly querySelectorAll: (selector: string) => Iterable<Part>;
    }
    interface Piece {
      readonly box: Box;
      readonly owner: Part;
      readonly label: string;
    }
    /** An element that clips its content; `clamp`: after a number of lines, with an ellipsis. */
    interface ClippingBox {
      readonly box: Box;
      readonly ellipsis: boolean;
      readonly clamp: boolean;
    }

    const intersection = (a: Box, b: Box): Box => ({
      left: Math.max(a.left, b.left),
      top: Math.max(a.top, b.top),
      right: Math.min(a.right, b.right),
      bottom: Math.min(a.bottom, b.bottom),
    });
    const isVisible = ({ left, top, right, bottom }: Box) => right - left > LEEWAY && bottom - top > LEEWAY;

    function clippingBoxesOf(owner: Part, tile: Part): ClippingBox[] {
      const style = view.getComputedStyle(owner);
      const cuts = style.overflowX !== 'visible' || /paint|strict/u.test(style.contain);
      const clamp = Number(style.webkitLineClamp) > 0;
      const ellipsis = style.textOverflow === 'ellipsis' && !style.display.includes('flex');
      const frames = cuts ? [{ box: owner.getBoundingClientRect(), ellipsis, clamp }] : [];
      const { parentElement } = owner;
      return owner === tile || parentElement === null
        ? frames
        : [...frames, ...clippingBoxesOf(parentElement, tile)];
    }

    function issuesOf(tile: Part): string[] {
      const issues = new Set<string>();
      const pieces: Piece[] = [];
      const report = (label: string) => issues.add(`${tile.getAttribute('data-extension')}: ${label}`);

      /** Returns whether any part of a line of text, or of an icon, is visible. */
      function addPiece(owner: Part, label: string, whole: Box, frames: readonly ClippingBox[]): boolean {
        const box = frames.reduce((seen: Box, frame) => intersection(seen, frame.box), whole);
        const leeway = Math.max(LEEWAY, LINE_LEEWAY * (whole.bottom - whole.top));
        if (!isVisible(box) || box.bottom - box.top < leeway) return false;
        pieces.push({ owner, label, box });
        const isCutSideways = box.left - whole.left > LEEWAY || whole.right - box.right > LEEWAY;
        if (isCutSideways && !frames.some(({ ellipsis, clamp }) => ellipsis || clamp))
          report(`“${label}” is cut without an ellipsis`);
        if (box.top - whole.top > leeway || whole.bottom - box.bottom > leeway)
          report(`“${label}” is cut in the middle of a line`);
        return true;
      }

      const texts = document.createTreeWalker(tile, 4);
      while (texts.nextNode() !== null) {
        const { currentNode } = texts;
        const label = currentNode.textContent.trim().slice(0, 40);
        const owner = currentNode.parentElement;
        if (label === '' || owner === null || owner.closest('.visually-hidden') !== null) continue;
        const range = document.createRange();
        range.selectNodeContents(currentNode);
        const lines = [...range.getClientRects()].filter(isVisible);
        if (lines.length === 0) continue;
        const frames = clippingBoxesOf(owner, tile);
        const seen = lines.filter((line) => addPiece(owner, label, line, frames)).length;
        // The ellipsis is at the end of the last line that fits into the innermost clipping box.
        const clamp = frames.findIndex((frame) => frame.clamp);
        const whole = frames[clamp];
        const isCut =
          whole === undefined ||
          frames.slice(clamp + 1).some(({ box }) => box.bottom < whole.box.bottom - LEEWAY);
        if (seen > 0 && seen < lines.length && isCut) report(`“${label}” lacks lines without an ellipsis`);
      }
      for (const mark of tile.querySelectorAll('svg'))
        addPiece(
          mark,
          mark.parentElement?.getAttribute('class') ?? '',
          mark.getBoundingClientRect(),
          clippingBoxesOf(mark, tile),
        );

      for (const [index, { owner, box, label }] of pieces.entries()) {
        for (const other of pieces.slice(index + 1)) {
          if (other.owner !== owner && isVisible(intersection(box, other.box)))
            report(`“${label}” and “${other.label}” lie over each other`);
        }
      }
      return [...issues];
    }

    return [...body.querySelectorAll(tiles)].flatMap(issuesOf);
  }, selector);
}

/**
 * Texts of elements that are not fully visible, or wrapped out of their line; inline elements have no width. Widths are
 * rounded.
 */
export const cutTexts = (elements: Locator) =>
  elements.evaluateAll((all) =>
    all
      .filter((one) => {
        const line = one.closest('.tile-line')?.getBoundingClientRect();
        const isOutside = line !== undefined && one.getBoundingClientRect().top >= line.bottom;
        return one.clientWidth > 0 && (isOutside || one.scrollWidth > one.clientWidth + 1);
      })
      .map((one) => one.textContent),
  );
