import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { saveLanguage, loadLanguage } from './languages.ts';
import { type MessageKey, type Translate, type ValuesArgument, translateEnglish } from './translate.ts';

interface I18n {
  readonly t: Translate;
  /** Switches the language, and stores it in this browser. */
  setLanguage: (language: string) => void;
}

const I18nContext = createContext<I18n>({ t: translateEnglish, setLanguage: () => undefined });

/** `initial`: the language of the first render. */
export function I18nProvider({ initial, children }: { initial: Translate; children: ReactNode }) {
  const [t, setT] = useState(() => initial);
  useEffect(() => {
    document.documentElement.lang = t.language;
  }, [t]);
  const setLanguage = useCallback((language: string) => {
    saveLanguage(language);
    void loadLanguage(language).then((loaded) => setT(() => loaded));
  }, []);
  const value = useMemo(() => ({ t, setLanguage }), [t, setLanguage]);
  return <I18nContext value={value}>{children}</I18nContext>;
}

export const useT = (): Translate => useContext(I18nContext).t;
export const useSetLanguage = (): ((language: string) => void) => useContext(I18nContext).setLanguage;

interface TransProps<K extends MessageKey> {
  messageKey: K;
  values: ValuesArgument<K, ReactNode>[0];
}

/** A message with elements as values, such as a name in a `<bdi>`. */
export function Trans<K extends MessageKey>({ messageKey, values }: TransProps<K>) {
  const t = useT();
  const elements: Readonly<Record<string, ReactNode>> = { ...values };
  return t
    .parts(messageKey, elements['count'])
    .map((part, index) => (index % 2 === 0 ? part : <Slot key={index}>{elements[part]}</Slot>));
}

const Slot = ({ children }: { children: ReactNode }) => children;
