import { messageBytesLimit } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { messageBytesWords, subtypeBytesWords } from './bytes-words.ts';

const away = (message: string) => ({ state: 'away', subtype: '', message }) as const;

it('[TX2] counts bytes, not characters, and says that all of it fits on desk phones', () => {
  expect(messageBytesWords(translateEnglish, away('für 😀'))).toBe(
    '9 of 255 bytes · all of it fits on desk phones',
  );
  expect(messageBytesWords(translateEnglish, away('x'.repeat(255)))).toContain('all of it fits');
});

it('[TX2] beyond 255 bytes it says how much desk phones show, never half a character, and what Asterisk takes', () => {
  expect(messageBytesWords(translateEnglish, away('😀'.repeat(64)))).toBe(
    `desk phones show the first 63 characters · 256 of ${messageBytesLimit(away(''))} bytes`,
  );
  expect(subtypeBytesWords(translateEnglish, 'x'.repeat(255))).toBeNull();
  expect(subtypeBytesWords(translateEnglish, 'é'.repeat(128))).toBe(
    'desk phones show the first 127 characters',
  );
});
