import { may } from '@lampboard/protocol';
import { useId, useMemo } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useRow } from '../../live/live-context.tsx';
import { FieldHeading, FieldNote } from '../../ui/field.tsx';
import { DayLine } from './day-line.tsx';
import { axisOf, daysOf } from './days.ts';
import { DayList } from './day-list.tsx';
import { useHistory } from './use-history.ts';
import './person-history.css';

/** How telephone and person were today, and in the days before; nothing where none is kept, or may be seen. */
export function PersonHistory({ id }: { id: string }) {
  const me = useMe();
  return me !== null && may(me, 'list-history', { id }) ? <Days id={id} /> : null;
}

function Days({ id }: { id: string }) {
  const t = useT();
  const headingId = useId();
  const { history, now } = useHistory(id);
  const days = useMemo(() => (history === null ? [] : daysOf(history, now)), [history, now]);
  const axis = useMemo(() => axisOf(days), [days]);
  const hasPhone = useRow(id)?.phone !== null;
  const [today, ...earlier] = days;
  if (today === undefined) return null;
  const weekday = new Intl.DateTimeFormat(t.locale, { weekday: 'long', day: 'numeric', month: 'long' });

  return (
    <section className="person-history" aria-labelledby={headingId}>
      <FieldHeading id={headingId}>{t('history.today')}</FieldHeading>
      <DayLine day={today} axis={axis} label={t('history.today')} hours hasPhone={hasPhone} />
      {earlier.length > 0 && (
        <details>
          <summary>{t('history.earlier')}</summary>
          {earlier.map((day, place) => (
            <div key={day.start}>
              <h4>{weekday.format(day.start)}</h4>
              <DayLine
                day={day}
                axis={axis}
                label={weekday.format(day.start)}
                hours={place === 0}
                hasPhone={hasPhone}
              />
            </div>
          ))}
        </details>
      )}
      <DayList days={days} />
      {history?.ownSince !== undefined && (
        <FieldNote>{t('history.own-since', { day: weekday.format(history.ownSince) })}</FieldNote>
      )}
    </section>
  );
}
