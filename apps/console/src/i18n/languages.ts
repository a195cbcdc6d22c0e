import { messages as english } from './catalogues/en.ts';
import { type ForeignMessages, type Translate, createTranslate } from './translate.ts';

/** Every catalogue but the English one, fetched when it is wanted; a new file in the folder is a new language. */
const CATALOGUE_FILES = import.meta.glob<{ messages: ForeignMessages }>([
  './catalogues/*.ts',
  '!./catalogues/en.ts',
]);
const ENGLISH = 'en';
const STORAGE_KEY = 'lampboard.language';

const languageOfFile = (path: string) => path.replace(/^.*\/|\.ts$/gu, '');

/** The languages that there are, by their BCP 47 tags. */
export const LANGUAGES: readonly string[] = [
  ENGLISH,
  ...Object.keys(CATALOGUE_FILES).map(languageOfFile),
].toSorted();

/** What a language calls itself: `Deutsch`. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
}

/** The language chosen in this browser, else the first of the browser's own that there is, else English. */
export function detectLanguage(): string {
  const stored = storedLanguage();
  const preferred = navigator.languages.map((tag) => new Intl.Locale(tag).language);
  return (
    [stored, ...preferred].find((language) => language !== null && LANGUAGES.includes(language)) ?? ENGLISH
  );
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

export function saveLanguage(language: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // The language then lasts as long as the page.
  }
}

/** Fetches a language; the browser's own region decides how dates and numbers look. English where it can't be had. */
export async function loadLanguage(language: string): Promise<Translate> {
  const locale = navigator.languages.find((tag) => new Intl.Locale(tag).language === language);
  const file = Object.entries(CATALOGUE_FILES).find(([path]) => languageOfFile(path) === language)?.[1];
  try {
    if (file !== undefined) return createTranslate({ language, locale, messages: (await file()).messages });
  } catch {
    // The file is of another version of the page, or the network is gone.
  }
  return createTranslate({ language: ENGLISH, locale, messages: english });
}
