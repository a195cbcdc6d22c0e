import { type History, isAllowed } from '@lampboard/protocol';
import { useSyncExternalStore, useState, useId, useMemo } from 'react';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { offlineSince } from '../../data/socket/connection-state.ts';
import { useClock, useLiveState, useExtension } from '../../data/socket/live-context.tsx';
import type { EntryKind } from '../../entities/kind/kinds.ts';
import { CLOCK } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Day, mergeAdjacent, stateLabel, hourRangeOf, toDays } from './day-segments.ts';
import { useMe } from '../../data/http/api-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/form/field.tsx';
import { DayTimeline } from './day-timeline.tsx';
import { useRefreshAfterChange } from './use-refresh.ts';
import './person-history.css';

export function PersonHistory({ id }: { id: string }) {
  const me = useMe();
  return me !== null && isAllowed(me, 'list-history', { id }) ? <Days id={id} /> : null;
}

function Days({ id }: { id: string }) {
  const t = useT();
  const headingId = useId();
  const { history, now } = useHistory(id);
  const days = useMemo(() => (history === null ? [] : toDays(history, now)), [history, now]);
  const hourRange = useMemo(() => hourRangeOf(days), [days]);
  const entry = useExtension(id);
  const [today, ...earlier] = days;
  if (today === undefined || entry === undefined) return null;
  const weekday = new Intl.DateTimeFormat(t.locale, { weekday: 'long', day: 'numeric', month: 'long' });

  return (
    <section className="person-history" aria-labelledby={headingId}>
      <FieldHeading id={headingId}>{t('history.today')}</FieldHeading>
      <DayTimeline day={today} hourRange={hourRange} label={t('history.today')} showHours entry={entry} />
      {earlier.length > 0 && (
        <details>
          <summary>{t('history.earlier')}</summary>
          {earlier.map((day, index) => (
            <div key={day.start}>
              <h4>{weekday.format(day.start)}</h4>
              <DayTimeline
                day={day}
                hourRange={hourRange}
                label={weekday.format(day.start)}
                showHours={index === 0}
                entry={entry}
              />
            </div>
          ))}
        </details>
      )}
      <DayTable days={days} entry={entry} />
      {history?.assignedSince !== undefined && (
        <FieldNote>{t('history.assigned-since', { day: weekday.format(history.assignedSince) })}</FieldNote>
      )}
    </section>
  );
}

function DayTable({ days, entry }: { days: readonly Day[]; entry: EntryKind }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const dayFormat = new Intl.DateTimeFormat(t.locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const timeFormat = new Intl.DateTimeFormat(t.locale, CLOCK);
  return (
    <details className="day-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('history.as-list')}</summary>
      {open &&
        days.map(({ start, segments }) => (
          <table key={start}>
            <caption>{dayFormat.format(start)}</caption>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">{t('history.from')}</th>
                <th scope="col">{t('history.state')}</th>
              </tr>
            </thead>
            <tbody>
              {mergeAdjacent(segments, (a, b) => a.lamp === b.lamp && a.presence === b.presence)
                .toReversed()
                .map((segment) => (
                  <tr key={segment.from}>
                    <td>
                      <time dateTime={new Date(segment.from).toISOString()}>
                        {timeFormat.format(segment.from)}
                      </time>
                    </td>
                    <td>{stateLabel(t, entry, segment)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
    </details>
  );
}

const MINUTE = 60_000;

/**
 * Loads the history again when the extension changes. `now` is the gateway's time, rounded up to the minute; while
 * not live, the time of the disconnect.
 */
function useHistory(id: string): { readonly history: History | null; readonly now: number } {
  const { reply, refresh } = useCommandQuery('list-history', { id });
  const extension = useExtension(id);
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  const minute = useSyncExternalStore(clock.subscribe, () => Math.floor((clock.now() + offset) / MINUTE));
  const stateKey = `${extension?.lamp} ${extension?.presence?.state}`;
  useRefreshAfterChange(stateKey, refresh);
  const until = useLiveState((state) => offlineSince(state, id)) ?? (minute + 1) * MINUTE;
  const history = reply?.ok === true && reply.value.retentionDays > 0 ? reply.value : null;
  return { history, now: until };
}
