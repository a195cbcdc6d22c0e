import { HEALTH_RETENTION_MS, type LinkStateInterval, type LinkStatus } from '@lampboard/protocol';
import type { LiveBoard } from '../board/live-board.ts';

/** A link that comes and goes again and again is remembered for less than the whole time. */
const MAX_INTERVALS = 500;

/** How the link to Asterisk was in the last hour. */
export interface LinkHistory {
  /** The oldest first; the first may have begun before. */
  intervals(): readonly LinkStateInterval[];
  current(): LinkStateInterval;
}

export function createLinkHistory({
  board,
  now,
}: {
  board: Pick<LiveBoard, 'current' | 'subscribe'>;
  /** Milliseconds since 1970. */
  now: () => number;
}): LinkHistory {
  const intervalOf = (link: LinkStatus): LinkStateInterval => ({
    startedAt: now(),
    reason: link.state === 'live' ? null : link.reason,
  });
  let current = intervalOf(board.current().link);
  let intervals = [current];

  function record(link: LinkStatus): void {
    const interval = intervalOf(link);
    if (interval.reason === current.reason) return;
    current = interval;
    const cutoff = interval.startedAt - HEALTH_RETENTION_MS;
    const recent = intervals.filter(
      (_, index) => (intervals[index + 1]?.startedAt ?? interval.startedAt) > cutoff,
    );
    intervals = [...recent.slice(1 - MAX_INTERVALS), interval];
  }
  board.subscribe({
    onDelta({ changes }) {
      for (const change of changes) if (change.kind === 'link') record(change.link);
    },
    onSnapshot: ({ link }) => record(link),
  });

  return { intervals: () => intervals, current: () => current };
}
