import type { HealthSample } from '@lampboard/protocol';
import type { MessageFailureCode, Translate } from '../../i18n/translate.ts';
import type { Formatters } from './formatters.ts';

const KINDS = ['sign-in', 'rights', 'limits', 'conflict', 'asterisk', 'store', 'fault', 'input'] as const;
type Kind = (typeof KINDS)[number];

/** Kinds of failure for administrators; other codes are invalid input. */
const KIND_OF: Readonly<Partial<Record<MessageFailureCode, Kind>>> = {
  'wrong-credentials': 'sign-in',
  'signed-out': 'sign-in',
  'link-expired': 'sign-in',
  forbidden: 'rights',
  'too-many': 'limits',
  'limit-reached': 'limits',
  conflict: 'conflict',
  superseded: 'conflict',
  'link-down': 'asterisk',
  timeout: 'asterisk',
  'refused-by-asterisk': 'asterisk',
  'store-unavailable': 'store',
  'internal-error': 'fault',
};
const kinds = new Map<string, Kind>(Object.entries(KIND_OF));

function failureCount({ failures }: HealthSample): number {
  return Object.values(failures).reduce((sum, count) => sum + count, 0);
}

/** `3 conflict, 1 rights`, the most frequent first; empty without failures. */
function failureBreakdown(t: Translate, { count }: Formatters, samples: readonly HealthSample[]): string {
  const sums = new Map<Kind, number>();
  for (const { failures } of samples) {
    for (const [code, times] of Object.entries(failures)) {
      const kind = kinds.get(code) ?? 'input';
      sums.set(kind, (sums.get(kind) ?? 0) + times);
    }
  }
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, times]) => `${count(times)} ${t(`health.rejected.${kind}`)}`)
    .join(', ');
}

type Samples = readonly HealthSample[];

/** One chart of the hour. Its values are those of the given samples: the latest, the hovered one, or all. */
export interface Chart {
  readonly name:
    | 'update-latency'
    | 'events'
    | 'changes'
    | 'clients'
    | 'failures'
    | 'store-failures'
    | 'cpu'
    | 'memory';
  readonly variant: 'lines' | 'bars';
  /** The first one is the main line. */
  readonly lines: readonly ((sample: HealthSample) => number | null)[];
  readonly minTop: number;
  readonly axis: (formatters: Formatters, value: number) => string;
  readonly value: (t: Translate, formatters: Formatters, samples: Samples) => string;
  /** Detail beside the value; null shows the maximum of the hour. */
  readonly detail: ((t: Translate, formatters: Formatters, samples: Samples) => string) | null;
  /** Sums the hour instead of showing the latest sample. */
  readonly summed: boolean;
}

function simple(
  name: 'events' | 'changes' | 'clients' | 'cpu' | 'memory',
  unit: 'perSecond' | 'count' | 'percent' | 'megabytes',
  minTop: number,
): Chart {
  return {
    name,
    variant: 'lines',
    lines: [(sample) => sample[name]],
    minTop,
    axis: (formatters, value) => formatters[unit](value),
    value: (_, formatters, samples) => samples.map((sample) => formatters[unit](sample[name])).join(),
    detail: null,
    summed: false,
  };
}

export const CHARTS: readonly Chart[] = [
  {
    name: 'update-latency',
    variant: 'lines',
    lines: [
      ({ updateLatency }) => updateLatency?.p50 ?? null,
      ({ updateLatency }) => updateLatency?.p99 ?? null,
    ],
    minTop: 5,
    axis: ({ milliseconds }, value) => milliseconds(value),
    value: (t, { milliseconds }, [sample]) =>
      sample?.updateLatency == null ? t('health.nothing-sent') : milliseconds(sample.updateLatency.p50),
    detail: (t, { milliseconds }, [sample]) =>
      sample?.updateLatency == null ? '' : t('health.p99', { time: milliseconds(sample.updateLatency.p99) }),
    summed: false,
  },
  simple('changes', 'perSecond', 5),
  simple('events', 'perSecond', 5),
  simple('clients', 'count', 5),
  {
    name: 'failures',
    variant: 'bars',
    lines: [failureCount],
    minTop: 5,
    axis: ({ count }, value) => count(value),
    value: (_, { count }, samples) => count(samples.reduce((sum, sample) => sum + failureCount(sample), 0)),
    detail: failureBreakdown,
    summed: true,
  },
  {
    name: 'store-failures',
    variant: 'bars',
    lines: [({ storeFailures }) => storeFailures],
    minTop: 5,
    axis: ({ count }, value) => count(value),
    value: (_, { count }, samples) => count(samples.reduce((sum, sample) => sum + sample.storeFailures, 0)),
    detail: (t, _, samples) =>
      samples.some((sample) => sample.storeFailures > 0) ? t('health.writes-retried') : '',
    summed: true,
  },
  simple('cpu', 'percent', 0.1),
  simple('memory', 'megabytes', 1e8),
];
