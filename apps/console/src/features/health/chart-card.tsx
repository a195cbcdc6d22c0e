import type { HealthPoint } from '@lampboard/protocol';
import { useMemo } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Chart } from './charts.ts';
import type { Figures } from './figures.ts';
import { HEIGHT, type Hour, WIDTH, barsPath, linePaths, roundTop, shareOf } from './plot.ts';
import { TimePlot } from './time-plot.tsx';

interface ChartCardProps {
  chart: Chart;
  figures: Figures;
  points: readonly HealthPoint[];
  hour: Hour;
  /** The point that is pointed at. */
  told: HealthPoint | null;
  onPoint: (at: number | null) => void;
}

/** One picture of the hour, with what it says now, or said at the moment pointed at, in words and figures. */
export function ChartCard({ chart, figures, points, hour, told, onPoint }: ChartCardProps) {
  const t = useT();
  const { name, look, lines, least, axis, value, detail, summed } = chart;
  const { top, paths } = useMemo(() => {
    const series = lines.map((line) => points.map((point) => ({ at: point.at, value: line(point) })));
    const most = Math.max(0, ...series.flat().map((reading) => reading.value ?? 0));
    const top = roundTop(most, least);
    const draw = (readings: (typeof series)[number]) =>
      look === 'bars' ? { line: barsPath(readings, hour, top), area: '' } : linePaths(readings, hour, top);
    return { top, paths: series.map(draw) };
  }, [lines, look, least, points, hour]);
  const meant = told === null ? (summed ? points : points.slice(-1)) : [told];
  const most = Math.max(0, ...points.map((point) => lines[0]?.(point) ?? 0));
  const note =
    told === null
      ? [detail === null ? t('health.at-most', { value: axis(figures, most) }) : detail(t, figures, meant)]
      : [figures.time(told.at), detail?.(t, figures, meant) ?? ''];

  return (
    <figure className="health-card" data-chart={name}>
      <figcaption>
        <h2>{t(`health.${name}`)}</h2>
        <p className="health-value">{meant.length === 0 ? '–' : value(t, figures, meant)}</p>
        <p className="health-note">{note.filter((words) => words !== '').join(' · ')}</p>
      </figcaption>
      <TimePlot hour={hour} told={told === null ? null : shareOf(hour, told.at)} onPoint={onPoint}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" data-look={look}>
          {paths.map(({ line, area }, place) => (
            <g key={place} data-line={place === 0 ? 'main' : 'more'}>
              <path className="health-area" d={area} />
              <path className="health-line" d={line} />
            </g>
          ))}
        </svg>
        <span className="health-top">{axis(figures, top)}</span>
      </TimePlot>
    </figure>
  );
}
