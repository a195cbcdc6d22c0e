import { HEALTH_KEPT_MS, HEALTH_STEP_MS, type Me, may } from '@lampboard/protocol';
import { useCallback, useMemo, useState } from 'react';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { ChartCard } from './chart-card.tsx';
import { CHARTS } from './charts.ts';
import { createFigures } from './figures.ts';
import { HealthTable } from './health-table.tsx';
import { LinkBand } from './link-band.tsx';
import { useHealth } from '../../api/use-health.ts';
import '../../ui/page-column.css';
import './health-screen.css';

/** How Lampboard itself is, and was in the last hour. */
export function HealthScreen({ me }: { me: Me }) {
  const t = useT();
  return (
    <main className="page-column health-screen">
      <h1>{t('health.heading')}</h1>
      {may(me, 'read-health', {}) ? <Pictures /> : <p className="health-note">{t('health.admins-only')}</p>}
    </main>
  );
}

function Pictures() {
  const t = useT();
  const { health, now, failure } = useHealth();
  const [at, setAt] = useState<number | null>(null);
  const figures = useMemo(() => createFigures(t), [t]);
  const hour = useMemo(() => ({ from: now - HEALTH_KEPT_MS, to: now }), [now]);
  const onPoint = useCallback((moment: number | null) => setAt(moment), []);
  const points = health?.points ?? [];
  // A point tells of the time before it.
  const told =
    at === null
      ? null
      : (points.find((point) => point.at >= at && point.at - at <= 2 * HEALTH_STEP_MS) ?? null);

  return (
    <>
      {failure !== null && (
        <Alert>
          {failureWords(t, failure)}
          {health !== null && ` ${t('health.stale', { time: figures.time(health.time) })}`}
        </Alert>
      )}
      {health !== null && (
        <div className="health-pictures" data-stale={failure !== null || undefined}>
          <LinkBand {...{ health, figures, hour, told, onPoint }} isStale={failure !== null} />
          {CHARTS.map((chart) => (
            <ChartCard key={chart.name} {...{ chart, figures, points, hour, told, onPoint }} />
          ))}
        </div>
      )}
      {health !== null && points.length === 0 && <p className="health-note">{t('health.begins')}</p>}
      {points.length > 0 && <HealthTable points={points} figures={figures} />}
    </>
  );
}
