import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { I18nProvider } from '../../i18n/i18n-context.tsx';
import { detectLanguage } from '../../i18n/languages.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { SignInCard } from './sign-in-card.tsx';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

it('[IN2] the language can be chosen before signing in', async () => {
  render(
    <I18nProvider initial={translateEnglish}>
      <SignInCard logo={null} heading="" intro={null}>
        {null}
      </SignInCard>
    </I18nProvider>,
  );
  expect(screen.getByRole('group', { name: 'Language' })).toBeDefined();
  expect(screen.getByRole('button', { name: 'English', pressed: true })).toBeDefined();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Deutsch', pressed: false }));
  expect(await screen.findByRole('group', { name: 'Sprache' })).toBeDefined();
  expect(screen.getByRole('button', { name: 'Deutsch', pressed: true }).lang).toBe('de');
  expect([document.documentElement.lang, detectLanguage()]).toEqual(['de', 'de']);
});
