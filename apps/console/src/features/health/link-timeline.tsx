import type { Health, HealthSample, LinkStateInterval, PbxHealth } from '@lampboard/protocol';
import type { KeyboardEvent } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { timelineStep } from '../../keyboard/timeline-step.ts';
import { CHARTS } from './chart-defs.ts';
import type { Formatters } from './formatters.ts';
import { type Hour, fraction, ticksOf } from './chart-geometry.ts';
import { TimePlot } from './time-plot.tsx';

interface LinkTimelineProps {
  health: Health;
  pbx: PbxHealth;
  formatters: Formatters;
  hour: Hour;
  isStale: boolean;
  hoveredPoint: HealthSample | null;
  onHover: (timestamp: number | null) => void;
}

const linkLabel = (t: Translate, interval: LinkStateInterval | undefined) => {
  if (interval === undefined) return t('lamp.unknown');
  return interval.reason === null ? t('link.live') : t(`link.${interval.reason}.short`);
};

/** Timeline of the link to one Asterisk. Arrow keys move through the hour; its value text has the values of all charts. */
export function LinkTimeline({
  health,
  pbx,
  formatters,
  hour,
  isStale,
  hoveredPoint,
  onHover,
}: LinkTimelineProps) {
  const t = useT();
  const { samples, time } = health;
  const { name, link, asterisk } = pbx;
  const heading = name === '' ? t('health.link') : t('health.link-of', { pbx: name });
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
    const target = samples.length === 0 ? null : timelineStep(event, index, samples.length - 1);
    if (target !== null) onHover(samples[target]?.timestamp ?? null);
  };

  return (
    <figure className="card health-card health-link">
      <figcaption>
        <h2>{heading}</h2>
        <p className="health-value" data-live={interval?.reason === null || undefined}>
          {state}
        </p>
        <p className="note">{when}</p>
        {asterisk !== null && <p className="note">{t('health.asterisk', { address: asterisk })}</p>}
      </figcaption>
      <div
        className="health-timeline"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot draw segments
        role="slider"
        tabIndex={0}
        aria-label={name === '' ? t('health.time') : t('health.time-of', { pbx: name })}
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
