import { isCallLamp } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { isActiveLamp, isLine, lampLabel } from '../../entities/kind/kinds.ts';
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { timelineStep } from '../../keyboard/timeline-step.ts';
import {
  type HourRange,
  type Day,
  type Segment,
  dayStats,
  startOfHour,
  mergeAdjacent,
  segmentLabel,
} from './day-segments.ts';
import './day-timeline.css';

interface DayTimelineProps {
  day: Day;
  hourRange: HourRange;
  label: string;
  showHours: boolean;
  entry: HistoryEntryKind;
}

type HistoryEntryKind = Pick<Extension, 'kind' | 'lot' | 'phone'>;

const TICK_HOURS = 3;

/**
 * Timeline of one day: the lamp above, the presence below, distinguished by height and pattern besides colour. The
 * focused or hovered segment is named in words.
 */
export function DayTimeline({ day, hourRange, label, showHours, entry }: DayTimelineProps) {
  const t = useT();
  const [focusedIndex, setFocusedIndex] = useState<number | null>(null);
  const { start, segments } = day;
  const [from, to] = [startOfHour(start, hourRange.first), startOfHour(start, hourRange.last)];
  const percentAt = (timestamp: number) =>
    ((Math.min(Math.max(timestamp, from), to) - from) / (to - from)) * 100;
  const positionStyle = (segment: Segment) => ({
    left: `${percentAt(segment.from)}%`,
    width: `${percentAt(segment.to) - percentAt(segment.from)}%`,
  });
  const visible = useMemo(
    () => segments.filter((segment) => segment.to > from && segment.from < to),
    [segments, from, to],
  );
  const lamps = mergeAdjacent(visible, (a, b) => a.lamp === b.lamp);
  const presences = mergeAdjacent(visible, (a, b) => a.presence === b.presence);
  const lastIndex = visible.length - 1;
  const focusedSegment = focusedIndex === null ? undefined : visible[Math.min(focusedIndex, lastIndex)];
  const segmentText = focusedSegment === undefined ? null : segmentLabel(t, entry, focusedSegment);
  const summary = useSummary(day, entry);

  const onPointerMove = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const timestamp = from + ((clientX - left) / width) * (to - from);
    const found = visible.findIndex((segment) => segment.from <= timestamp && timestamp < segment.to);
    setFocusedIndex(found === -1 ? null : found);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = timelineStep(event, focusedIndex ?? lastIndex, lastIndex);
    if (target !== null) setFocusedIndex(target);
  };
  const ticks = Array.from({ length: 24 }, (_, hour) => hour).filter(
    (hour) => hour % TICK_HOURS === 0 && hour >= hourRange.first && hour <= hourRange.last,
  );

  return (
    <div className="day-timeline">
      <div
        className="day-track"
        data-kind={entry.kind}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot draw segments
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={lastIndex}
        aria-valuenow={focusedIndex ?? lastIndex}
        aria-valuetext={segmentText ?? summary}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setFocusedIndex(null)}
        onKeyDown={onKeyDown}
        onBlur={() => setFocusedIndex(null)}
      >
        {lamps.map((segment) => (
          <i
            key={segment.from}
            className="day-lamp"
            data-state={segment.lamp ?? 'unknown'}
            style={positionStyle(segment)}
          />
        ))}
        {presences.map((segment) => (
          <i
            key={segment.from}
            className="day-presence"
            data-state={segment.presence ?? 'none'}
            style={positionStyle(segment)}
          />
        ))}
        {focusedSegment !== undefined && <i className="day-focused" style={positionStyle(focusedSegment)} />}
      </div>
      {showHours && (
        <div className="day-ticks" aria-hidden="true">
          {ticks.map((hour) => (
            <span key={hour} style={{ left: `${percentAt(startOfHour(start, hour))}%` }}>
              {hour}
            </span>
          ))}
        </div>
      )}
      <p className="note day-segment-label" aria-hidden="true">
        {segmentText ?? summary}
      </p>
    </div>
  );
}

/** Summarizes calls, or how often a function was in use. */
function useSummary(day: Day, entry: HistoryEntryKind): string {
  const t = useT();
  const { approximateDuration } = useFormats();
  const isFunction = isLine(entry) || entry.kind === 'other';
  const { count, ms } = useMemo(
    () => dayStats(day, isFunction ? isActiveLamp : isCallLamp),
    [day, isFunction],
  );
  const duration = approximateDuration(ms);
  if (isFunction) {
    const state = lampLabel(t, entry, 'in-use');
    return count === 0 ? t('history.never', { state }) : t('history.times', { state, count, duration });
  }
  return count === 0 || entry.phone === null
    ? t('history.no-calls')
    : t('history.calls', { count, duration });
}
