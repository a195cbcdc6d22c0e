import { type Failure, HEALTH_STEP_MS, type Health } from '@lampboard/protocol';
import { useQuery } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';
import { useQueryClient } from './use-query-client.ts';

interface KeptHealth {
  /** What the gateway told last; null until it has told anything. */
  readonly health: Health | null;
  /** How far its clock is ahead of the browser's, in milliseconds. */
  readonly offset: number;
  /** Why it tells nothing now; null while it does. */
  readonly failure: Failure | null;
}

const KEY = ['read-health'];
const NOTHING: KeptHealth = { health: null, offset: 0, failure: null };

/**
 * Queries the gateway's health of the last hour, every {@link HEALTH_STEP_MS} or, without `isFollowed`, once. `now` is the
 * gateway's clock in milliseconds since 1970; it keeps running when replies stop.
 */
export function useHealth({ isFollowed = true }: { isFollowed?: boolean } = {}): KeptHealth & {
  readonly now: number;
} {
  const api = useApi();
  const queries = useQueryClient();
  const { data = NOTHING, dataUpdatedAt } = useQuery(
    {
      queryKey: KEY,
      queryFn: async (): Promise<KeptHealth> => {
        const reply = await api.ask('read-health', {});
        if (!reply.ok) return { ...(queries.getQueryData<KeptHealth>(KEY) ?? NOTHING), failure: reply };
        return { health: reply.value, offset: reply.value.time - Date.now(), failure: null };
      },
      refetchInterval: isFollowed && HEALTH_STEP_MS,
      retry: false,
      networkMode: 'always',
    },
    queries,
  );
  return { ...data, now: dataUpdatedAt + data.offset };
}
