import {
  type HealthSample,
  HEALTH_RETENTION_MS,
  HEALTH_INTERVAL_MS,
  type Me,
  isAllowed,
} from '@lampboard/protocol';
import { useMemo, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { CHARTS } from './chart-defs.ts';
import { type Formatters, createFormatters } from './formatters.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { Alert } from '../../ui/alert.tsx';
import { ChartCard } from './chart-card.tsx';
import { LinkTimeline } from './link-timeline.tsx';
import { useHealth } from '../../data/http/use-health.ts';
import '../../ui/styles/page.css';
import './health-screen.css';

const TABLE_INTERVAL_MS = 5 * 60_000;

/** Groups the samples by five minutes, the latest first. */
function groupByInterval(samples: readonly HealthSample[]): readonly (readonly HealthSample[])[] {
  const groups = new Map<number, HealthSample[]>();
  for (const sample of samples) {
    const interval = Math.ceil(sample.timestamp / TABLE_INTERVAL_MS);
    groups.set(interval, [...(groups.get(interval) ?? []), sample]);
  }
  return [...groups.values()].toReversed();
}

function HealthTable({ samples, formatters }: { samples: readonly HealthSample[]; formatters: Formatters }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <details className="health-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('health.as-table')}</summary>
      {open && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable by keyboard
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
              {groupByInterval(samples).map((group) => (
                <tr key={group[0]?.timestamp}>
                  <th scope="row">{formatters.minute(group.at(-1)?.timestamp ?? 0)}</th>
                  {CHARTS.map(({ name, summed, value }) => (
                    <td key={name}>{value(t, formatters, summed ? group : group.slice(-1))}</td>
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

export function HealthScreen({ me }: { me: Me }) {
  const t = useT();
  return (
    <main className="page-container">
      <h1>{t('health.heading')}</h1>
      {isAllowed(me, 'get-health', {}) ? <Charts /> : <p className="note">{t('health.admins-only')}</p>}
    </main>
  );
}

function Charts() {
  const t = useT();
  const { health, now, failure } = useHealth();
  const [hoveredAt, setHoveredAt] = useState<number | null>(null);
  const formatters = useMemo(() => createFormatters(t), [t]);
  const hour = useMemo(() => ({ from: now - HEALTH_RETENTION_MS, to: now }), [now]);
  const samples = health?.samples ?? [];
  // A sample covers the time before it.
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
          {health.pbxs.map((pbx) => (
            <LinkTimeline
              key={pbx.id}
              {...{ health, pbx, formatters, hour, hoveredPoint }}
              isStale={failure !== null}
              onHover={setHoveredAt}
            />
          ))}
          {CHARTS.map((chart) => (
            <ChartCard
              key={chart.name}
              {...{ chart, formatters, samples, hour, hoveredPoint }}
              onHover={setHoveredAt}
            />
          ))}
        </div>
      )}
      {health !== null && samples.length === 0 && <p className="note">{t('health.no-data-yet')}</p>}
      {samples.length > 0 && <HealthTable samples={samples} formatters={formatters} />}
    </>
  );
}
