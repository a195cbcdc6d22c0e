import { type Aliases, NO_ALIASES, resolveIds } from '@lampboard/model';
import type { Failure, Me, SignInReply } from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';

export type SessionState =
  /** Not requested yet, or no reply. */
  | { readonly kind: 'unknown'; readonly failure: Failure | null }
  | { readonly kind: 'in'; readonly me: Me }
  /** `me`: the user who was signed in before. */
  | { readonly kind: 'out'; readonly reason: 'never' | 'expired' | 'signed-out'; readonly me: Me | null };

export interface Session {
  readonly store: Pick<StoreApi<SessionState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Checks the session until it is known, and when the tab becomes visible; returns a stop function. */
  start: () => () => void;
  /** Asks the gateway for the session; without a reply the state stays. */
  check: () => Promise<void>;
  setSignedIn: (me: Me) => void;
  /** Replaces further numbers of the user's entries by the ids of these, as the board has them. */
  setAliases: (aliases: Aliases) => void;
  setSignedOut: () => void;
}

/** Milliseconds before the first check is repeated. */
const RETRY_MS = 2000;

export function createSession({ fetchMe }: { fetchMe: () => Promise<SignInReply> }): Session {
  const store = createStore<SessionState>(() => ({ kind: 'unknown', failure: null }));
  /** As received. */
  let user: Me | null = null;
  let aliases = NO_ALIASES;
  let pendingCheck: Promise<void> | null = null;
  let isStarted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const signIn = (me: Me) => {
    user = me;
    const extensions = resolveIds(aliases, me.extensions);
    const isSame = extensions === me.extensions;
    store.setState({ kind: 'in', me: isSame ? me : { ...me, extensions: [...extensions] } }, true);
  };
  const signOut = (reason: 'expired' | 'signed-out') => {
    const previous = store.getState();
    if (previous.kind === 'in') store.setState({ kind: 'out', reason, me: previous.me }, true);
    else if (previous.kind === 'unknown') store.setState({ kind: 'out', reason: 'never', me: null }, true);
    else if (reason === 'signed-out') store.setState({ ...previous, reason }, true);
  };
  const fetchState = async () => {
    const previous = store.getState();
    const reply = await fetchMe();
    // The session changed while the request was pending: its reply is outdated.
    if (store.getState() !== previous) return;
    if (reply.ok) signIn(reply.value);
    else if (reply.code === 'signed-out') signOut('expired');
    else if (previous.kind === 'unknown') store.setState({ kind: 'unknown', failure: reply }, true);
  };
  const check = () => {
    pendingCheck ??= fetchState().finally(() => {
      pendingCheck = null;
    });
    return pendingCheck;
  };
  const checkUntilKnown = async () => {
    await check();
    if (isStarted && store.getState().kind === 'unknown')
      timer = setTimeout(() => void checkUntilKnown(), RETRY_MS);
  };

  return {
    store,
    check,
    setSignedIn: signIn,
    setAliases: (next) => {
      aliases = next;
      if (user !== null && store.getState().kind === 'in') signIn(user);
    },
    setSignedOut: () => signOut('signed-out'),
    start: () => {
      // The user may have signed in from another tab, or by single sign-on.
      const onVisible = () => {
        if (document.visibilityState === 'visible' && store.getState().kind !== 'in') void check();
      };
      const stop = new AbortController();
      document.addEventListener('visibilitychange', onVisible, stop);
      isStarted = true;
      void checkUntilKnown();
      return () => {
        stop.abort();
        isStarted = false;
        clearTimeout(timer);
      };
    },
  };
}
