import type { Failure, Me, SignInReply } from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';

/** Who is signed in in this browser, as far as this page knows. */
export type SessionState =
  /** Not asked yet, or there was no answer. */
  | { readonly kind: 'unknown'; readonly failure: Failure | null }
  | { readonly kind: 'in'; readonly me: Me }
  /** `me` is who was signed in before on this page. */
  | { readonly kind: 'out'; readonly why: 'never' | 'ended' | 'left'; readonly me: Me | null };

export interface Session {
  readonly store: Pick<StoreApi<SessionState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Asks for the first time, and again whenever that may help; returns what stops it. */
  start: () => () => void;
  /** Asks the gateway who is signed in. No answer leaves everything as it is. */
  check: () => Promise<void>;
  /** The gateway said who is signed in. */
  arrived: (me: Me) => void;
  /** The user has signed out. */
  left: () => void;
}

interface SessionOptions {
  askMe: () => Promise<SignInReply>;
  /** Milliseconds after which an unanswered first question is asked again. */
  retryMs?: number;
}

export function createSession({ askMe, retryMs = 2000 }: SessionOptions): Session {
  const store = createStore<SessionState>(() => ({ kind: 'unknown', failure: null }));
  let asking: Promise<void> | null = null;
  let isStarted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const out = (why: 'ended' | 'left') => {
    const before = store.getState();
    if (before.kind === 'in') store.setState({ kind: 'out', why, me: before.me }, true);
    else if (before.kind === 'unknown') store.setState({ kind: 'out', why: 'never', me: null }, true);
    else if (why === 'left') store.setState({ ...before, why }, true);
  };
  const ask = async () => {
    const before = store.getState();
    const reply = await askMe();
    // Somebody signed in or out meanwhile: this answer is about the time before.
    if (store.getState() !== before) return;
    if (reply.ok) store.setState({ kind: 'in', me: reply.value }, true);
    else if (reply.code === 'signed-out') out('ended');
    else if (before.kind === 'unknown') store.setState({ kind: 'unknown', failure: reply }, true);
  };
  const check = () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
  const first = async () => {
    await check();
    if (isStarted && store.getState().kind === 'unknown') timer = setTimeout(() => void first(), retryMs);
  };

  return {
    store,
    check,
    arrived: (me) => store.setState({ kind: 'in', me }, true),
    left: () => out('left'),
    start: () => {
      // Signed in meanwhile in another tab, or by single sign-on.
      const onVisible = () => {
        if (document.visibilityState === 'visible' && store.getState().kind !== 'in') void check();
      };
      document.addEventListener('visibilitychange', onVisible);
      isStarted = true;
      void first();
      return () => {
        document.removeEventListener('visibilitychange', onVisible);
        isStarted = false;
        clearTimeout(timer);
      };
    },
  };
}
