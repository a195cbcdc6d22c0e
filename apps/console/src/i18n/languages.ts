import { messages as english } from './catalogues/en.ts';
import { type ForeignMessages, type Translate, createTranslate } from './translate.ts';

/** Every catalogue but the English one, fetched when it is wanted; a new file in the folder is a new language. */
const FILES = import.meta.glob<{ messages: ForeignMessages }>(['./catalogues/*.ts', '!./catalogues/en.ts']);
const ENGLISH = 'en';
const KEY = 'lampboard.language';

const languageOf = (path: string) => path.replace(/^.*\/|\.ts$/gu, '');

/** The languages that there are, by their BCP 47 tags. */
export const LANGUAGES: readonly string[] = [ENGLISH, ...Object.keys(FILES).map(languageOf)].toSorted();

/** What a language calls itself: `Deutsch`. */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
}

/** The language chosen in this browser, else the first of the browser's own that there is, else English. */
export function wantedLanguage(): string {
  const kept = keptLanguage();
  const wanted = navigator.languages.map((tag) => new Intl.Locale(tag).language);
  return [kept, ...wanted].find((language) => language !== null && LANGUAGES.includes(language)) ?? ENGLISH;
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keepLanguage(language: string): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The language then lasts as long as the page.
  }
}

/** Fetches a language; the browser's own region decides how dates and numbers look. English where it can't be had. */
export async function loadLanguage(language: string): Promise<Translate> {
  const locale = navigator.languages.find((tag) => new Intl.Locale(tag).language === language);
  const file = Object.entries(FILES).find(([path]) => languageOf(path) === language)?.[1];
  try {
    if (file !== undefined) return createTranslate({ language, locale, messages: (await file()).messages });
  } catch {
    // The file is of another version of the page, or the network is gone.
  }
  return createTranslate({ language: ENGLISH, locale, messages: english });
}
