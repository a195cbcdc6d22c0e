import { CLOCK } from '../../i18n/formats.ts';
import { useMemo, useSyncExternalStore, useCallback } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock } from '../../data/socket/live-context.tsx';
import { GroupCounts } from '../../entities/extension/group-counts.tsx';
import { Pause } from 'lucide-react';
import type { Extensions } from '../../data/socket/use-board-value.ts';
import type { WallGroup } from './paginate.ts';

/** An outage, and its cause; of several PBXs that are down, each with its since. */
export interface WallStatus {
  readonly outage: string;
  readonly summary: string;
}

interface WallHeaderProps {
  /** Null without extensions. */
  group: WallGroup | null;
  pageNumber: number;
  pageCount: number;
  paused: boolean;
  /** Null while live. */
  status: WallStatus | null;
}

/** The current group, its counts, outages and the time. */
export function WallHeader({ group, pageNumber, pageCount, paused, status }: WallHeaderProps) {
  const t = useT();
  return (
    <header className="wall-header">
      <div className="wall-heading">
        <h1 dir="auto">{group?.title ?? t('wall.heading')}</h1>
        {group !== null && <Counts group={group} />}
      </div>
      <output className="wall-status">
        {group !== null && status !== null && (
          <>
            <strong>{status.outage}</strong>
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
  const membersOf = useCallback(
    (extensions: Extensions) => ids.flatMap((id) => extensions.get(id) ?? []),
    [ids],
  );
  return <GroupCounts membersOf={membersOf} kind={kind} onlyLive />;
}

/** The local time. */
function TimeOfDay() {
  const { locale } = useT();
  const clock = useClock();
  const format = useMemo(() => new Intl.DateTimeFormat(locale, CLOCK), [locale]);
  const text = useSyncExternalStore(clock.subscribe, () => format.format(clock.now()));
  return <time className="wall-clock">{text}</time>;
}
