import { expect, it } from 'vitest';
import { createFormats } from './formats.ts';
import { loadLanguage } from './languages.ts';
import { translateEnglish } from './translate.ts';

const { callDuration, approximateDuration, dateTime } = createFormats(translateEnglish);

it('[BD6] formats call durations and approximate durations', () => {
  expect([6_000, 723_000, 3_723_000].map(callDuration)).toEqual(['0:06', '12:03', '1:02:03']);
  expect([5_000, 60_000, 7_200_000, 260_000_000].map(approximateDuration)).toEqual([
    '<1 min',
    '1 min',
    '2 h',
    '3 d',
  ]);
});

it('[IN2] formats times and durations by language', async () => {
  const noon = new Date(2026, 9, 5, 12, 30).getTime();
  const later = new Date(2026, 9, 6, 12, 30).getTime();
  const german = createFormats(await loadLanguage('de'));
  expect([german.dateTime(noon, noon), german.dateTime(noon, later)]).toEqual(['12:30', '5. Okt., 12:30']);
  expect([dateTime(noon, noon), dateTime(noon, later)]).toEqual(['12:30 PM', 'Oct 5, 12:30 PM']);
  expect(german.approximateDuration(7_200_000)).toBe('2 Std.');
});

it('[BD17] formats return times relative to today', async () => {
  const onDay = (day: number, hour: number) => new Date(2026, 9, day, hour, 0).getTime();
  const now = onDay(5, 12);
  const german = createFormats(await loadLanguage('de'));
  expect(
    [onDay(5, 14), onDay(6, 9), onDay(9, 9), onDay(20, 9)].map((timestamp) =>
      german.returnTime(timestamp, now),
    ),
  ).toEqual(['14:00', 'morgen 9:00', 'Fr 9:00', '20. Okt.']);
  expect(
    [onDay(5, 14), onDay(6, 9), onDay(9, 9), onDay(20, 9)].map((timestamp) =>
      german.returnDay(timestamp, now),
    ),
  ).toEqual(['14:00', 'morgen', 'Fr', '20. Okt.']);
  expect(createFormats(translateEnglish).returnTime(onDay(6, 9), now)).toBe('tomorrow 9:00 AM');
  expect([german.overdue(720_000), createFormats(translateEnglish).overdue(720_000)]).toEqual([
    '12 Min. überfällig',
    '12 min late',
  ]);
});

it('[BD17] a return time of another year, or nearly a year ahead, has its year', () => {
  const { returnTime } = createFormats(translateEnglish);
  const onDate = (year: number, month: number, day: number) => new Date(year, month, day, 9).getTime();
  expect(returnTime(onDate(2027, 9, 4), onDate(2026, 9, 5))).toBe('Oct 4, 2027');
  expect(returnTime(onDate(2026, 11, 24), onDate(2026, 0, 5))).toBe('Dec 24, 2026');
  expect(returnTime(onDate(2026, 11, 24), onDate(2026, 9, 5))).toBe('Dec 24');
  expect(returnTime(onDate(2027, 0, 1), onDate(2026, 11, 30))).toBe('Fri 9:00 AM');
});
