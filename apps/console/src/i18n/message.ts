/** A text with `{placeholders}`; with a `count` among them, one text per plural form of the language. */
export type Message =
  | string
  | ({ readonly other: string } & { readonly [F in Intl.LDMLPluralRule]?: string });

type PlaceholdersIn<T> = T extends `${string}{${infer P}}${infer Rest}` ? P | PlaceholdersIn<Rest> : never;
/** The placeholders of a message. */
export type Placeholders<M> = M extends string
  ? PlaceholdersIn<M>
  : M extends object
    ? PlaceholdersIn<M[keyof M]> | 'count'
    : never;

const PLACEHOLDER = /\{(\w+)\}/u;

export function pluralForm(
  message: Message,
  pluralRuleOf: (count: number) => Intl.LDMLPluralRule,
  count: unknown,
): string {
  if (typeof message === 'string') return message;
  return (typeof count === 'number' ? message[pluralRuleOf(count)] : undefined) ?? message.other;
}

/** Splits a text: literals are at even indexes, placeholder names at odd ones. */
export const parseMessage = (text: string): readonly string[] => text.split(PLACEHOLDER);
