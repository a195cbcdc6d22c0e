import { Check } from 'lucide-react';
import { useChooseLanguage, useT } from '../../i18n/i18n-context.tsx';
import { LANGUAGES, nameOfLanguage } from '../../i18n/languages.ts';

/** The languages of the page, as items of a menu, each in its own words. */
export function LanguageItems() {
  const t = useT();
  const choose = useChooseLanguage();
  return (
    <fieldset className="menu-part" aria-label={t('language.label')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          role="menuitemradio"
          aria-checked={language === t.language}
          tabIndex={-1}
          lang={language}
          onClick={() => choose(language)}
        >
          <Check size={16} className="menu-tick" aria-hidden="true" />
          {nameOfLanguage(language)}
        </button>
      ))}
    </fieldset>
  );
}
