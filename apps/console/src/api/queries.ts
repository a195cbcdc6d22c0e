import type { QueryClient } from '@tanstack/react-query';

/**
 * Holds the client of what is asked and answered. The first part that asks makes it: the board itself asks nothing, and
 * is not to wait for the library.
 */
export interface Queries {
  /** Null until something was asked. */
  readonly client: () => QueryClient | null;
  readonly clientOr: (make: () => QueryClient) => QueryClient;
}

export function createQueries(): Queries {
  let client: QueryClient | null = null;
  return {
    client: () => client,
    clientOr: (make) => (client ??= make()),
  };
}
