import { CLOCK } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

/** Figures with their units, as the language writes them. */
export interface Formatters {
  readonly count: (value: number) => string;
  readonly perSecond: (value: number) => string;
  readonly milliseconds: (value: number) => string;
  /** A share: 1 is all of it. */
  readonly percent: (value: number) => string;
  /** Bytes, in megabytes. */
  readonly megabytes: (value: number) => string;
  /** A moment of today, in milliseconds since 1970. */
  readonly time: (timestamp: number) => string;
  readonly minute: (timestamp: number) => string;
}

export function createFormatters(t: Translate): Formatters {
  const format = (value: number, options: Intl.NumberFormatOptions = {}) => {
    const digits = value < 1 ? 2 : value < 10 ? 1 : 0;
    return new Intl.NumberFormat(t.locale, { maximumFractionDigits: digits, ...options }).format(value);
  };
  const time = new Intl.DateTimeFormat(t.locale, { ...CLOCK, second: '2-digit' });
  const minute = new Intl.DateTimeFormat(t.locale, CLOCK);
  return {
    count: (value) => format(value),
    perSecond: (value) => t('health.per-second', { value: format(value) }),
    milliseconds: (value) => format(value, { style: 'unit', unit: 'millisecond' }),
    percent: (value) => format(value, { style: 'percent', maximumFractionDigits: value < 0.1 ? 1 : 0 }),
    megabytes: (value) => format(value / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }),
    time: (timestamp) => time.format(timestamp),
    minute: (timestamp) => minute.format(timestamp),
  };
}
