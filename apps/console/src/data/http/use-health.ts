import { type Failure, HEALTH_INTERVAL_MS, type Health } from '@lampboard/protocol';
import { useQuery } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';
import { NO_RETRY } from './use-command.ts';
import { useQueryClient } from './use-query-client.ts';

interface HealthState {
  /** Null until the first reply. */
  readonly health: Health | null;
  /** Milliseconds by which the gateway's clock is ahead of the browser's. */
  readonly offset: number;
  /** The failure of the last query; null after success. */
  readonly failure: Failure | null;
}

const QUERY_KEY = ['get-health'];
const NO_DATA: HealthState = { health: null, offset: 0, failure: null };

/** Queries the gateway's health, once or every {@link HEALTH_INTERVAL_MS}. `now`: its clock, in ms since 1970. */
export function useHealth({ isPolling = true }: { isPolling?: boolean } = {}) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { data = NO_DATA, dataUpdatedAt } = useQuery(
    {
      queryKey: QUERY_KEY,
      queryFn: async (): Promise<HealthState> => {
        const reply = await api.sendCommand('get-health', {});
        if (!reply.ok)
          return { ...(queryClient.getQueryData<HealthState>(QUERY_KEY) ?? NO_DATA), failure: reply };
        return { health: reply.value, offset: reply.value.time - Date.now(), failure: null };
      },
      refetchInterval: isPolling && HEALTH_INTERVAL_MS,
      ...NO_RETRY,
    },
    queryClient,
  );
  return { ...data, now: dataUpdatedAt + data.offset };
}
