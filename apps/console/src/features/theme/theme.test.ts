import { afterEach, expect, it } from 'vitest';
import { applyTheme, keepTheme, keptTheme, nextTheme } from './theme.ts';

afterEach(() => {
  localStorage.clear();
  applyTheme('system');
});

it('[TH1] follows the system unless a theme was chosen, and goes round', () => {
  expect(keptTheme()).toBe('system');
  expect([nextTheme('system'), nextTheme('light'), nextTheme('dark')]).toEqual(['light', 'dark', 'system']);
});

it('[TH2] keeps the choice in this browser, and believes nothing else that lies there', () => {
  keepTheme('dark');
  expect(keptTheme()).toBe('dark');
  localStorage.setItem('lampboard.theme', 'pink');
  expect(keptTheme()).toBe('system');
});

it('[TH2] a chosen theme is marked at the root, the system’s is not', () => {
  applyTheme('dark');
  expect(document.documentElement.dataset['theme']).toBe('dark');
  applyTheme('system');
  expect(document.documentElement.dataset['theme']).toBeUndefined();
});
