import { expect, it } from 'vitest';
import { createFigures } from '../features/health/figures.ts';
import { spanWords } from '../features/history/span-words.ts';
import { backInFull } from '../features/palette/back-in-full.ts';
import { createFormats } from '../i18n/formats.ts';
import { loadLanguage } from '../i18n/languages.ts';
import { translateEnglish } from '../i18n/translate.ts';

it('[BD30] writes a time of the day in one way, whatever it is the time of', async () => {
  const at = new Date(2026, 9, 5, 9, 5).getTime();
  for (const t of [translateEnglish, await loadLanguage('de')]) {
    const { backTime, dayTime } = createFormats(t);
    const [first, ...others] = [
      backTime(at, at),
      dayTime(at, at),
      createFigures(t).minute(at),
      spanWords(t, { from: at, to: at, lamp: null, presence: null }).split(' · ')[0],
    ];
    expect(first).toMatch(/^9:05/u);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(backInFull(t, at, at)).toContain(first);
  }
});
