import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { messages } from '../../../i18n/catalogues/en.ts';
import { createFormats } from '../../../i18n/formats.ts';
import { loadLanguage } from '../../../i18n/languages.ts';
import { createTranslate, translateEnglish } from '../../../i18n/translate.ts';
import { parseReturnTime } from './parse-return-time.ts';

beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'));
afterEach(() => vi.unstubAllEnvs());

/** A Tuesday. */
const now = () => new Date(2026, 9, 20, 10, 42).getTime();
const british = createTranslate({ language: 'en', locale: 'en-GB', messages });

/** Formats local time as `2026-10-20 14:00`. */
function formatted(timestamp: number | null): string | null {
  if (timestamp === null) return null;
  const date = new Date(timestamp);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
const read = (text: string, timestamp = now(), t = british) =>
  formatted(parseReturnTime(text, timestamp, t)?.timestamp ?? null);

it.each([
  ['14', '2026-10-20 14:00'],
  ['14:00', '2026-10-20 14:00'],
  ['1400', '2026-10-20 14:00'],
  ['930', '2026-10-21 09:30'],
  ['2pm', '2026-10-20 14:00'],
  ['2:30 pm', '2026-10-20 14:30'],
  ['2.30 P.M.', '2026-10-20 14:30'],
  ['12 pm', '2026-10-20 12:00'],
  ['12am', '2026-10-21 00:00'],
  ['14.30', '2026-10-20 14:30'],
  ['14h', '2026-10-20 14:00'],
  ['14h30', '2026-10-20 14:30'],
  ['at 14', '2026-10-20 14:00'],
  ['2 o’clock', '2026-10-20 14:00'],
  ['9:00', '2026-10-21 09:00'],
  ['10:42', '2026-10-21 10:42'],
  ['0:00', '2026-10-21 00:00'],
])('[RT5] parses a time of day: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

it.each([
  ['30m', '2026-10-20 11:12'],
  ['30 min', '2026-10-20 11:12'],
  ['30 Min.', '2026-10-20 11:12'],
  ['1h', '2026-10-20 11:42'],
  ['1h30', '2026-10-20 12:12'],
  ['1h 30m', '2026-10-20 12:12'],
  ['1.5h', '2026-10-20 12:12'],
  ['1:30h', '2026-10-20 12:12'],
  ['+45', '2026-10-20 11:27'],
  ['+ 1:30', '2026-10-20 12:12'],
  ['in 2 hours', '2026-10-20 12:42'],
  ['in 14h', '2026-10-21 00:42'],
  ['in 45', '2026-10-20 11:27'],
  ['2 days', '2026-10-22 09:00'],
  ['in 1 week', '2026-10-27 09:00'],
])('[RT5] parses a duration: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

it.each([
  ['today 14', '2026-10-20 14:00'],
  ['tomorrow', '2026-10-21 09:00'],
  ['Tomorrow 9', '2026-10-21 09:00'],
  ['tomorrow at 2 pm', '2026-10-21 14:00'],
  ['14:00 tomorrow', '2026-10-21 14:00'],
  ['mon 10', '2026-10-26 10:00'],
  ['friday', '2026-10-23 09:00'],
  ['Fri. 14:30', '2026-10-23 14:30'],
  ['thurs 8', '2026-10-22 08:00'],
  ['tue', '2026-10-27 09:00'],
  ['tue 14', '2026-10-20 14:00'],
  ['24.12.', '2026-12-24 09:00'],
  ['24.12', '2026-12-24 09:00'],
  ['24/12 9:00', '2026-12-24 09:00'],
  ['24/12/26', '2026-12-24 09:00'],
  ['5/11', '2026-11-05 09:00'],
  ['24.12.2026, 14 h', '2026-12-24 14:00'],
  ['2026-12-24 9', '2026-12-24 09:00'],
  ['24 Dec', '2026-12-24 09:00'],
  ['Dec 24, 14:30', '2026-12-24 14:30'],
  ['1.3.', '2027-03-01 09:00'],
])('[RT5] parses a day: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

it.each([
  ['morgen 9', '2026-10-21 09:00'],
  ['übermorgen', '2026-10-22 09:00'],
  ['Freitag 10 Uhr', '2026-10-23 10:00'],
  ['Fr 10', '2026-10-23 10:00'],
  ['am Donnerstag um 14 Uhr 30', '2026-10-22 14:30'],
  ['in 2 Std', '2026-10-20 12:42'],
  ['2 Std.', '2026-10-20 12:42'],
  ['20 Minuten', '2026-10-20 11:02'],
  ['24. Dezember', '2026-12-24 09:00'],
  ['5/11', '2026-11-05 09:00'],
  ['tomorrow 9', '2026-10-21 09:00'],
  ['Monday at 2pm', '2026-10-26 14:00'],
])('[RT5] parses German, and English on a German page: %s', async (text, expected) => {
  expect(read(text, now(), await loadLanguage('de'))).toBe(expected);
});

it('[RT5] parses dates in the order of the region', () => {
  expect(read('11/5', now(), translateEnglish)).toBe('2026-11-05 09:00');
  expect(read('24/12', now(), translateEnglish)).toBe('2026-12-24 09:00');
});

it.each(
  [
    ['', ' ', '14 boxes', 'later', '-5', '-30m', '25:00', '14:60', '24', '13 pm', '0 pm', '0 min', '99999'],
    ['31.4.', '30.2.', '24.13.', 'in', '+', 'in tomorrow', 'tomorrow 25', 'mon tue', '14 15', '1h 2h'],
    ['today 9', '2025-12-24', '2028-12-24', '24.12.1990', 'in 2000 h', 'in 60 weeks'],
  ].flat(),
)('[RT5] rejects “%s”', (text) => {
  expect(read(text)).toBeNull();
});

it('[RT5] handles changes of daylight saving time', () => {
  const spring = new Date(2026, 2, 29, 0, 30).getTime();
  expect(read('04:00', spring)).toBe('2026-03-29 04:00');
  expect(read('in 3 h', spring)).toBe('2026-03-29 04:30');
  const autumn = new Date(2026, 9, 24, 23, 30).getTime();
  expect(read('9', autumn)).toBe('2026-10-25 09:00');
  expect(read('in 1 day', autumn)).toBe('2026-10-25 09:00');
  expect(read('in 5 h', autumn)).toBe('2026-10-25 03:30');
});

it('[RT5] handles the end of the year', () => {
  const eve = new Date(2026, 11, 31, 23, 30).getTime();
  expect(['01:00', 'in 1 h', 'tomorrow', 'fri', '24.12.'].map((text) => read(text, eve))).toEqual([
    '2027-01-01 01:00',
    '2027-01-01 00:30',
    '2027-01-01 09:00',
    '2027-01-01 09:00',
    '2027-12-24 09:00',
  ]);
});

it('[RT5] parses what is displayed', async () => {
  for (const t of [british, translateEnglish, await loadLanguage('de')]) {
    const { returnTime } = createFormats(t);
    for (const text of ['14:00', 'tomorrow 9', 'fri 9', 'mon 14:30', '24.12.']) {
      const timestamp = parseReturnTime(text, now(), t)?.timestamp ?? 0;
      expect(
        parseReturnTime(returnTime(timestamp, now()), now(), t)?.timestamp,
        returnTime(timestamp, now()),
      ).toBe(timestamp);
    }
  }
});
