import type { HealthSample } from '@lampboard/protocol';
import { useMemo } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Chart } from './chart-defs.ts';
import type { Formatters } from './formatters.ts';
import { HEIGHT, type Hour, WIDTH, barsPath, linePaths, niceMax, fraction } from './chart-geometry.ts';
import { TimePlot } from './time-plot.tsx';

interface ChartCardProps {
  chart: Chart;
  formatters: Formatters;
  samples: readonly HealthSample[];
  hour: Hour;
  hoveredPoint: HealthSample | null;
  onHover: (timestamp: number | null) => void;
}

export function ChartCard({ chart, formatters, samples, hour, hoveredPoint, onHover }: ChartCardProps) {
  const t = useT();
  const { name, variant, lines, minTop, axis, value, detail, summed } = chart;
  const { top, paths } = useMemo(() => {
    const series = lines.map((line) =>
      samples.map((sample) => ({ timestamp: sample.timestamp, value: line(sample) })),
    );
    const seriesMax = Math.max(0, ...series.flat().map((reading) => reading.value ?? 0));
    const top = niceMax(seriesMax, minTop);
    const draw = (readings: (typeof series)[number]) =>
      variant === 'bars' ? { line: barsPath(readings, hour, top), area: '' } : linePaths(readings, hour, top);
    return { top, paths: series.map(draw) };
  }, [lines, variant, minTop, samples, hour]);
  const selectedPoints = hoveredPoint === null ? (summed ? samples : samples.slice(-1)) : [hoveredPoint];
  const hourMax = () => {
    const max = Math.max(0, ...samples.map((sample) => lines[0]?.(sample) ?? 0));
    return samples.length === 0 ? '' : t('health.at-most', { value: axis(formatters, max) });
  };
  const note =
    hoveredPoint === null
      ? [detail === null ? hourMax() : detail(t, formatters, selectedPoints)]
      : [formatters.time(hoveredPoint.timestamp), detail?.(t, formatters, selectedPoints) ?? ''];

  return (
    <figure className="card health-card" data-chart={name}>
      <figcaption>
        <h2>{t(`health.${name}`)}</h2>
        <p className="health-value">
          {selectedPoints.length === 0 ? '–' : value(t, formatters, selectedPoints)}
        </p>
        <p className="note">{note.filter((text) => text !== '').join(' · ')}</p>
      </figcaption>
      <TimePlot
        hour={hour}
        hoverPosition={hoveredPoint === null ? null : fraction(hour, hoveredPoint.timestamp)}
        onHover={onHover}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" data-variant={variant}>
          {paths.map(({ line, area }, index) => (
            <g key={index} data-line={index === 0 ? 'main' : 'more'}>
              <path className="health-area" d={area} />
              <path className="health-line" d={line} />
            </g>
          ))}
        </svg>
        <span className="health-axis-max">{axis(formatters, top)}</span>
      </TimePlot>
    </figure>
  );
}
