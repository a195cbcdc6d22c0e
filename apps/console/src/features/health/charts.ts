import type { HealthPoint } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';
import type { Figures } from './figures.ts';
import { refusalWords, refusalsIn } from './refusals.ts';

type Points = readonly HealthPoint[];

/** One picture of the hour. Its figures are those of the points given: the latest, one pointed at, or all. */
export interface Chart {
  readonly name:
    | 'fan-out'
    | 'events'
    | 'changes'
    | 'consoles'
    | 'refusals'
    | 'store-failures'
    | 'cpu'
    | 'memory';
  readonly look: 'lines' | 'bars';
  /** The first one is the main one. */
  readonly lines: readonly ((point: HealthPoint) => number | null)[];
  /** The axis goes up to this at least. */
  readonly least: number;
  readonly axis: (figures: Figures, value: number) => string;
  readonly value: (t: Translate, figures: Figures, points: Points) => string;
  /** What belongs to the value; null: the most in the hour stands there. */
  readonly detail: ((t: Translate, figures: Figures, points: Points) => string) | null;
  /** It is about all of the hour, and not about the latest point. */
  readonly summed: boolean;
}

function simple(
  name: 'events' | 'changes' | 'consoles' | 'cpu' | 'memory',
  unit: 'perSecond' | 'count' | 'percent' | 'megabytes',
  least: number,
): Chart {
  return {
    name,
    look: 'lines',
    lines: [(point) => point[name]],
    least,
    axis: (figures, value) => figures[unit](value),
    value: (_, figures, points) => points.map((point) => figures[unit](point[name])).join(),
    detail: null,
    summed: false,
  };
}

export const CHARTS: readonly Chart[] = [
  {
    name: 'fan-out',
    look: 'lines',
    lines: [({ fanOut }) => fanOut?.p50 ?? null, ({ fanOut }) => fanOut?.p99 ?? null],
    least: 5,
    axis: ({ milliseconds }, value) => milliseconds(value),
    value: (t, { milliseconds }, [point]) =>
      point?.fanOut == null ? t('health.nothing-sent') : milliseconds(point.fanOut.p50),
    detail: (t, { milliseconds }, [point]) =>
      point?.fanOut == null ? '' : t('health.p99', { time: milliseconds(point.fanOut.p99) }),
    summed: false,
  },
  simple('changes', 'perSecond', 5),
  simple('events', 'perSecond', 5),
  simple('consoles', 'count', 5),
  {
    name: 'refusals',
    look: 'bars',
    lines: [refusalsIn],
    least: 5,
    axis: ({ count }, value) => count(value),
    value: (_, { count }, points) => count(points.reduce((sum, point) => sum + refusalsIn(point), 0)),
    detail: refusalWords,
    summed: true,
  },
  {
    name: 'store-failures',
    look: 'bars',
    lines: [({ storeFailures }) => storeFailures],
    least: 5,
    axis: ({ count }, value) => count(value),
    value: (_, { count }, points) => count(points.reduce((sum, point) => sum + point.storeFailures, 0)),
    detail: (t, _, points) =>
      points.some((point) => point.storeFailures > 0) ? t('health.tried-again') : '',
    summed: true,
  },
  simple('cpu', 'percent', 0.1),
  simple('memory', 'megabytes', 1e8),
];
