import { messageBytesLimit } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { rowOf } from '../../live/fake-live.ts';
import { initialsOf } from '../../ui/avatar.tsx';
import { messageBytesWords, subtypeBytesWords } from './bytes-words.ts';
import { subtypesInUse } from './suggestions.ts';

const away = (message: string) => ({ state: 'away', subtype: '', message }) as const;

it('[TX2] counts bytes, not characters, and says that all of it fits on desk phones', () => {
  expect(messageBytesWords(away('für 😀'))).toBe('9 of 255 bytes · all of it fits on desk phones');
  expect(messageBytesWords(away('x'.repeat(255)))).toContain('all of it fits');
});

it('[TX2] beyond 255 bytes it says how much desk phones show, never half a character, and what Asterisk takes', () => {
  expect(messageBytesWords(away('😀'.repeat(64)))).toBe(
    `desk phones show the first 63 characters · 256 of ${messageBytesLimit(away(''))} bytes`,
  );
  expect(subtypeBytesWords('x'.repeat(255))).toBeNull();
  expect(subtypeBytesWords('é'.repeat(128))).toBe('desk phones show the first 127 characters');
});

it('[ED10] suggests the subtypes in use on the board, the most frequent first, six at most', () => {
  const rows = ['Lunch', 'Meeting', 'Lunch', '', ' ', 'a', 'b', 'c', 'd', 'e'].map((subtype, index) =>
    rowOf(String(index), { presence: { state: 'away', subtype, message: '' } }),
  );
  const map = new Map([...rows, rowOf('x', { presence: null })].map((row) => [row.id, row]));
  expect(subtypesInUse(map)).toEqual(['Lunch', 'a', 'b', 'c', 'd', 'e']);
});

it('[BD13] takes initials from letters and digits, whole ones', () => {
  expect(['Alice Chen', 'Dr. Ana (HR) de Vries', 'reception 2', '𝒜lice', '–'].map(initialsOf)).toEqual([
    'AC',
    'DV',
    'R2',
    '𝒜',
    '',
  ]);
});
