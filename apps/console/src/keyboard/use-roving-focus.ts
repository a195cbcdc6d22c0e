import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { matchShortcut } from './shortcuts.ts';
import { nextIndex } from './grid-navigation.ts';

interface RovingFocusOptions {
  /** Of the extensions, as `data-extension` has them. */
  ids: readonly string[];
  columns: number;
  /** Pixels from the top of one row to that of the next. */
  rowPitch: number;
  /** Around the tiles. */
  container: RefObject<HTMLElement | null>;
  /** What scrolls it: as high as a page of tiles. */
  scroller: HTMLElement | null;
  /** Brings the tile at a place into view, and with it into the document. */
  scrollTo: (index: number) => void;
}

interface RovingFocus {
  /** The one tile that Tab reaches, by its place and its id; null where there is none. */
  readonly index: number;
  readonly id: string | null;
  /** A tile has got the focus. */
  markFocused: (id: string) => void;
  /** Brings a tile into view and gives it the focus; without an id, the one that had it last. */
  focus: (id?: string) => void;
  /** For the element around the tiles. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/** One tile is reached by Tab, the keys of {@link stepOf} move on from there. */
export function useRovingFocus({
  ids,
  columns,
  rowPitch,
  container,
  scroller,
  scrollTo,
}: RovingFocusOptions): RovingFocus {
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
  const focus = (requestedId?: string) => {
    const tile = requestedId !== undefined && ids.includes(requestedId) ? requestedId : id;
    if (tile === null) return;
    moveFocus(tile);
    focusNow(container.current, tile);
  };

  // A tile out of view exists only once it is the one that is reached.
  useLayoutEffect(() => {
    if (pendingFocusId.current !== null) focusNow(container.current, pendingFocusId.current);
    pendingFocusId.current = null;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const height = scroller?.clientHeight ?? 0;
    const page = Math.max(1, Math.floor(height / rowPitch) - 1);
    const targetIndex = nextIndex(matchShortcut('board', event), { index, count: ids.length, columns, page });
    const tile = targetIndex === null ? undefined : ids[targetIndex];
    if (tile === undefined) return;
    event.preventDefault();
    moveFocus(tile);
  };

  return { index, id, markFocused, focus, onKeyDown };
}

function focusNow(root: HTMLElement | null, id: string): void {
  root?.querySelector<HTMLElement>(`[data-extension="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
