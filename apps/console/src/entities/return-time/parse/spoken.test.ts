import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { messages } from '../../../i18n/catalogues/en.ts';
import { loadLanguage } from '../../../i18n/languages.ts';
import { createTranslate } from '../../../i18n/translate.ts';
import { parseReturnTime } from './parse-return-time.ts';
import { formatReturnTime } from '../format-return-time.ts';

beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'));
afterEach(() => vi.unstubAllEnvs());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const inEnglish = (locale: string) => createTranslate({ language: 'en', locale, messages });
const british = inEnglish('en-GB');
const american = inEnglish('en-US');

/** Local time in November 2026, in milliseconds since 1970. */
const timestampOf = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).getTime();
const timestampOfParts = ([day = 0, hour = 0, minute]: readonly number[]) => timestampOf(day, hour, minute);
const read = (text: string, timestamp = now(), t = british) => parseReturnTime(text, timestamp, t);
/** A Monday. */
const now = () => timestampOf(30, 14, 6);

it.each([
  ['back at 3', [30, 15]],
  ['3', [30, 15]],
  ['until 5', [30, 17]],
  ['2:30', [30, 14, 30]],
  ['1', [31, 13]],
  ['7', [30, 19]],
  ['9', [31, 9]],
  ['tomorrow at 3', [31, 15]],
  ['03:00', [31, 3]],
  ['3am', [31, 3]],
  ['3 a.m.', [31, 3]],
  ['um 3 Uhr nachts', [31, 3]],
  ['8 in the evening', [30, 20]],
  ['tonight at 9', [30, 21]],
  ['12', [31, 12]],
] as const)('[RT7] at 14:06 %j is within working hours, unless the night is named', (text, when) => {
  expect(read(text)?.timestamp).toBe(timestampOfParts(when));
});

it.each([
  ['3', [31, 3]],
  ['9', [30, 21]],
  ['7', [31, 7]],
  ['next Friday', [41, 9]],
  ['15:00', null],
  ['3pm', null],
  ['noon', null],
] as const)('[RT8] has the other interpretation of %j', (text, when) => {
  expect(read(text)?.alternative ?? null).toBe(when === null ? null : timestampOfParts(when));
});

const SPOKEN = [
  ['half past two', [30, 14, 30]],
  ['half three', [30, 15, 30]],
  ['a quarter to four', [30, 15, 45]],
  ['twenty-five past three', [30, 15, 25]],
  ['ten to three', [30, 14, 50]],
  ['three thirty', [30, 15, 30]],
  ['three o’clock', [30, 15]],
  ['noon', [31, 12]],
  ['midnight', [31, 0]],
  ['eod', [30, 17]],
  ['by the end of the day', [30, 17]],
  ['tonight', [30, 18]],
  ['this afternoon', [30, 15]],
  ['tomorrow morning', [31, 9]],
  ['after lunch', [31, 13]],
  ['next monday', [37, 9]],
  ['end of the week', [34, 17]],
  ['the day after tomorrow', [32, 9]],
  ['on the 24th', [54, 9]],
  ['Friday, 4 December at 3', [34, 15]],
  ['for an hour', [30, 15, 6]],
  ['an hour and a half', [30, 15, 36]],
  ['1½ hours', [30, 15, 36]],
  ['three quarters of an hour', [30, 14, 51]],
  ['in 20', [30, 14, 26]],
  ['15:00 hrs', [30, 15]],
  ['09:30 h', [31, 9, 30]],
  ['01:30 h', [30, 15, 36]],
  ['for 15:30 hours', [31, 5, 36]],
  ['after the weekend', [37, 9]],
  ['2 weeks', [44, 9]],
  ['from 3 to 5', [30, 17]],
  ['15-16:30', [30, 16, 30]],
  ['halb drei', [30, 14, 30]],
  ['bis halb eins', [31, 12, 30]],
  ['viertel nach drei', [30, 15, 15]],
  ['dreiviertel vier', [30, 15, 45]],
  ['fünf vor halb vier', [30, 15, 25]],
  ['um 3 wieder da', [30, 15]],
  ['zurück gegen 15 Uhr', [30, 15]],
  ['15 Uhr dreißig', [30, 15, 30]],
  ['Mittag', [31, 12]],
  ['heute Nachmittag', [30, 15]],
  ['heute Abend um 8', [30, 20]],
  ['morgen früh', [31, 9]],
  ['Freitagnachmittag', [34, 15]],
  ['ab morgen', [31, 9]],
  ['übermorgen', [32, 9]],
  ['uebermorgen um halb fuenf', [32, 16, 30]],
  ['ZURÜCK um viertel vor zwölf', [31, 11, 45]],
  ['am 5. Maerz', [125, 9]],
  ['am Freitag', [34, 9]],
  ['nächste Woche', [37, 9]],
  ['nach dem Wochenende', [37, 9]],
  ['nach dem Mittagessen', [31, 13]],
  ['bis Feierabend', [30, 17]],
  ['in einer Stunde', [30, 15, 6]],
  ['eine halbe Stunde', [30, 14, 36]],
  ['anderthalb Stunden', [30, 15, 36]],
  ['in einer Dreiviertelstunde', [30, 14, 51]],
  ['bis zum 24.', [54, 9]],
  ['von 15 bis 17 Uhr', [30, 17]],
] as const;

it('[RT9] parses both languages on a page in either', async () => {
  for (const t of [british, american, await loadLanguage('de')]) {
    for (const [text, when] of SPOKEN)
      expect(read(text, now(), t)?.timestamp, `${text} on ${t.locale}`).toBe(timestampOfParts(when));
  }
});

it.each(
  [
    ['later', 'lunch', 'clock', 'in a bit', 'gleich', 'a', 'back', 'half a', 'for 14', '9 to 5'],
    ['until 25', 'quarter past', 'halb', '14 people', 'next month'],
  ].flat(),
)('[RT11] rejects %j instead of guessing', (text) => {
  expect(read(text)).toBeNull();
});

it('[RT12] a duration in days or weeks ends at 9:00, one in hours is exact to the minute', () => {
  const night = timestampOf(29, 2, 5);
  expect(['2 weeks', 'in 3 days', 'eine Woche'].map((text) => read(text, night)?.timestamp)).toEqual([
    timestampOf(43, 9),
    timestampOf(32, 9),
    timestampOf(36, 9),
  ]);
  expect(read('48 h', night)?.timestamp).toBe(night + 48 * HOUR);
});

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Havana', 'UTC'];
/** A day before and after each change of these zones' daylight saving time, and the end of a year. */
const DAYS = ['03-07', '03-28', '04-04', '10-03', '10-24', '10-31', '12-31'];

function* timestamps(): Generator<number> {
  for (const day of DAYS) {
    const startOfDay = new Date(`2026-${day}T00:00`).getTime();
    for (let minutes = 0; minutes < 48 * 60; minutes += 97) yield startOfDay + minutes * MINUTE;
  }
}

it.each(ZONES)('[RT13] in %s an hour is local, within working hours, and the next one', (zone) => {
  vi.stubEnv('TZ', zone);
  for (const timestamp of timestamps()) {
    for (const hour of [1, 2, 3, 7, 11]) {
      const parsed = read(`back at ${hour}`, timestamp)?.timestamp ?? 0;
      const local = new Date(parsed);
      expect(
        [local.getHours() % 12, local.getMinutes()],
        `${hour} at ${new Date(timestamp).toString()}`,
      ).toEqual([hour, 0]);
      expect(local.getHours()).toBeGreaterThanOrEqual(7);
      expect(local.getHours()).toBeLessThanOrEqual(19);
      expect(parsed).toBeGreaterThan(timestamp);
      expect(parsed - timestamp).toBeLessThanOrEqual(25 * HOUR);
    }
    expect(read('in 3 h', timestamp)?.timestamp).toBe(Math.round(timestamp / MINUTE) * MINUTE + 3 * HOUR);
    const tomorrow = new Date(read('tomorrow', timestamp)?.timestamp ?? 0);
    expect([tomorrow.getHours(), tomorrow.getDate()]).toEqual([
      9,
      new Date(new Date(timestamp).setDate(new Date(timestamp).getDate() + 1)).getDate(),
    ]);
  }
});

it.each(ZONES)(
  '[RT14] in %s a formatted return time is parsed as the same minute, with 12 and 24 hours',
  async (zone) => {
    vi.stubEnv('TZ', zone);
    for (const t of [inEnglish('en-GB'), inEnglish('en-US'), await loadLanguage('de')]) {
      for (const timestamp of timestamps()) {
        for (const offsetMs of [5 * MINUTE, 7 * HOUR, 14 * HOUR, 31 * HOUR, 6 * 24 * HOUR, 99 * 24 * HOUR]) {
          const later = Math.ceil((timestamp + offsetMs) / MINUTE) * MINUTE;
          const text = formatReturnTime(t, later, timestamp);
          const parsed = read(text, timestamp, t)?.timestamp ?? 0;
          // The repeated hour at the end of daylight saving time is formatted alike.
          expect(formatReturnTime(t, parsed, timestamp), text).toBe(text);
          expect(Math.abs(parsed - later), text).toBeLessThanOrEqual(HOUR);
        }
      }
    }
  },
);
