/** Words with `{places}` for values; with a `count` among them, words for each plural form that the language has. */
export type Message =
  | string
  | ({ readonly other: string } & { readonly [F in Intl.LDMLPluralRule]?: string });

type PlaceholdersIn<T> = T extends `${string}{${infer P}}${infer Rest}` ? P | PlaceholdersIn<Rest> : never;
/** The places that a message has values for. */
export type Placeholders<M> = M extends string
  ? PlaceholdersIn<M>
  : M extends object
    ? PlaceholdersIn<M[keyof M]> | 'count'
    : never;

const PLACEHOLDER = /\{(\w+)\}/u;

/** The words for this count, or the only ones there are. */
export function pluralForm(
  message: Message,
  pluralRuleOf: (count: number) => Intl.LDMLPluralRule,
  count: unknown,
): string {
  if (typeof message === 'string') return message;
  return (typeof count === 'number' ? message[pluralRuleOf(count)] : undefined) ?? message.other;
}

/** A text taken apart: words stand at even places of the list, names of places at odd ones. */
export function parseMessage(text: string): readonly string[] {
  return text.split(PLACEHOLDER);
}
