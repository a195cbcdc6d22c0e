import type { QueryClient } from '@tanstack/react-query';

export type LazyQueryClient = ReturnType<typeof createLazyQueryClient>;

/** Creates the query client with the first query: the board has none, and must not wait for the library. */
export function createLazyQueryClient() {
  let client: QueryClient | null = null;
  return { get: () => client, getOrCreate: (create: () => QueryClient) => (client ??= create()) };
}
