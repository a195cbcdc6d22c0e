import { useQuery } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';
import { NO_RETRY } from './use-command.ts';
import { useQueryClient } from './use-query-client.ts';

/** Milliseconds before a failed query is repeated. */
const RETRY_MS = 3000;

/** Queries the ways to sign in, until the gateway replies. */
export function useSignInOptions() {
  const api = useApi();
  const { data: reply, refetch } = useQuery(
    {
      queryKey: ['sign-in-options'],
      queryFn: api.signInOptions,
      refetchInterval: ({ state }) => (state.data?.ok === false ? RETRY_MS : false),
      ...NO_RETRY,
    },
    useQueryClient(),
  );
  return { reply, refetch };
}

/** False where the site allows single sign-on only. */
export function useIsPasswordAllowed(): boolean {
  const { reply } = useSignInOptions();
  return reply?.ok !== true || reply.value.password;
}
