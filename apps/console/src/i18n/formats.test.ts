import { expect, it } from 'vitest';
import { createFormats } from './formats.ts';
import { loadLanguage } from './languages.ts';
import { translateEnglish } from './translate.ts';

const { callTime, roughTime, dayTime, backTime, lateTime } = createFormats(translateEnglish);

it('[BD6] tells durations as a telephone does, and roughly', () => {
  expect([6_000, 723_000, 3_723_000].map(callTime)).toEqual(['0:06', '12:03', '1:02:03']);
  expect([5_000, 60_000, 7_200_000, 260_000_000].map(roughTime)).toEqual(['<1 min', '1 min', '2 h', '3 d']);
});

it('[IN2] tells moments and durations as the language does', async () => {
  const noon = new Date(2026, 9, 5, 12, 30).getTime();
  const later = new Date(2026, 9, 6, 12, 30).getTime();
  const german = createFormats(await loadLanguage('de'));
  expect([german.dayTime(noon, noon), german.dayTime(noon, later)]).toEqual(['12:30', '5. Okt., 12:30']);
  expect([dayTime(noon, noon), dayTime(noon, later)]).toEqual(['12:30 PM', 'Oct 5, 12:30 PM']);
  expect(german.roughTime(7_200_000)).toBe('2 Std.');
});

it('[BD17] tells when somebody will be back as people say it', async () => {
  const at = (day: number, hour: number) => new Date(2026, 9, day, hour, 0).getTime();
  const now = at(5, 12);
  const german = createFormats(await loadLanguage('de'));
  expect([at(5, 14), at(6, 9), at(9, 9), at(20, 9)].map((then) => german.backTime(then, now))).toEqual([
    '14:00',
    'morgen 9:00',
    'Fr 9:00',
    '20. Okt.',
  ]);
  expect(createFormats(translateEnglish).backTime(at(6, 9), now)).toBe('tomorrow 9:00 AM');
  expect([german.lateTime(720_000), createFormats(translateEnglish).lateTime(720_000)]).toEqual([
    '12 Min. verspätet',
    '12 min late',
  ]);
});

it('[RT5] a return time is told as shortly as it can be', async () => {
  const now = new Date(2026, 9, 20, 10, 42).getTime();
  const at = [
    new Date(2026, 9, 20, 14),
    new Date(2026, 9, 21, 9),
    new Date(2026, 9, 23, 9),
    new Date(2026, 11, 24, 9),
  ];
  const told = (language: Pick<typeof german, 'backTime'>) =>
    at.map((date) => language.backTime(date.getTime(), now));
  const german = createFormats(await loadLanguage('de'));
  expect(told({ backTime })).toEqual(['2:00 PM', 'tomorrow 9:00 AM', 'Fri 9:00 AM', 'Dec 24']);
  expect(told(german)).toEqual(['14:00', 'morgen 09:00', 'Fr 09:00', '24. Dez.']);
});

it('[RT3] and how late somebody is', async () => {
  expect([30_000, 720_000, 7_200_000, 90_000_000].map(lateTime)).toEqual([
    '<1 min late',
    '12 min late',
    '2 h late',
    '1 d late',
  ]);
  expect(createFormats(await loadLanguage('de')).lateTime(720_000)).toBe('12 Min. verspätet');
});
