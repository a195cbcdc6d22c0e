import type { Health, HealthPoint, LinkSpell } from '@lampboard/protocol';
import type { KeyboardEvent } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { type KeyName, boundKey } from '../../ui/keys.ts';
import { CHARTS } from './charts.ts';
import type { Figures } from './figures.ts';
import { type Hour, shareOf, ticksOf } from './plot.ts';
import { TimePlot } from './time-plot.tsx';

interface LinkBandProps {
  health: Health;
  figures: Figures;
  hour: Hour;
  /** The gateway tells nothing any more. */
  isStale: boolean;
  told: HealthPoint | null;
  onPoint: (at: number | null) => void;
}

const STEPS: Readonly<Record<KeyName<'day'>, (at: number, last: number) => number>> = {
  earlier: (at) => at - 1,
  later: (at) => at + 1,
  first: () => 0,
  last: (_, last) => last,
};

const linkWords = (t: Translate, spell: LinkSpell | undefined) => {
  if (spell === undefined) return t('history.unknown');
  return spell.reason === null ? t('link.live') : t(`link.${spell.reason}.short`);
};

/**
 * How the link to Asterisk was, to the moment, above the time that all pictures share. Keys go through the hour here, and
 * all that the pictures say of a moment is told.
 */
export function LinkBand({ health, figures, hour, isStale, told, onPoint }: LinkBandProps) {
  const t = useT();
  const { link, points, time } = health;
  const at = told?.at ?? time;
  const spell = isStale && told === null ? undefined : link.findLast((each) => each.at <= at);
  const place = told === null ? points.length - 1 : points.indexOf(told);
  const when =
    told === null ? t('link.since', { since: figures.time(spell?.at ?? at) }) : figures.time(told.at);
  const state = linkWords(t, spell);
  const values = CHARTS.map(({ name, value }) => {
    const meant = told === null ? points.slice(-1) : [told];
    return `${t(`health.${name}`)} ${value(t, figures, meant)}`;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const key = boundKey('day', event);
    if (key === null || points.length === 0) return;
    event.preventDefault();
    const last = points.length - 1;
    onPoint(points[Math.min(Math.max(STEPS[key](place, last), 0), last)]?.at ?? null);
  };

  return (
    <figure className="health-card health-link">
      <figcaption>
        <h2>{t('health.link')}</h2>
        <p className="health-value" data-live={spell?.reason === null || undefined}>
          {state}
        </p>
        <p className="health-note">{when}</p>
        {health.asterisk !== null && (
          <p className="health-note">{t('health.asterisk', { address: health.asterisk })}</p>
        )}
      </figcaption>
      <div
        className="health-ruler"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot draw spells
        role="slider"
        tabIndex={0}
        aria-label={t('health.moment')}
        aria-valuemin={0}
        aria-valuemax={Math.max(points.length - 1, 0)}
        aria-valuenow={Math.max(place, 0)}
        aria-valuetext={[figures.time(at), state, ...values].join(', ')}
        onKeyDown={onKeyDown}
        onBlur={() => onPoint(null)}
      >
        <TimePlot hour={hour} told={told === null ? null : shareOf(hour, told.at)} onPoint={onPoint}>
          {link.map((each, index) => {
            const from = Math.max(shareOf(hour, each.at), 0);
            const to = shareOf(hour, link[index + 1]?.at ?? time);
            return (
              <i
                key={each.at}
                className="health-spell"
                data-live={each.reason === null || undefined}
                style={{ left: `${from * 100}%`, width: `${Math.max(to - from, 0) * 100}%` }}
              />
            );
          })}
        </TimePlot>
        <div className="health-times" aria-hidden="true">
          {ticksOf(hour).map((tick) => (
            <span key={tick} style={{ left: `${shareOf(hour, tick) * 100}%` }}>
              {figures.minute(tick)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}
