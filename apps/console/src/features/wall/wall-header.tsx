import { CLOCK } from '../../i18n/formats.ts';
import { useMemo, useSyncExternalStore, useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock, useIsLive } from '../../data/socket/live-context.tsx';
import { countsLabel } from '../../entities/extension/extension-counts.ts';
import { Pause } from 'lucide-react';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import type { WallGroup } from './paginate.ts';

interface WallHeaderProps {
  /** Null without extensions. */
  group: WallGroup | null;
  pageNumber: number;
  pageCount: number;
  paused: boolean;
  status: { readonly summary: string; readonly since: string | null };
}

/** The current group, its counts and the time; an outage replaces the counts. */
export function WallHeader({ group, pageNumber, pageCount, paused, status }: WallHeaderProps) {
  const t = useT();
  const live = useIsLive();
  return (
    <header className="wall-header">
      <div className="wall-heading">
        <h1 dir="auto">{group?.title ?? t('wall.heading')}</h1>
        {live && group !== null && <Counts group={group} />}
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
              ? t('wall.paused', { page: pageNumber, total: pageCount })
              : t('wall.page', { page: pageNumber, total: pageCount })}
          </p>
        )}
      </div>
    </header>
  );
}

function Counts({ group: { ids, kind } }: { group: WallGroup }) {
  const t = useT();
  const count = useCallback(
    (extensions: Extensions) =>
      countsLabel(
        t,
        ids.flatMap((id) => extensions.get(id) ?? []),
        kind,
      ),
    [t, ids, kind],
  );
  return <p>{useBoardValue(count)}</p>;
}

/** The local time. */
function TimeOfDay() {
  const { locale } = useT();
  const clock = useClock();
  const format = useMemo(() => new Intl.DateTimeFormat(locale, CLOCK), [locale]);
  const text = useSyncExternalStore(clock.subscribe, () => format.format(clock.now()));
  return <time className="wall-clock">{text}</time>;
}
