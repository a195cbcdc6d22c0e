import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

/** Gives every element this size in pixels, since happy-dom has no layout, and cleans up after each test. */
export function withLayout({ width, height }: { width: number; height: number }): void {
  beforeEach(() => {
    Element.prototype.scrollIntoView = () => undefined;
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width);
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height);
  });
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
    history.replaceState(null, '', '/');
  });
}

/** Eight lines of one tile. */
export const NARROW_BOARD = { width: 240, height: 800 };
