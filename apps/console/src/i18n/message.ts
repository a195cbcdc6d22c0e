/** Words with `{places}` for values; with a `count` among them, words for each plural form that the language has. */
export type Message =
  | string
  | ({ readonly other: string } & { readonly [F in Intl.LDMLPluralRule]?: string });

type PlacesIn<T> = T extends `${string}{${infer P}}${infer Rest}` ? P | PlacesIn<Rest> : never;
/** The places that a message has values for. */
export type Places<M> = M extends string
  ? PlacesIn<M>
  : M extends object
    ? PlacesIn<M[keyof M]> | 'count'
    : never;

const PLACE = /\{(\w+)\}/u;

/** The words for this count, or the only ones there are. */
export function formOf(
  message: Message,
  pluralOf: (count: number) => Intl.LDMLPluralRule,
  count: unknown,
): string {
  if (typeof message === 'string') return message;
  return (typeof count === 'number' ? message[pluralOf(count)] : undefined) ?? message.other;
}

/** A text taken apart: words stand at even places of the list, names of places at odd ones. */
export function partsOf(text: string): readonly string[] {
  return text.split(PLACE);
}
