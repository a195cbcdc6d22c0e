import type { CommandRequest, Failure } from '@lampboard/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApi } from './api-context.tsx';
import { useQueryClient } from './use-query-client.ts';
import type { ApiCommand, ApiReply } from './api.ts';

type ListCommand = Extract<ApiCommand, `list-${string}`>;

/** Requests are not held back while offline: a failure is shown immediately. */
export const NO_RETRY = { retry: false, networkMode: 'always' } as const;

interface CommandQuery<N extends ListCommand> {
  /** Undefined until the first reply. */
  readonly reply: ApiReply<N> | undefined;
  refresh: () => Promise<void>;
}

/** Queries a list command; refetches on `refresh`, and when the window gains focus after `staleMs` milliseconds. */
export function useCommandQuery<N extends ListCommand>(
  command: N,
  request: CommandRequest<N>,
  { enabled = true, staleMs = 0 }: { enabled?: boolean; staleMs?: number } = {},
): CommandQuery<N> {
  const api = useApi();
  const queryClient = useQueryClient();
  const key = JSON.stringify(request);
  const { data } = useQuery(
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
  return { reply: data, refresh };
}

interface CommandMutation<R> {
  readonly isPending: boolean;
  /** The failure of the last command; null without one. */
  readonly failure: Failure | null;
  /** Does nothing while a command is pending. */
  mutate: (request: R) => void;
  reset: () => void;
}

/** Sends a command once; `onDone` runs after success. */
export function useCommand<N extends ApiCommand>(
  command: N,
  onDone?: () => void,
): CommandMutation<CommandRequest<N>> {
  const api = useApi();
  const { mutate, data, isPending, reset } = useMutation(
    {
      mutationFn: (request: CommandRequest<N>): Promise<ApiReply<N>> => api.sendCommand(command, request),
      onSuccess: (reply) => {
        if (reply.ok) onDone?.();
      },
      ...NO_RETRY,
    },
    useQueryClient(),
  );
  return {
    isPending,
    failure: data === undefined || data.ok ? null : data,
    mutate: (request) => {
      if (!isPending) mutate(request);
    },
    reset,
  };
}
