import { CLOCK } from '../../i18n/formats.ts';
import { useMemo, useSyncExternalStore, useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock, useIsLive } from '../../data/socket/live-context.tsx';
import type { Extension } from '@lampboard/protocol';
import { isOnCall, isReachable, isRinging } from '@lampboard/model';
import { Pause } from 'lucide-react';
import { type Extensions, sameList, useBoardValue } from '../../data/socket/use-board-value.ts';
import type { WallGroup } from './page-layout.ts';

interface WallHeaderProps {
  /** The group that is seen; null where there is nobody. */
  group: WallGroup | null;
  pageNumber: number;
  pageCount: number;
  paused: boolean;
  status: { readonly summary: string; readonly since: string | null };
}

/** Whose lamps these are, what they come to, and the time; in big words instead where they are not live. */
export function WallHeader({ group, pageNumber, pageCount, paused, status }: WallHeaderProps) {
  const t = useT();
  const live = useIsLive();
  return (
    <header className="wall-header">
      <div className="wall-heading">
        <h1 dir="auto">{group?.title ?? t('wall.heading')}</h1>
        {live && group !== null && <Counts ids={group.ids} />}
      </div>
      <output className="wall-status">
        {!live && group !== null && (
          <>
            <strong>{t('wall.not-live', { since: status.since ?? '' })}</strong>
            <span>{status.summary}</span>
          </>
        )}
      </output>
      <div className="wall-time">
        <TimeOfDay />
        {(pageCount > 1 || paused) && (
          <p>
            {paused && <Pause aria-hidden="true" />}
            {paused
              ? t('wall.paused', { place: pageNumber, of: pageCount })
              : t('wall.page', { place: pageNumber, of: pageCount })}
          </p>
        )}
      </div>
    </header>
  );
}

function Counts({ ids }: { ids: readonly string[] }) {
  const t = useT();
  const count = useCallback(
    (extensions: Extensions) => {
      const members = ids.flatMap((id) => extensions.get(id) ?? []);
      const countWhere = (predicate: (extension: Extension) => boolean) => members.filter(predicate).length;
      return [countWhere(isReachable), countWhere(isOnCall), countWhere(isRinging)];
    },
    [ids],
  );
  const [reachable = 0, onThePhone = 0, ringing = 0] = useBoardValue(count, sameList);
  const counts = [t('board.reachable', { count: reachable }), t('board.on-the-phone', { count: onThePhone })];
  if (ringing > 0) counts.push(t('board.ringing', { count: ringing }));
  return <p>{counts.join(' · ')}</p>;
}

/** The time by this browser's clock, which goes on whatever happens. */
function TimeOfDay() {
  const { locale } = useT();
  const clock = useClock();
  const format = useMemo(() => new Intl.DateTimeFormat(locale, CLOCK), [locale]);
  const text = useSyncExternalStore(clock.subscribe, () => format.format(clock.now()));
  return <time className="wall-clock">{text}</time>;
}
