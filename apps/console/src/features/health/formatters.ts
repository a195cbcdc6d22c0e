import { CLOCK } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

export interface Formatters {
  readonly count: (value: number) => string;
  readonly perSecond: (value: number) => string;
  readonly milliseconds: (value: number) => string;
  /** Of a share from 0 to 1. */
  readonly percent: (value: number) => string;
  /** Of bytes. */
  readonly megabytes: (value: number) => string;
  /** Of milliseconds since 1970. */
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
