import type { Page } from '@playwright/test';

export interface Theme {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly contrast: 'more' | 'no-preference';
}

export const THEMES: readonly Theme[] = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'contrast', colorScheme: 'light', contrast: 'more' },
];

export const CONTRAST_DARK: Theme = { name: 'contrast-dark', colorScheme: 'dark', contrast: 'more' };

export function applyTheme(page: Page, { colorScheme, contrast }: Theme): Promise<void> {
  return page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' });
}
