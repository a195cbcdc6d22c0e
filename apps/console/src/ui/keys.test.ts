import { expect, it } from 'vitest';
import { loadLanguage } from '../i18n/languages.ts';
import { translateEnglish } from '../i18n/translate.ts';
import { boundKey, capsOf } from './keys.ts';

const press = (
  key: string,
  more: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

it('[KB9] a key does what the table says, and with other modifiers nothing', () => {
  expect(boundKey('everywhere', press('k', { ctrlKey: true }))).toBe('palette');
  expect(boundKey('everywhere', press('k', { metaKey: true }))).toBe('palette');
  expect(boundKey('everywhere', press('k'))).toBeNull();
  expect(boundKey('board', press('Home', { ctrlKey: true }))).toBe('first');
  expect(boundKey('board', press('Home'))).toBe('rowStart');
  expect(boundKey('board', press('ArrowDown', { shiftKey: true }))).toBeNull();
  expect(boundKey('board', press('ArrowLeft', { altKey: true }))).toBeNull();
});

it('[KB9] characters count however the keyboard types them', () => {
  expect(boundKey('everywhere', press('/', { shiftKey: true }))).toBe('find');
  expect(boundKey('everywhere', press('?', { shiftKey: true }))).toBe('help');
  expect(boundKey('board', press('*', { ctrlKey: true, altKey: true }))).toBe('favourite');
});

it('[KB9] are shown as they are printed on the language’s keyboards', async () => {
  const inEnglish = (key: string) => capsOf(key, translateEnglish);
  const german = await loadLanguage('de');
  expect(inEnglish('Ctrl+k')).toEqual(['Ctrl', 'K']);
  expect(inEnglish('Ctrl+Enter')).toEqual(['Ctrl', '↵']);
  expect(inEnglish('+')).toEqual(['+']);
  expect(capsOf('Ctrl+Home', german)).toEqual(['Strg', 'Pos1']);
  expect(capsOf('PageUp', german)).toEqual(['Bild ↑']);
});

it('[KB9] nothing else handles keys', () => {
  const files = import.meta.glob<string>('../**/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  // Tab is the browser's own; what is typed as text, or kept out of it, is no key that does something.
  const handles = /\bevent\.key\]|\.key [!=]== '(?!Tab')|switch \(event\.key\)/u;
  const others = Object.entries(files).filter(
    ([path, text]) => !/\.test\.tsx?$|(subtype-field|typed-ahead)\.tsx?$/u.test(path) && handles.test(text),
  );
  expect(others.map(([path]) => path)).toEqual([]);
});
