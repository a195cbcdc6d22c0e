import { expect, it } from 'vitest';
import { createFormatters } from '../features/health/formatters.ts';
import { segmentLabel } from '../features/history/day-segments.ts';
import { formatReturnTimeLong } from '../entities/return-time/format-return-time.ts';
import { createFormats } from '../i18n/formats.ts';
import { loadLanguage } from '../i18n/languages.ts';
import { translateEnglish } from '../i18n/translate.ts';

it('[BD30] formats the time of day consistently', async () => {
  const timestamp = new Date(2026, 9, 5, 9, 5).getTime();
  for (const t of [translateEnglish, await loadLanguage('de')]) {
    const { returnTime, dateTime } = createFormats(t);
    const [first, ...others] = [
      returnTime(timestamp, timestamp),
      dateTime(timestamp, timestamp),
      createFormatters(t).minute(timestamp),
      segmentLabel(
        t,
        { kind: 'person' },
        { from: timestamp, to: timestamp, lamp: null, presence: null },
      ).split(' · ')[0],
    ];
    expect(first).toMatch(/^9:05/u);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(formatReturnTimeLong(t, timestamp, timestamp)).toContain(first);
  }
});
