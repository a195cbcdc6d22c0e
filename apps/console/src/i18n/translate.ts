import type { FailureCode } from '@lampboard/protocol';
import type { messages as adminMessages } from './catalogues/admin/en.ts';
import type { messages as helpMessages } from './catalogues/help/en.ts';
import { messages as firstMessages } from './catalogues/en.ts';
import { type Message, type Placeholders, pluralForm, parseMessage } from './message.ts';
import { lazy } from './lazy.ts';

type English = typeof firstMessages & typeof adminMessages & typeof helpMessages;
export type MessageKey = keyof English;
export type MessageFailureCode = FailureCode | 'conflict' | 'superseded';

/** A test checks that each message has the placeholders of the English one. */
type Messages = { readonly [K in MessageKey]: Message };
/** The catalogue of another language. It has texts for failures by code; the English ones come with the failure. */
export type ForeignMessages = Messages & { readonly [C in MessageFailureCode as `failure.${C}`]: string };

/** English, without the texts of what few open until it is loaded. */
export const english: { [K in MessageKey]?: Message } = { ...firstMessages };

/** Adds English texts that were loaded with what shows them. */
export function addMessages(messages: typeof adminMessages | typeof helpMessages): void {
  Object.assign(english, messages);
}

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(english, key);

type ValuesOf<K extends MessageKey, V> = Readonly<Record<Placeholders<English[K]>, V>>;
/** Empty where the message has no placeholders. */
export type ValuesArgument<K extends MessageKey, V> =
  Placeholders<English[K]> extends never ? [] : [values: ValuesOf<K, V>];

/** The messages and formats of one language. */
export interface Translate {
  <K extends MessageKey>(key: K, ...values: ValuesArgument<K, string | number>): string;
  /** Splits a message, for values that are not text: literals at even indexes, placeholder names at odd ones. */
  readonly parts: (key: MessageKey, count?: unknown) => readonly string[];
  /** The text of a failure code; null in English. */
  readonly failureText: (code: MessageFailureCode) => string | null;
  /** BCP 47, with the browser's region where it has the language: `en-GB`. */
  readonly locale: string;
  /** The catalogue's name: `en`. */
  readonly language: string;
}

export function createTranslate({
  language,
  locale = language,
  messages,
}: {
  language: string;
  locale?: string | undefined;
  messages: Partial<Messages> | ForeignMessages;
}): Translate {
  const rules = lazy(() => new Intl.PluralRules(locale));
  const numbers = lazy(() => new Intl.NumberFormat(locale));
  const formatValue = (value: unknown) =>
    typeof value === 'number' ? numbers().format(value) : String(value);
  const parts: Translate['parts'] = (key, count) =>
    parseMessage(pluralForm(messages[key] ?? key, (n) => rules().select(n), count));

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
