import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { keepLanguage, loadLanguage } from './languages.ts';
import { type MessageKey, type Translate, type ValuesArgument, translateEnglish } from './translate.ts';

interface I18n {
  readonly t: Translate;
  /** Speaks another language from here on, in this browser. */
  choose: (language: string) => void;
}

const I18nContext = createContext<I18n>({ t: translateEnglish, choose: () => undefined });

/** `first`: the language that the page begins with. */
export function I18nProvider({ first, children }: { first: Translate; children: ReactNode }) {
  const [t, setT] = useState(() => first);
  useEffect(() => {
    document.documentElement.lang = t.language;
  }, [t]);
  const choose = useCallback((language: string) => {
    keepLanguage(language);
    void loadLanguage(language).then((loaded) => setT(() => loaded));
  }, []);
  const value = useMemo(() => ({ t, choose }), [t, choose]);
  return <I18nContext value={value}>{children}</I18nContext>;
}

export function useT(): Translate {
  return useContext(I18nContext).t;
}

export function useChooseLanguage(): (language: string) => void {
  return useContext(I18nContext).choose;
}

interface PhraseProps<K extends MessageKey> {
  k: K;
  values: ValuesArgument<K, ReactNode>[0];
}

/** A message with elements in its places, such as a name in a `<bdi>`. */
export function Phrase<K extends MessageKey>({ k, values }: PhraseProps<K>) {
  const t = useT();
  const given: Readonly<Record<string, ReactNode>> = { ...values };
  return t
    .parts(k, given['count'])
    .map((part, place) => (place % 2 === 0 ? part : <Place key={place}>{given[part]}</Place>));
}

function Place({ children }: { children: ReactNode }) {
  return children;
}
