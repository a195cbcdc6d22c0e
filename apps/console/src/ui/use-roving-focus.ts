import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { boundKey } from './keys.ts';
import { stepOf } from './steps.ts';

interface RovingFocusOptions {
  /** Of the extensions, as `data-extension` has them. */
  ids: readonly string[];
  columns: number;
  /** Pixels from the top of one row to that of the next. */
  rowPitch: number;
  /** Around the tiles. */
  frame: RefObject<HTMLElement | null>;
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
  reach: (id: string) => void;
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
  frame,
  scroller,
  scrollTo,
}: RovingFocusOptions): RovingFocus {
  const [reached, setReached] = useState<string | null>(null);
  const toFocus = useRef<string | null>(null);

  const index = reached === null ? 0 : Math.max(0, ids.indexOf(reached));
  const id = ids[index] ?? null;

  const reach = useCallback((tile: string) => {
    toFocus.current = null;
    setReached(tile);
  }, []);
  const goTo = (tile: string) => {
    toFocus.current = tile;
    setReached(tile);
    scrollTo(ids.indexOf(tile));
  };
  const focus = (wanted?: string) => {
    const tile = wanted !== undefined && ids.includes(wanted) ? wanted : id;
    if (tile === null) return;
    goTo(tile);
    focusNow(frame.current, tile);
  };

  // A tile out of view exists only once it is the one that is reached.
  useLayoutEffect(() => {
    if (toFocus.current !== null) focusNow(frame.current, toFocus.current);
    toFocus.current = null;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const height = scroller?.clientHeight ?? 0;
    const page = Math.max(1, Math.floor(height / rowPitch) - 1);
    const step = stepOf(boundKey('board', event), { index, count: ids.length, columns, page });
    const tile = step === null ? undefined : ids[step];
    if (tile === undefined) return;
    event.preventDefault();
    goTo(tile);
  };

  return { index, id, reach, focus, onKeyDown };
}

function focusNow(root: HTMLElement | null, id: string): void {
  root?.querySelector<HTMLElement>(`[data-extension="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
