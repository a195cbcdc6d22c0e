import type { ExtensionRow } from '@lampboard/protocol';
import { isOnThePhone, isReachable, isRinging } from '@lampboard/board';
import { Pause } from 'lucide-react';
import { useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive } from '../../live/live-context.tsx';
import { type Rows, sameList, useBoardValue } from '../../live/use-board-value.ts';
import type { WallPart } from './paging.ts';
import { TimeOfDay } from './time-of-day.tsx';

interface WallHeadProps {
  /** The group that is seen; null where there is nobody. */
  part: WallPart | null;
  place: number;
  of: number;
  paused: boolean;
  news: { readonly what: string; readonly since: string | null };
}

/** Whose lamps these are, what they come to, and the time; in big words instead where they are not live. */
export function WallHead({ part, place, of, paused, news }: WallHeadProps) {
  const t = useT();
  const live = useIsLive();
  return (
    <header className="wall-head">
      <div className="wall-what">
        <h1 dir="auto">{part?.title ?? t('wall.heading')}</h1>
        {live && part !== null && <Counts ids={part.ids} />}
      </div>
      <output className="wall-news">
        {!live && part !== null && (
          <>
            <strong>{t('wall.not-live', { since: news.since ?? '' })}</strong>
            <span>{news.what}</span>
          </>
        )}
      </output>
      <div className="wall-when">
        <TimeOfDay />
        {(of > 1 || paused) && (
          <p>
            {paused && <Pause aria-hidden="true" />}
            {paused ? t('wall.paused', { place, of }) : t('wall.page', { place, of })}
          </p>
        )}
      </div>
    </header>
  );
}

function Counts({ ids }: { ids: readonly string[] }) {
  const t = useT();
  const count = useCallback(
    (rows: Rows) => {
      const members = ids.flatMap((id) => rows.get(id) ?? []);
      const how = (is: (row: ExtensionRow) => boolean) => members.filter(is).length;
      return [how(isReachable), how(isOnThePhone), how(isRinging)];
    },
    [ids],
  );
  const [reachable = 0, onThePhone = 0, ringing = 0] = useBoardValue(count, sameList);
  const told = [t('board.reachable', { count: reachable }), t('board.on-the-phone', { count: onThePhone })];
  if (ringing > 0) told.push(t('board.ringing', { count: ringing }));
  return <p>{told.join(' · ')}</p>;
}
