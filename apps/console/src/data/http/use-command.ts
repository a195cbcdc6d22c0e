import type { CommandName, CommandReply, CommandRequest, Failure } from '@lampboard/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApi } from './api-context.tsx';
import { useQueryClient } from './use-query-client.ts';
import type { ApiReply } from './api.ts';

type ListCommand = Extract<CommandName, `list-${string}`>;

/** Requests are not held back while offline: a failure is shown immediately. */
export const NO_RETRY = { retry: false, networkMode: 'always' } as const;

/** Queries a list command (`reply` is undefined until the first one, `receivedAt` in milliseconds since 1970); refetches on `refresh`, and when the window gains focus after `staleMs` milliseconds. */
export function useCommandQuery<N extends ListCommand>(
  command: N,
  request: CommandRequest<N>,
  { enabled = true, staleMs = 0 }: { enabled?: boolean; staleMs?: number } = {},
) {
  const api = useApi();
  const queryClient = useQueryClient();
  const key = JSON.stringify(request);
  const { data, dataUpdatedAt } = useQuery(
    {
      queryKey: [command, key],
      queryFn: () => api.sendCommand(command, request),
      enabled,
      staleTime: staleMs,
      ...NO_RETRY,
    },
    queryClient,
  );
  const refresh = useCallback(
    () => queryClient.invalidateQueries({ queryKey: [command, key] }),
    [queryClient, command, key],
  );
  return { reply: data, receivedAt: dataUpdatedAt, refresh };
}

/** Sends a command once, not while one is pending; `onDone` runs after success. `failure`: of the last command. */
export function useCommand<N extends Exclude<CommandName, 'set-presence'>>(
  command: N,
  onDone?: (value: Extract<CommandReply<N>, { ok: true }>['value']) => void,
) {
  const api = useApi();
  const { mutate, data, isPending, reset } = useMutation(
    {
      mutationFn: (request: CommandRequest<N>): Promise<ApiReply<N>> => api.sendCommand(command, request),
      onSuccess: (reply) => {
        if (reply.ok) onDone?.(reply.value);
      },
      ...NO_RETRY,
    },
    useQueryClient(),
  );
  const failure: Failure | null = data === undefined || data.ok ? null : data;
  return {
    isPending,
    failure,
    mutate: (request: CommandRequest<N>) => {
      if (!isPending) mutate(request);
    },
    reset,
  };
}
