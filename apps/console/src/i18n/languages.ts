import { type ForeignMessages, type Translate, createTranslate, english } from './translate.ts';

/** All catalogues but English, loaded on demand; a file in the folder adds a language. */
const CATALOGUE_FILES = import.meta.glob<{ messages: ForeignMessages }>([
  './catalogues/*.ts',
  '!./catalogues/en.ts',
]);
const ENGLISH = 'en';
const STORAGE_KEY = 'lampboard.language';

const languageOfFile = (path: string) => path.replace(/^.*\/|\.ts$/gu, '');

/** Available languages as BCP 47 tags. */
export const LANGUAGES: readonly string[] = [
  ENGLISH,
  ...Object.keys(CATALOGUE_FILES).map(languageOfFile),
].toSorted();

/** Returns the language's name in the language itself: `Deutsch`. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
}

/** Returns the language stored in this browser, else the first supported one of the browser's, else English. */
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
    // The language then applies until the page is closed.
  }
}

/** Loads a language, falling back to English; the browser's region decides the formats of dates and numbers. */
export async function loadLanguage(language: string): Promise<Translate> {
  const locale = navigator.languages.find((tag) => new Intl.Locale(tag).language === language);
  const file = Object.entries(CATALOGUE_FILES).find(([path]) => languageOfFile(path) === language)?.[1];
  try {
    if (file !== undefined) return createTranslate({ language, locale, messages: (await file()).messages });
  } catch {
    // The page has another version than the gateway, or the network is down.
  }
  return createTranslate({ language: ENGLISH, locale, messages: english });
}
