import { useSetLanguage, useT } from '../../i18n/i18n-context.tsx';
import { LANGUAGES, languageName } from '../../i18n/languages.ts';
import './sign-in.css';
import type { ReactNode } from 'react';

interface SignInCardProps {
  logo: ReactNode;
  heading: string;
  intro: ReactNode;
  children: ReactNode;
}

export function SignInCard({ logo, heading, intro, children }: SignInCardProps) {
  return (
    <main className="sign-in-page">
      {logo}
      <div className="card sign-in-card">
        <h1>{heading}</h1>
        {intro}
        {children}
      </div>
      <LanguagePicker />
    </main>
  );
}

function LanguagePicker() {
  const t = useT();
  const choose = useSetLanguage();
  return (
    <fieldset className="language-picker" aria-label={t('language.label')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          className="text-button"
          aria-pressed={language === t.language}
          lang={language}
          onClick={() => choose(language)}
        >
          {languageName(language)}
        </button>
      ))}
    </fieldset>
  );
}
