import type { Me } from '@lampboard/protocol';
import { type ReactNode, createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Api } from './api.ts';
import type { LazyQueryClient } from './lazy-query-client.ts';
import type { Session, SessionState } from './session.ts';

interface ApiContextValue {
  readonly api: Api;
  readonly session: Session;
  readonly lazyQueryClient: LazyQueryClient;
}

const ApiContext = createContext<ApiContextValue | null>(null);

export function ApiProvider({
  api,
  session,
  lazyQueryClient,
  children,
}: ApiContextValue & { children: ReactNode }) {
  const value = useMemo(() => ({ api, session, lazyQueryClient }), [api, session, lazyQueryClient]);
  return <ApiContext value={value}>{children}</ApiContext>;
}

function useApiContext() {
  const value = useContext(ApiContext);
  if (value === null) throw new Error('ApiProvider is missing');
  return value;
}

export const useApi = (): Api => useApiContext().api;
export const useSession = (): Session => useApiContext().session;
export const useLazyQueryClient = (): LazyQueryClient => useApiContext().lazyQueryClient;
export const useSessionState = (): SessionState => useStore(useSession().store);

/** Null while signed out. */
export const useMe = (): Me | null =>
  useStore(useSession().store, (state) => (state.kind === 'in' ? state.me : null));
