import type { Failure } from '@lampboard/protocol';
import { useMutation } from '@tanstack/react-query';
import { useApi, useSession } from '../../api/api-context.tsx';
import { useQueryClient } from '../../api/use-query-client.ts';

interface SigningOut {
  readonly busy: boolean;
  /** Why the session is still there. */
  readonly failure: Failure | null;
  signOut: () => void;
  forget: () => void;
}

/** Ends this browser's session; nobody is told to be signed out before the gateway says so. */
export function useSignOut(): SigningOut {
  const api = useApi();
  const session = useSession();
  const { mutate, data, isPending, reset } = useMutation(
    {
      mutationFn: () => api.signOut(),
      onSuccess: (reply) => {
        if (reply.ok || reply.code === 'signed-out') session.left();
      },
      retry: false,
      networkMode: 'always',
    },
    useQueryClient(),
  );
  return {
    busy: isPending,
    failure: data === undefined || data.ok ? null : data,
    signOut: () => {
      if (!isPending) mutate();
    },
    forget: reset,
  };
}
