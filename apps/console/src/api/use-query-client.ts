import { QueryClient } from '@tanstack/react-query';
import { useQueries } from './api-context.tsx';

/** The page's own, for whatever asks: it hands it to the hooks of the library. */
export function useQueryClient(): QueryClient {
  return useQueries().clientOr(() => {
    const client = new QueryClient();
    // From here on it sees when the page is looked at again.
    client.mount();
    return client;
  });
}
