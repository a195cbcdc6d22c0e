import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { type KeyName, boundKey } from '../../ui/keys.ts';
import { type Axis, type Day, type Span, callsOf, hourOf, joined } from './days.ts';
import { spanWords } from './span-words.ts';
import './day-line.css';

interface DayLineProps {
  day: Day;
  axis: Axis;
  label: string;
  /** Whether its hours are written under it. */
  hours: boolean;
  hasPhone: boolean;
}

/** So many hours lie between two that are marked. */
const TICK_HOURS = 3;

const STEPS: Readonly<Record<KeyName<'day'>, (at: number, last: number) => number>> = {
  earlier: (at) => at - 1,
  later: (at) => at + 1,
  first: () => 0,
  last: (_, last) => last,
};

/**
 * One day as a picture: the telephone above, the person below, each told apart by height and pattern beside its colour.
 * What is pointed at, or reached by the arrows, is told in words.
 */
export function DayLine({ day, axis, label, hours, hasPhone }: DayLineProps) {
  const t = useT();
  const [told, setTold] = useState<number | null>(null);
  const { start, spans } = day;
  const [from, to] = [hourOf(start, axis.first), hourOf(start, axis.last)];
  const share = (at: number) => ((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100;
  const place = (span: Span) => ({
    left: `${share(span.from)}%`,
    width: `${share(span.to) - share(span.from)}%`,
  });
  const seen = useMemo(() => spans.filter((span) => span.to > from && span.from < to), [spans, from, to]);
  const lamps = joined(seen, (a, b) => a.lamp === b.lamp);
  const presences = joined(seen, (a, b) => a.presence === b.presence);
  const last = seen.length - 1;
  const reached = told === null ? undefined : seen[Math.min(told, last)];
  const words = reached === undefined ? null : spanWords(t, reached);
  const summary = useSummary(day, hasPhone);

  const onPointerMove = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const at = from + ((clientX - left) / width) * (to - from);
    const found = seen.findIndex((span) => span.from <= at && at < span.to);
    setTold(found === -1 ? null : found);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = boundKey('day', event);
    if (key === null) return;
    const step = STEPS[key];
    event.preventDefault();
    setTold((before) => Math.min(Math.max(step(before ?? last, last), 0), last));
  };
  const ticks = Array.from({ length: 24 }, (_, hour) => hour).filter(
    (hour) => hour % TICK_HOURS === 0 && hour >= axis.first && hour <= axis.last,
  );

  return (
    <div className="day-line">
      <div
        className="day-track"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot draw spans
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={told ?? last}
        aria-valuetext={words ?? summary}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setTold(null)}
        onKeyDown={onKeyDown}
        onBlur={() => setTold(null)}
      >
        {lamps.map((span) => (
          <i key={span.from} className="day-lamp" data-was={span.lamp ?? 'unknown'} style={place(span)} />
        ))}
        {presences.map((span) => (
          <i
            key={span.from}
            className="day-presence"
            data-was={span.presence ?? 'none'}
            style={place(span)}
          />
        ))}
        {reached !== undefined && <i className="day-reached" style={place(reached)} />}
      </div>
      {hours && (
        <div className="day-ticks" aria-hidden="true">
          {ticks.map((hour) => (
            <span key={hour} style={{ left: `${share(hourOf(start, hour))}%` }}>
              {hour}
            </span>
          ))}
        </div>
      )}
      <p className="day-words" aria-hidden="true">
        {words ?? summary}
      </p>
    </div>
  );
}

/** How often and how long somebody was on the phone that day; without a telephone nobody was. */
function useSummary(day: Day, hasPhone: boolean): string {
  const t = useT();
  const { roughTime } = useFormats();
  const { count, ms } = useMemo(() => callsOf(day), [day]);
  return count === 0 || !hasPhone
    ? t('history.no-calls')
    : t('history.calls', { count, duration: roughTime(ms) });
}
