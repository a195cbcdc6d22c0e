import {
  type HealthSample,
  HEALTH_RETENTION_MS,
  HEALTH_INTERVAL_MS,
  type Me,
  isAllowed,
} from '@lampboard/protocol';
import { useState, useCallback, useMemo } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { CHARTS } from './chart-defs.ts';
import { type Formatters, createFormatters } from './formatters.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { Alert } from '../../ui/alert.tsx';
import { ChartCard } from './chart-card.tsx';
import { LinkTimeline } from './link-timeline.tsx';
import { useHealth } from '../../data/http/use-health.ts';
import '../../ui/styles/page-container.css';
import './health-screen.css';

/** One row for so many milliseconds. */
const ROW_INTERVAL_MS = 5 * 60_000;

/** The last point of every five minutes, the latest first. */
function rowsOf(samples: readonly HealthSample[]): readonly (readonly HealthSample[])[] {
  const rows = new Map<number, HealthSample[]>();
  for (const sample of samples) {
    const row = Math.ceil(sample.timestamp / ROW_INTERVAL_MS);
    rows.set(row, [...(rows.get(row) ?? []), sample]);
  }
  return [...rows.values()].toReversed();
}

/** The same in figures, for whoever would rather read them, or have them read. */
function HealthTable({ samples, formatters }: { samples: readonly HealthSample[]; formatters: Formatters }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <details className="health-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('health.as-table')}</summary>
      {open && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
        <section className="health-scroll" aria-label={t('health.as-table')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('health.until')}</th>
                {CHARTS.map(({ name }) => (
                  <th key={name} scope="col">
                    {t(`health.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowsOf(samples).map((row) => (
                <tr key={row[0]?.timestamp}>
                  <th scope="row">{formatters.minute(row.at(-1)?.timestamp ?? 0)}</th>
                  {CHARTS.map(({ name, summed, value }) => (
                    <td key={name}>{value(t, formatters, summed ? row : row.slice(-1))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}

/** How Lampboard itself is, and was in the last hour. */
export function HealthScreen({ me }: { me: Me }) {
  const t = useT();
  return (
    <main className="page-container health-screen">
      <h1>{t('health.heading')}</h1>
      {isAllowed(me, 'get-health', {}) ? (
        <Charts />
      ) : (
        <p className="health-note">{t('health.admins-only')}</p>
      )}
    </main>
  );
}

function Charts() {
  const t = useT();
  const { health, now, failure } = useHealth();
  const [hoveredAt, setHoveredAt] = useState<number | null>(null);
  const formatters = useMemo(() => createFormatters(t), [t]);
  const hour = useMemo(() => ({ from: now - HEALTH_RETENTION_MS, to: now }), [now]);
  const onHover = useCallback((timestamp: number | null) => setHoveredAt(timestamp), []);
  const samples = health?.samples ?? [];
  // A point tells of the time before it.
  const hoveredPoint =
    hoveredAt === null
      ? null
      : (samples.find(
          (sample) => sample.timestamp >= hoveredAt && sample.timestamp - hoveredAt <= 2 * HEALTH_INTERVAL_MS,
        ) ?? null);

  return (
    <>
      {failure !== null && (
        <Alert>
          {failureMessage(t, failure)}
          {health !== null && ` ${t('health.stale', { time: formatters.time(health.time) })}`}
        </Alert>
      )}
      {health !== null && (
        <div className="health-charts" data-stale={failure !== null || undefined}>
          <LinkTimeline {...{ health, formatters, hour, hoveredPoint, onHover }} isStale={failure !== null} />
          {CHARTS.map((chart) => (
            <ChartCard key={chart.name} {...{ chart, formatters, samples, hour, hoveredPoint, onHover }} />
          ))}
        </div>
      )}
      {health !== null && samples.length === 0 && <p className="health-note">{t('health.begins')}</p>}
      {samples.length > 0 && <HealthTable samples={samples} formatters={formatters} />}
    </>
  );
}
