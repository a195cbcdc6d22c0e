import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Redirect, Route, Switch } from 'wouter';
import type { Drafts } from '../features/person/drafts.ts';
import { DraftsProvider } from '../features/person/drafts-context.tsx';
import type { Clock } from '../live/clock.ts';
import type { Live } from '../live/create-live.ts';
import { LiveProvider } from '../live/live-context.tsx';
import { BoardPage } from './board-page.tsx';
import { ErrorPage } from './error-page.tsx';

interface AppProps {
  live: Live;
  clock: Clock;
  drafts: Drafts;
  queries: QueryClient;
}

export function App({ live, clock, drafts, queries }: AppProps) {
  return (
    <ErrorPage>
      <QueryClientProvider client={queries}>
        <LiveProvider live={live} clock={clock}>
          <DraftsProvider drafts={drafts}>
            <Switch>
              <Route path="/">
                <BoardPage />
              </Route>
              <Route>
                <Redirect to="/" replace />
              </Route>
            </Switch>
          </DraftsProvider>
        </LiveProvider>
      </QueryClientProvider>
    </ErrorPage>
  );
}
