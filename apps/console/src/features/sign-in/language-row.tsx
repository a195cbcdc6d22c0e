import { useChooseLanguage, useT } from '../../i18n/i18n-context.tsx';
import { LANGUAGES, nameOfLanguage } from '../../i18n/languages.ts';
import './language-row.css';

/** The languages of the page, for whoever cannot read it yet; each in its own words. */
export function LanguageRow() {
  const t = useT();
  const choose = useChooseLanguage();
  return (
    <fieldset className="language-row" aria-label={t('language.label')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          aria-pressed={language === t.language}
          lang={language}
          onClick={() => choose(language)}
        >
          {nameOfLanguage(language)}
        </button>
      ))}
    </fieldset>
  );
}
