import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFormats } from './formats.ts';
import { saveLanguage, loadLanguage, detectLanguage } from './languages.ts';

const setBrowserLanguages = (...tags: readonly string[]) =>
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags);

beforeEach(() => {
  setBrowserLanguages('en-US');
});
afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

it.each([
  [['de-CH', 'en'], 'de'],
  [['xx-YY', 'de', 'en'], 'de'],
  [['en-GB', 'de'], 'en'],
  [['xx'], 'en'],
  [[], 'en'],
])('[IN2] a browser with the languages %o gets %s', (tags, language) => {
  setBrowserLanguages(...tags);
  expect(detectLanguage()).toBe(language);
});

it('[IN2] the chosen language takes precedence over the browser’s', () => {
  saveLanguage('de');
  expect(detectLanguage()).toBe('de');
});

it('[IN2] ignores a stored language that does not exist or cannot be read', () => {
  setBrowserLanguages('de');
  saveLanguage('xx');
  expect(detectLanguage()).toBe('de');
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new Error('forbidden');
  });
  expect(detectLanguage()).toBe('de');
});

it.each([
  ['en-GB', '5 Oct, 15:30'],
  ['en-US', 'Oct 5, 3:30 PM'],
])('[IN2] formats dates and times for the browser’s region: %s', async (region, expected) => {
  setBrowserLanguages('de', region);
  const t = await loadLanguage('en');
  expect(t.locale).toBe(region);
  const timestamp = new Date(2026, 9, 5, 15, 30).getTime();
  expect(createFormats(t).dateTime(timestamp, timestamp + 86_400_000)).toBe(expected);
});

it('[IN2] uses the language’s default region where the browser has none', async () => {
  const german = await loadLanguage('de');
  expect([german.language, german.locale]).toEqual(['de', 'de']);
  expect(german('search.found', { count: 1234.5 })).toBe('1.234,5 gefunden');
});

it('[IN2] uses the language’s plural forms', async () => {
  const german = await loadLanguage('de');
  expect(german('account.sign-out-unsaved', { count: 1 })).toContain('an einer Nebenstelle ');
  expect(german('account.sign-out-unsaved', { count: 2 })).toContain('an 2 Nebenstellen ');
});
