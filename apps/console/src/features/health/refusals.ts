import type { HealthPoint } from '@lampboard/protocol';
import type { RefusalCode, Translate } from '../../i18n/translate.ts';
import type { Figures } from './figures.ts';

const KINDS = ['sign-in', 'rights', 'limits', 'conflict', 'asterisk', 'store', 'fault', 'input'] as const;
type Kind = (typeof KINDS)[number];

/** What an administrator would look into; what is not named here was asked wrongly. */
const KIND_OF: Readonly<Partial<Record<RefusalCode, Kind>>> = {
  'wrong-credentials': 'sign-in',
  'signed-out': 'sign-in',
  'used-link': 'sign-in',
  forbidden: 'rights',
  'too-many': 'limits',
  full: 'limits',
  conflict: 'conflict',
  overtaken: 'conflict',
  'link-down': 'asterisk',
  timeout: 'asterisk',
  'refused-by-asterisk': 'asterisk',
  'store-unavailable': 'store',
  fault: 'fault',
};
const kinds = new Map<string, Kind>(Object.entries(KIND_OF));

export function refusalsIn({ refusals }: HealthPoint): number {
  return Object.values(refusals).reduce((sum, count) => sum + count, 0);
}

/** `3 conflict, 1 rights`, the most frequent first; empty where there were none. */
export function refusalWords(t: Translate, { count }: Figures, points: readonly HealthPoint[]): string {
  const sums = new Map<Kind, number>();
  for (const { refusals } of points) {
    for (const [code, times] of Object.entries(refusals)) {
      const kind = kinds.get(code) ?? 'input';
      sums.set(kind, (sums.get(kind) ?? 0) + times);
    }
  }
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, times]) => `${count(times)} ${t(`health.refused.${kind}`)}`)
    .join(', ');
}
