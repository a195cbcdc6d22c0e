import type { Failure, SignInReply } from '@lampboard/protocol';
import { useMutation } from '@tanstack/react-query';
import { useApi, useSession } from '../../data/http/api-context.tsx';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import type { Api } from '../../data/http/api.ts';
import type { HttpReply } from '../../data/http/http.ts';

interface SignInState {
  readonly isPending: boolean;
  /** Why the last attempt was refused. */
  readonly failure: Failure | null;
  /** Until when the gateway takes no further attempt, in milliseconds since 1970 by this browser's clock; 0: at once. */
  readonly waitUntil: number;
  /** Does nothing while an attempt is on its way. */
  signIn: (attempt: (api: Api) => Promise<HttpReply<SignInReply>>) => void;
}

/** One attempt at a time to sign in, whichever way; who gets in is told to the session. */
export function useSignIn(onFailure?: () => void): SignInState {
  const api = useApi();
  const session = useSession();
  const { mutate, data, isPending } = useMutation(
    {
      mutationFn: async (attempt: (api: Api) => Promise<HttpReply<SignInReply>>) => {
        const { reply, retryAfter } = await attempt(api);
        const waitUntil = reply.ok || retryAfter === null ? 0 : Date.now() + retryAfter * 1000;
        return { reply, waitUntil };
      },
      onSuccess: ({ reply }) => {
        if (reply.ok) session.setSignedIn(reply.value);
        else onFailure?.();
      },
      retry: false,
      networkMode: 'always',
    },
    useQueryClient(),
  );
  return {
    isPending: isPending,
    failure: data === undefined || data.reply.ok || isPending ? null : data.reply,
    waitUntil: data?.waitUntil ?? 0,
    signIn: (attempt) => {
      if (!isPending) mutate(attempt);
    },
  };
}
