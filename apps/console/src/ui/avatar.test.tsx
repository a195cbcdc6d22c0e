import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Avatar, initialsOf } from './avatar.tsx';

it('[BD13] takes whole letters and digits as initials', () => {
  expect(['Alice Chen', 'Dr. Ana (HR) de Vries', 'reception 2', '𝒜lice', '–'].map(initialsOf)).toEqual([
    'AC',
    'DV',
    'R2',
    '𝒜',
    '',
  ]);
});

it('[DR15] a photo that can’t be loaded gives way to the initials', () => {
  const { container, rerender } = render(<Avatar name="Alice Chen" photo="/api/photos/a" />);
  const image = () => container.querySelector('img');
  expect(image()?.getAttribute('src')).toBe('/api/photos/a');
  fireEvent.error(image() ?? container);
  expect(screen.getByText('AC')).toBeDefined();
  rerender(<Avatar name="Alice Chen" photo="/api/photos/b" />);
  expect(image()?.getAttribute('src')).toBe('/api/photos/b');
});
