import { CLOCK } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

/** Figures with their units, as the language writes them. */
export interface Figures {
  readonly count: (value: number) => string;
  readonly perSecond: (value: number) => string;
  readonly milliseconds: (value: number) => string;
  /** A share: 1 is all of it. */
  readonly percent: (value: number) => string;
  /** Bytes, in megabytes. */
  readonly megabytes: (value: number) => string;
  /** A moment of today, in milliseconds since 1970. */
  readonly time: (at: number) => string;
  readonly minute: (at: number) => string;
}

export function createFigures(t: Translate): Figures {
  const written = (value: number, options: Intl.NumberFormatOptions = {}) => {
    const digits = value < 1 ? 2 : value < 10 ? 1 : 0;
    return new Intl.NumberFormat(t.locale, { maximumFractionDigits: digits, ...options }).format(value);
  };
  const time = new Intl.DateTimeFormat(t.locale, { ...CLOCK, second: '2-digit' });
  const minute = new Intl.DateTimeFormat(t.locale, CLOCK);
  return {
    count: (value) => written(value),
    perSecond: (value) => t('health.per-second', { value: written(value) }),
    milliseconds: (value) => written(value, { style: 'unit', unit: 'millisecond' }),
    percent: (value) => written(value, { style: 'percent', maximumFractionDigits: value < 0.1 ? 1 : 0 }),
    megabytes: (value) => written(value / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }),
    time: (at) => time.format(at),
    minute: (at) => minute.format(at),
  };
}
