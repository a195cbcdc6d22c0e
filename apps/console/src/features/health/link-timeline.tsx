import type { Health, HealthSample, LinkStateInterval } from '@lampboard/protocol';
import type { KeyboardEvent } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { type ShortcutName, matchShortcut } from '../../keyboard/shortcuts.ts';
import { CHARTS } from './chart-defs.ts';
import type { Formatters } from './formatters.ts';
import { type Hour, fraction, ticksOf } from './chart-geometry.ts';
import { TimePlot } from './time-plot.tsx';

interface LinkTimelineProps {
  health: Health;
  formatters: Formatters;
  hour: Hour;
  /** The gateway tells nothing any more. */
  isStale: boolean;
  hoveredPoint: HealthSample | null;
  onHover: (timestamp: number | null) => void;
}

const STEPS: Readonly<Record<ShortcutName<'timeline'>, (index: number, last: number) => number>> = {
  earlier: (index) => index - 1,
  later: (index) => index + 1,
  first: () => 0,
  last: (_, last) => last,
};

const linkLabel = (t: Translate, interval: LinkStateInterval | undefined) => {
  if (interval === undefined) return t('history.unknown');
  return interval.reason === null ? t('link.live') : t(`link.${interval.reason}.short`);
};

/**
 * How the link to Asterisk was, to the moment, above the time that all pictures share. Keys go through the hour here, and
 * all that the pictures say of a moment is told.
 */
export function LinkTimeline({
  health,
  formatters,
  hour,
  isStale,
  hoveredPoint,
  onHover,
}: LinkTimelineProps) {
  const t = useT();
  const { link, samples, time } = health;
  const timestamp = hoveredPoint?.timestamp ?? time;
  const interval =
    isStale && hoveredPoint === null ? undefined : link.findLast((each) => each.startedAt <= timestamp);
  const index = hoveredPoint === null ? samples.length - 1 : samples.indexOf(hoveredPoint);
  const when =
    hoveredPoint === null
      ? t('link.since', { since: formatters.time(interval?.startedAt ?? timestamp) })
      : formatters.time(hoveredPoint.timestamp);
  const state = linkLabel(t, interval);
  const values = CHARTS.map(({ name, value }) => {
    const selectedPoints = hoveredPoint === null ? samples.slice(-1) : [hoveredPoint];
    return `${t(`health.${name}`)} ${value(t, formatters, selectedPoints)}`;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const key = matchShortcut('timeline', event);
    if (key === null || samples.length === 0) return;
    event.preventDefault();
    const last = samples.length - 1;
    onHover(samples[Math.min(Math.max(STEPS[key](index, last), 0), last)]?.timestamp ?? null);
  };

  return (
    <figure className="health-card health-link">
      <figcaption>
        <h2>{t('health.link')}</h2>
        <p className="health-value" data-live={interval?.reason === null || undefined}>
          {state}
        </p>
        <p className="health-note">{when}</p>
        {health.asterisk !== null && (
          <p className="health-note">{t('health.asterisk', { address: health.asterisk })}</p>
        )}
      </figcaption>
      <div
        className="health-crosshair"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot draw spells
        role="slider"
        tabIndex={0}
        aria-label={t('health.moment')}
        aria-valuemin={0}
        aria-valuemax={Math.max(samples.length - 1, 0)}
        aria-valuenow={Math.max(index, 0)}
        aria-valuetext={[formatters.time(timestamp), state, ...values].join(', ')}
        onKeyDown={onKeyDown}
        onBlur={() => onHover(null)}
      >
        <TimePlot
          hour={hour}
          hoverPosition={hoveredPoint === null ? null : fraction(hour, hoveredPoint.timestamp)}
          onHover={onHover}
        >
          {link.map((each, index) => {
            const from = Math.max(fraction(hour, each.startedAt), 0);
            const to = fraction(hour, link[index + 1]?.startedAt ?? time);
            return (
              <i
                key={each.startedAt}
                className="health-interval"
                data-live={each.reason === null || undefined}
                style={{ left: `${from * 100}%`, width: `${Math.max(to - from, 0) * 100}%` }}
              />
            );
          })}
        </TimePlot>
        <div className="health-times" aria-hidden="true">
          {ticksOf(hour).map((tick) => (
            <span key={tick} style={{ left: `${fraction(hour, tick) * 100}%` }}>
              {formatters.minute(tick)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}
