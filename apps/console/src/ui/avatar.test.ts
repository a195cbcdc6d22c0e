import { expect, it } from 'vitest';
import { initialsOf } from './avatar.tsx';

it('[BD13] takes whole letters and digits as initials', () => {
  expect(['Alice Chen', 'Dr. Ana (HR) de Vries', 'reception 2', '𝒜lice', '–'].map(initialsOf)).toEqual([
    'AC',
    'DV',
    'R2',
    '𝒜',
    '',
  ]);
});
