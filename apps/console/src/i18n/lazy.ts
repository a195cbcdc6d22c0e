/** Made when it is first wanted, and kept: the browser takes longer to make a format than to draw a tile. */
export function lazy<T>(create: () => T): () => T {
  let cached: { readonly value: T } | undefined;
  return () => (cached ??= { value: create() }).value;
}
