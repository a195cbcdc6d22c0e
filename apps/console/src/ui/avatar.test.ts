import { expect, it } from 'vitest';
import { initialsOf } from './avatar.tsx';

it('[BD13] takes initials from letters and digits, whole ones', () => {
  expect(['Alice Chen', 'Dr. Ana (HR) de Vries', 'reception 2', '𝒜lice', '–'].map(initialsOf)).toEqual([
    'AC',
    'DV',
    'R2',
    '𝒜',
    '',
  ]);
});
