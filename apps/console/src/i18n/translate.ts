import type { FailureCode } from '@lampboard/protocol';
import { messages as english } from './catalogues/en.ts';
import { type Message, type Placeholders, pluralForm, parseMessage } from './message.ts';
import { lazy } from './lazy.ts';

type English = typeof english;
export type MessageKey = keyof English;
/** Every code by which something is refused. */
export type MessageFailureCode = FailureCode | 'conflict' | 'superseded';

/** That each message has the places of the English one is held by a test. */
type Messages = { readonly [K in MessageKey]: Message };
/** The catalogue of another language: refusals come in English from whoever refuses, here they are told by their code. */
export type ForeignMessages = Messages & { readonly [C in MessageFailureCode as `failure.${C}`]: string };

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(english, key);
}

type ValuesOf<K extends MessageKey, V> = Readonly<Record<Placeholders<English[K]>, V>>;
/** No values where the message has no places. */
export type ValuesArgument<K extends MessageKey, V> =
  Placeholders<English[K]> extends never ? [] : [values: ValuesOf<K, V>];

/** One language: its words, and how it writes numbers and times. */
export interface Translate {
  <K extends MessageKey>(key: K, ...values: ValuesArgument<K, string | number>): string;
  /** The same taken apart, for places that are no plain text: words at even places, names of places at odd ones. */
  readonly parts: (key: MessageKey, count?: unknown) => readonly string[];
  /** Why something was refused, by its code; null in English. */
  readonly failureText: (code: MessageFailureCode) => string | null;
  /** BCP 47, with the region that the browser asks for where it speaks the language: `en-GB`. */
  readonly locale: string;
  /** The name of the catalogue: `en`. */
  readonly language: string;
}

export function createTranslate({
  language,
  locale = language,
  messages,
}: {
  language: string;
  locale?: string | undefined;
  messages: Messages | ForeignMessages;
}): Translate {
  const rules = lazy(() => new Intl.PluralRules(locale));
  const numbers = lazy(() => new Intl.NumberFormat(locale));
  const formatValue = (value: unknown) =>
    typeof value === 'number' ? numbers().format(value) : String(value);
  const parts: Translate['parts'] = (key, count) =>
    parseMessage(pluralForm(messages[key], (n) => rules().select(n), count));

  function translate(key: MessageKey, values: Readonly<Record<string, unknown>> = {}): string {
    return parts(key, values['count'])
      .map((part, index) => (index % 2 === 0 ? part : formatValue(values[part])))
      .join('');
  }
  const failureText: Translate['failureText'] = (code) =>
    'failure.internal-error' in messages ? messages[`failure.${code}`] : null;
  return Object.assign(translate, { parts, failureText, locale, language });
}

export const translateEnglish: Translate = createTranslate({ language: 'en', messages: english });
