import type { CommandRequest, Failure } from '@lampboard/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApi } from './api-context.tsx';
import { useQueryClient } from './use-query-client.ts';
import type { ApiCommand, ApiReply } from './api.ts';

type ListCommand = Extract<ApiCommand, `list-${string}`>;

/** Nothing is held back until the network returns: a failure is an answer, and is told at once. */
const AT_ONCE = { retry: false, networkMode: 'always' } as const;

interface Listed<N extends ListCommand> {
  /** Undefined until the first answer. */
  readonly reply: ApiReply<N> | undefined;
  refresh: () => Promise<void>;
}

/** Queries a list command; refetches on `refresh`, and when the window gains focus after `staleMs` milliseconds. */
export function useList<N extends ListCommand>(
  command: N,
  request: CommandRequest<N>,
  { enabled = true, staleMs = 0 }: { enabled?: boolean; staleMs?: number } = {},
): Listed<N> {
  const api = useApi();
  const queries = useQueryClient();
  const key = JSON.stringify(request);
  const { data } = useQuery(
    {
      queryKey: [command, key],
      queryFn: () => api.ask(command, request),
      enabled,
      staleTime: staleMs,
      ...AT_ONCE,
    },
    queries,
  );
  const refresh = useCallback(
    () => queries.invalidateQueries({ queryKey: [command, key] }),
    [queries, command, key],
  );
  return { reply: data, refresh };
}

interface Asking<R> {
  readonly busy: boolean;
  /** Why the last one was refused; null while that is not so. */
  readonly failure: Failure | null;
  /** Does nothing while the one before is on its way. */
  ask: (request: R) => void;
  forget: () => void;
}

/** Gives a command, once; `onDone` follows where it was carried out. */
export function useCommand<N extends ApiCommand>(command: N, onDone?: () => void): Asking<CommandRequest<N>> {
  const api = useApi();
  const { mutate, data, isPending, reset } = useMutation(
    {
      mutationFn: (request: CommandRequest<N>): Promise<ApiReply<N>> => api.ask(command, request),
      onSuccess: (reply) => {
        if (reply.ok) onDone?.();
      },
      ...AT_ONCE,
    },
    useQueryClient(),
  );
  return {
    busy: isPending,
    failure: data === undefined || data.ok ? null : data,
    ask: (request) => {
      if (!isPending) mutate(request);
    },
    forget: reset,
  };
}
