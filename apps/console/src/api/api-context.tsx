import type { Me } from '@lampboard/protocol';
import { type ReactNode, createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Api } from './api.ts';
import type { Queries } from './queries.ts';
import type { Session, SessionState } from './session.ts';

interface ApiContextValue {
  readonly api: Api;
  readonly session: Session;
  readonly queries: Queries;
}

const ApiContext = createContext<ApiContextValue | null>(null);

export function ApiProvider({ api, session, queries, children }: ApiContextValue & { children: ReactNode }) {
  const value = useMemo(() => ({ api, session, queries }), [api, session, queries]);
  return <ApiContext value={value}>{children}</ApiContext>;
}

function useApiContext(): ApiContextValue {
  const value = useContext(ApiContext);
  if (value === null) throw new Error('ApiProvider is missing');
  return value;
}

export function useApi(): Api {
  return useApiContext().api;
}

export function useSession(): Session {
  return useApiContext().session;
}

export function useQueries(): Queries {
  return useApiContext().queries;
}

export function useSessionState(): SessionState {
  return useStore(useSession().store);
}

/** Who is signed in; null while nobody is. */
export function useMe(): Me | null {
  return useStore(useSession().store, (state) => (state.kind === 'in' ? state.me : null));
}
