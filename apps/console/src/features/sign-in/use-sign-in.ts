import type { Me, SignInReply } from '@lampboard/protocol';
import { useMutation } from '@tanstack/react-query';
import { useApi, useSession } from '../../data/http/api-context.tsx';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import type { Api } from '../../data/http/api.ts';
import type { HttpReply } from '../../data/http/http.ts';

type Attempt = (api: Api) => Promise<HttpReply<SignInReply>>;

/** Sends one sign-in attempt at a time; on success the session is signed in. */
export function useSignIn({
  onSuccess,
  onFailure,
}: { onSuccess?: (me: Me) => void; onFailure?: () => void } = {}) {
  const api = useApi();
  const session = useSession();
  const { mutate, data, isPending } = useMutation(
    {
      mutationFn: async (attempt: Attempt) => {
        const { reply, retryAfter } = await attempt(api);
        const waitUntil = reply.ok || retryAfter === null ? 0 : Date.now() + retryAfter * 1000;
        return { reply, waitUntil };
      },
      onSuccess: ({ reply }) => {
        if (!reply.ok) return onFailure?.();
        session.setSignedIn(reply.value);
        return onSuccess?.(reply.value);
      },
      retry: false,
      networkMode: 'always',
    },
    useQueryClient(),
  );
  return {
    isPending,
    failure: data === undefined || data.reply.ok || isPending ? null : data.reply,
    /** When the gateway accepts the next attempt, in local milliseconds since 1970; 0 for now. */
    waitUntil: data?.waitUntil ?? 0,
    signIn: (attempt: Attempt) => {
      if (!isPending) mutate(attempt);
    },
  };
}
