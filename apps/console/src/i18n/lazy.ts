/** Creates a value on first use: a browser takes longer to create an `Intl` format than to draw a tile. */
export function lazy<T>(create: () => T): () => T {
  let cached: { readonly value: T } | undefined;
  return () => (cached ??= { value: create() }).value;
}
