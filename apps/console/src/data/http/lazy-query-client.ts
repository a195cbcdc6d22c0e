import type { QueryClient } from '@tanstack/react-query';

/** Creates the query client with the first query: the board has none, and must not wait for the library. */
export interface LazyQueryClient {
  /** Null before the first query. */
  readonly get: () => QueryClient | null;
  readonly getOrCreate: (create: () => QueryClient) => QueryClient;
}

export function createLazyQueryClient(): LazyQueryClient {
  let client: QueryClient | null = null;
  return {
    get: () => client,
    getOrCreate: (create) => (client ??= create()),
  };
}
