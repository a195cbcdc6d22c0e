/** Made when it is first wanted, and kept: the browser takes longer to make a format than to draw a tile. */
export function onceWanted<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
