import { CLOCK } from '../../i18n/formats.ts';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { type Day, joined } from './days.ts';
import { wasWords } from './span-words.ts';

/** The same in words, for whoever would rather read it, or have it read. */
export function DayList({ days }: { days: readonly Day[] }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const day = new Intl.DateTimeFormat(t.locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const time = new Intl.DateTimeFormat(t.locale, CLOCK);
  return (
    <details className="day-list" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('history.as-list')}</summary>
      {open &&
        days.map(({ start, spans }) => (
          <table key={start}>
            <caption>{day.format(start)}</caption>
            <thead className="unseen">
              <tr>
                <th scope="col">{t('history.from')}</th>
                <th scope="col">{t('history.was')}</th>
              </tr>
            </thead>
            <tbody>
              {joined(spans, (a, b) => a.lamp === b.lamp && a.presence === b.presence)
                .toReversed()
                .map((span) => (
                  <tr key={span.from}>
                    <td>
                      <time dateTime={new Date(span.from).toISOString()}>{time.format(span.from)}</time>
                    </td>
                    <td>{wasWords(t, span)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
    </details>
  );
}
