import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { ThemeButton } from './theme-button.tsx';
import { applyTheme, loadTheme } from './theme.ts';

const { dataset } = document.documentElement;

afterEach(() => {
  cleanup();
  localStorage.clear();
  applyTheme({ theme: 'system', highContrast: false });
});

it('[TH1] by keyboard: the menu opens, a theme applies immediately, Escape restores the focus', async () => {
  const user = userEvent.setup();
  render(<ThemeButton />);
  await user.tab();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByRole('menuitemradio', { name: 'System' }));
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(dataset['theme']).toBe('dark');
  expect(screen.getByRole('menuitemradio', { name: 'Dark' }).getAttribute('aria-checked')).toBe('true');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Theme and contrast' }));
});

it('[TH4] toggles high contrast, and stores it', async () => {
  const user = userEvent.setup();
  render(<ThemeButton />);
  await user.click(screen.getByRole('button', { name: 'Theme and contrast' }));
  const item = screen.getByRole('menuitemcheckbox', { name: 'High contrast' });
  await user.click(item);
  expect([dataset['contrast'], item.getAttribute('aria-checked'), loadTheme().highContrast]).toEqual([
    'more',
    'true',
    true,
  ]);
  await user.click(screen.getByRole('menuitemradio', { name: 'Light' }));
  expect([dataset['contrast'], dataset['theme']]).toEqual(['more', 'light']);
  await user.click(item);
  expect([dataset['contrast'], item.getAttribute('aria-checked')]).toEqual([undefined, 'false']);
});
