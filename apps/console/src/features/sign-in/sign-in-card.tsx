import { useSetLanguage, useT } from '../../i18n/i18n-context.tsx';
import { LANGUAGES, languageName } from '../../i18n/languages.ts';
import './sign-in-card.css';
import type { ReactNode } from 'react';

interface SignInCardProps {
  /** Whose page this is: the product's name and mark. */
  logo: ReactNode;
  heading: string;
  intro: ReactNode;
  children: ReactNode;
}

/** The one thing on a page before the board: who one is. */
export function SignInCard({ logo, heading, intro, children }: SignInCardProps) {
  return (
    <main className="sign-in-page">
      {logo}
      <div className="sign-in-card">
        <h1>{heading}</h1>
        {intro}
        {children}
      </div>
      <LanguagePicker />
    </main>
  );
}

/** The languages of the page, for whoever cannot read it yet; each in its own words. */
function LanguagePicker() {
  const t = useT();
  const choose = useSetLanguage();
  return (
    <fieldset className="language-picker" aria-label={t('language.label')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
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
