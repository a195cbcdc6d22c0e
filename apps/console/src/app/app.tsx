import { PAGES } from '@lampboard/protocol';
import { Route, Switch } from 'wouter';
import { ApiProvider } from '../api/api-context.tsx';
import type { Api } from '../api/api.ts';
import type { Queries } from '../api/queries.ts';
import type { Session } from '../api/session.ts';
import type { Drafts } from '../features/person/drafts.ts';
import { DraftsProvider } from '../features/person/drafts-context.tsx';
import type { Clock } from '../live/clock.ts';
import type { Live } from '../live/create-live.ts';
import { I18nProvider } from '../i18n/i18n-context.tsx';
import type { Translate } from '../i18n/translate.ts';
import type { Own } from '../own/create-own.ts';
import { OwnProvider } from '../own/own-context.tsx';
import { LiveProvider } from '../live/live-context.tsx';
import type { Notices } from '../ui/create-notices.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { NoticesProvider } from '../ui/notices.tsx';
import { ErrorPage } from './error-page.tsx';
import { SignedInPages } from './signed-in-pages.tsx';

const SignInPage = lazyPart(async () => (await import('./sign-in-page.tsx')).SignInPage);
const WelcomePage = lazyPart(async () => (await import('./welcome-page.tsx')).WelcomePage);

interface AppProps {
  api: Api;
  session: Session;
  live: Live;
  clock: Clock;
  own: Own;
  drafts: Drafts;
  notices: Notices;
  queries: Queries;
  language: Translate;
}

export function App({ api, session, live, clock, own, drafts, notices, queries, language }: AppProps) {
  return (
    <I18nProvider first={language}>
      <ErrorPage>
        <ApiProvider api={api} session={session} queries={queries}>
          <LiveProvider live={live} clock={clock}>
            <OwnProvider own={own}>
              <DraftsProvider drafts={drafts}>
                <NoticesProvider notices={notices}>
                  <Pages />
                </NoticesProvider>
              </DraftsProvider>
            </OwnProvider>
          </LiveProvider>
        </ApiProvider>
      </ErrorPage>
    </I18nProvider>
  );
}

/** Every page there is. */
export function Pages() {
  return (
    <Switch>
      <Route path={PAGES.signIn}>
        <SignInPage />
      </Route>
      <Route path={PAGES.welcome}>
        <WelcomePage />
      </Route>
      <Route>
        <SignedInPages />
      </Route>
    </Switch>
  );
}
