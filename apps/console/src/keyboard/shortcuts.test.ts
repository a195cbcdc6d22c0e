import { expect, it } from 'vitest';
import { loadLanguage } from '../i18n/languages.ts';
import { translateEnglish } from '../i18n/translate.ts';
import { matchShortcut, keyLabels } from './shortcuts.ts';

const keyEvent = (key: string, modifiers: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key, ...modifiers });

it('[KB9] matches a key with exactly its modifiers', () => {
  expect(matchShortcut('global', keyEvent('k', { ctrlKey: true }))).toBe('palette');
  expect(matchShortcut('global', keyEvent('k', { metaKey: true }))).toBe('palette');
  expect(matchShortcut('global', keyEvent('k'))).toBeNull();
  expect(matchShortcut('board', keyEvent('Home', { ctrlKey: true }))).toBe('first');
  expect(matchShortcut('board', keyEvent('Home'))).toBe('rowStart');
  expect(matchShortcut('board', keyEvent('ArrowDown', { shiftKey: true }))).toBeNull();
  expect(matchShortcut('board', keyEvent('ArrowLeft', { altKey: true }))).toBeNull();
});

it('[KB9] matches characters however the keyboard types them', () => {
  expect(matchShortcut('global', keyEvent('/', { shiftKey: true }))).toBe('find');
  expect(matchShortcut('global', keyEvent('?', { shiftKey: true }))).toBe('help');
  expect(matchShortcut('board', keyEvent('*', { ctrlKey: true, altKey: true }))).toBe('favourite');
});

it('[KB9] labels keys as the language’s keyboards do', async () => {
  const englishLabels = (key: string) => keyLabels(key, translateEnglish);
  const german = await loadLanguage('de');
  expect(englishLabels('Ctrl+k')).toEqual(['Ctrl', 'K']);
  expect(englishLabels('Ctrl+Enter')).toEqual(['Ctrl', '↵']);
  expect(englishLabels('+')).toEqual(['+']);
  expect(keyLabels('Ctrl+Home', german)).toEqual(['Strg', 'Pos1']);
  expect(keyLabels('PageUp', german)).toEqual(['Bild ↑']);
});

it('[KB9] keys are handled nowhere else', () => {
  const files = import.meta.glob<string>('../**/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  // Tab belongs to the browser; typed text is not a shortcut.
  const handles = /\bevent\.key\]|\.key [!=]== '(?!Tab')|switch \(event\.key\)/u;
  const others = Object.entries(files).filter(
    ([path, text]) =>
      !/\.test\.tsx?$|(subtype-field|type-ahead-buffer)\.tsx?$/u.test(path) && handles.test(text),
  );
  expect(others.map(([path]) => path)).toEqual([]);
});
