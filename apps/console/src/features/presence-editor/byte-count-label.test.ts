import { maxMessageBytes } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { messageByteCountLabel, subtypeByteCountLabel } from './byte-count-label.ts';

const away = (message: string) => ({ state: 'away', subtype: '', message }) as const;

it('[TX2] counts bytes instead of characters, and says that the text fits on desk phones', () => {
  expect(messageByteCountLabel(translateEnglish, away('für 😀'))).toBe(
    '9 of 255 bytes · fits on desk phones',
  );
  expect(messageByteCountLabel(translateEnglish, away('x'.repeat(255)))).toContain('· fits');
});

it('[TX2] beyond 255 bytes it names the whole characters on desk phones and the limit of Asterisk', () => {
  expect(messageByteCountLabel(translateEnglish, away('😀'.repeat(64)))).toBe(
    `Desk phones show the first 63 characters · 256 of ${maxMessageBytes(away(''))} bytes`,
  );
  expect(subtypeByteCountLabel(translateEnglish, 'x'.repeat(255))).toBeNull();
  expect(subtypeByteCountLabel(translateEnglish, 'é'.repeat(128))).toBe(
    'Desk phones show the first 127 characters',
  );
});
