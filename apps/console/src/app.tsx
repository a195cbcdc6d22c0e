import { useEffect, useEffectEvent, Activity } from 'react';
import { type Failure, type Me, PAGES } from '@lampboard/protocol';
import { failureMessage } from './i18n/failure-message.ts';
import { useT, I18nProvider } from './i18n/i18n-context.tsx';
import { useSettings, SettingsProvider } from './data/settings/settings-context.tsx';
import { useToasts, type ToastStore, ToastProvider } from './ui/toaster.tsx';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { useSessionState, ApiProvider } from './data/http/api-context.tsx';
import type { SessionState, Session } from './data/http/session.ts';
import { signInHref } from './features/sign-in/return-url.ts';
import { lazyComponent } from './ui/lazy-component.tsx';
import { BoardPage } from './pages/board/board-page.tsx';
import { OverlayHost } from './shell/overlay-host.tsx';
import type { Api } from './data/http/api.ts';
import type { LazyQueryClient } from './data/http/lazy-query-client.ts';
import type { Drafts } from './entities/presence-draft/drafts.ts';
import { DraftsProvider } from './entities/presence-draft/drafts-context.tsx';
import type { Clock } from './data/socket/clock.ts';
import type { Live } from './data/socket/create-live.ts';
import type { Translate } from './i18n/translate.ts';
import type { Settings } from './data/settings/create-settings.ts';
import { LiveProvider } from './data/socket/live-context.tsx';
import { ErrorPage } from './shell/error-page.tsx';

const SessionExpired = lazyComponent(
  async () => (await import('./pages/session-expired.tsx')).SessionExpired,
);
const MePage = lazyComponent(async () => (await import('./pages/person/my-status-page.tsx')).MePage);
const AccountPage = lazyComponent(async () => (await import('./pages/account-page.tsx')).AccountPage);
const AdminPage = lazyComponent(async () => (await import('./pages/user-management-page.tsx')).AdminPage);
const AuditPage = lazyComponent(async () => (await import('./pages/audit-page.tsx')).AuditPage);
const HealthPage = lazyComponent(async () => (await import('./pages/health-page.tsx')).HealthPage);
const WallPage = lazyComponent(async () => (await import('./pages/wall-page.tsx')).WallPage);

/** Returns the account that the page belongs to; null while the session is unknown. */
function ownerOf(state: SessionState): Me | null {
  return state.kind === 'unknown' ? null : state.me;
}

/**
 * The pages behind the sign-in. Where the session ends under an open page, the page is put away as it is, place, text
 * and all, until the same account is back; another account gets a page of its own.
 */
function AuthenticatedRoutes() {
  const state = useSessionState();
  // Drawn anew wherever the user goes; the router's own words for it are decoded, and lead elsewhere.
  useLocation();
  useSearch();
  const currentPath = window.location.pathname + window.location.search;
  useSettingsErrors();

  if (state.kind === 'unknown' && state.failure === null) return null;
  if (state.kind === 'out' && state.reason !== 'expired') {
    return <Redirect to={state.reason === 'signed-out' ? '/sign-in' : signInHref(currentPath)} replace />;
  }
  const owner = ownerOf(state);
  return (
    <>
      {state.kind === 'out' && <SessionExpired account={owner?.name ?? ''} target={currentPath} />}
      <Activity mode={state.kind === 'out' ? 'hidden' : 'visible'}>
        <OverlayHost key={owner?.id}>
          <Switch>
            <Route path={PAGES.board}>
              <BoardPage />
            </Route>
            <Route path={PAGES.myStatus}>
              <MePage />
            </Route>
            <Route path={PAGES.account}>
              <AccountPage />
            </Route>
            <Route path={PAGES.accounts}>
              <AdminPage />
            </Route>
            <Route path={PAGES.audit}>
              <AuditPage />
            </Route>
            <Route path={PAGES.health}>
              <HealthPage />
            </Route>
            <Route path={PAGES.wall}>
              <WallPage />
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </OverlayHost>
      </Activity>
    </>
  );
}

const SignInPage = lazyComponent(async () => (await import('./pages/sign-in-page.tsx')).SignInPage);
const SetupPage = lazyComponent(async () => (await import('./pages/setup-page.tsx')).SetupPage);

interface AppProps {
  api: Api;
  session: Session;
  live: Live;
  clock: Clock;
  settings: Settings;
  drafts: Drafts;
  toasts: ToastStore;
  lazyQueryClient: LazyQueryClient;
  language: Translate;
}

export function App({
  api,
  session,
  live,
  clock,
  settings,
  drafts,
  toasts,
  lazyQueryClient,
  language,
}: AppProps) {
  return (
    <I18nProvider initial={language}>
      <ErrorPage>
        <ApiProvider api={api} session={session} lazyQueryClient={lazyQueryClient}>
          <LiveProvider live={live} clock={clock}>
            <SettingsProvider settings={settings}>
              <DraftsProvider drafts={drafts}>
                <ToastProvider toasts={toasts}>
                  <Pages />
                </ToastProvider>
              </DraftsProvider>
            </SettingsProvider>
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
      <Route path={PAGES.setup}>
        <SetupPage />
      </Route>
      <Route>
        <AuthenticatedRoutes />
      </Route>
    </Switch>
  );
}

/** What the gateway would not keep of one's own board is told, since the page has taken it back. */
function useSettingsErrors(): void {
  const t = useT();
  const settings = useSettings();
  const toasts = useToasts();
  const showError = useEffectEvent((failure: Failure) =>
    toasts.show({ text: failureMessage(t, failure), tone: 'error' }),
  );
  useEffect(() => settings.onError((failure) => showError(failure)), [settings]);
}
