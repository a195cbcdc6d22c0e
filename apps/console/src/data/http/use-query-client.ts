import { QueryClient } from '@tanstack/react-query';
import { useLazyQueryClient } from './api-context.tsx';

/** Returns the page's query client, to be passed to the library's hooks. */
export function useQueryClient(): QueryClient {
  return useLazyQueryClient().getOrCreate(() => {
    const client = new QueryClient();
    // Subscribes it to window focus.
    client.mount();
    return client;
  });
}
