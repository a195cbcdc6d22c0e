import type { KeyboardEvent } from 'react';
import { matchShortcut } from './shortcuts.ts';

/** Returns the index from 0 to `last` that a timeline shortcut moves to; null for other keys. */
export function timelineStep(event: KeyboardEvent, index: number, last: number): number | null {
  const key = matchShortcut('timeline', event);
  if (key === null) return null;
  event.preventDefault();
  const target = { earlier: index - 1, later: index + 1, first: 0, last }[key];
  return Math.min(Math.max(target, 0), last);
}
