import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { matchShortcut } from './shortcuts.ts';
import { type GridLines, nextIndex } from './grid-navigation.ts';

interface RovingFocusOptions {
  /** Values of `data-extension` on the tiles. */
  ids: readonly string[];
  lines: GridLines;
  /** Pixels from the top of one line to the next. */
  linePitch: number;
  container: RefObject<HTMLElement | null>;
  /** The scroll container; its height is a page. */
  scroller: HTMLElement | null;
  /** Scrolls to a tile, which renders it. */
  scrollTo: (index: number) => void;
}

/** Roving tabindex: one tile is in the tab order, the keys of {@link nextIndex} move it. */
export function useRovingFocus({ ids, lines, linePitch, container, scroller, scrollTo }: RovingFocusOptions) {
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const pendingFocusId = useRef<string | null>(null);

  const index = focusedId === null ? 0 : Math.max(0, ids.indexOf(focusedId));
  const id = ids[index] ?? null;

  const markFocused = useCallback((tile: string) => {
    pendingFocusId.current = null;
    setFocusedId(tile);
  }, []);
  const moveFocus = (tile: string) => {
    pendingFocusId.current = tile;
    setFocusedId(tile);
    scrollTo(ids.indexOf(tile));
  };
  /** Scrolls to a tile and focuses it; without an id, the current one. */
  const focus = (requestedId?: string) => {
    const tile = requestedId !== undefined && ids.includes(requestedId) ? requestedId : id;
    if (tile === null) return;
    moveFocus(tile);
    focusNow(container.current, tile);
  };

  // A tile out of view is rendered only once it is current; the current one may be in another element than before.
  useLayoutEffect(() => {
    const hasMoved = pendingFocusId.current === null && id !== null && isOtherFocused(container.current, id);
    if (hasMoved) scrollTo(index);
    const target = hasMoved ? id : pendingFocusId.current;
    if (target !== null) focusNow(container.current, target);
    pendingFocusId.current = null;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const height = scroller?.clientHeight ?? 0;
    const page = Math.max(1, Math.floor(height / linePitch) - 1);
    const targetIndex = nextIndex(matchShortcut('board', event), { index, count: ids.length, lines, page });
    const tile = targetIndex === null ? undefined : ids[targetIndex];
    if (tile === undefined) return;
    event.preventDefault();
    moveFocus(tile);
  };

  return {
    /** The only tile in the tab order. */
    index,
    id,
    markFocused,
    focus,
    onKeyDown,
  };
}

/** True if the focused tile is that of another extension. */
function isOtherFocused(root: HTMLElement | null, id: string): boolean {
  const { activeElement } = document;
  const focusedId = activeElement?.getAttribute('data-extension') ?? id;
  return focusedId !== id && root?.contains(activeElement) === true;
}

function focusNow(root: HTMLElement | null, id: string): void {
  root?.querySelector<HTMLElement>(`[data-extension="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
