import { type ComponentProps, useEffect, useEffectEvent, Activity } from 'react';
import { type Failure, PAGE_PATHS } from '@lampboard/protocol';
import { failureMessage } from './i18n/failure-message.ts';
import { useT, I18nProvider } from './i18n/i18n-context.tsx';
import { useSettings, SettingsProvider } from './data/preferences/settings-context.tsx';
import { useToasts, type ToastStore, ToastProvider } from './ui/toaster.tsx';
import { Redirect, Route, Router, Switch, useLocation, useSearch } from 'wouter';
import { useSessionState, ApiProvider } from './data/http/api-context.tsx';
import { basePath, currentPath } from './data/http/base-path.ts';
import { signInHref } from './features/sign-in/return-url.ts';
import { lazyComponent } from './ui/lazy-component.tsx';
import { BoardPage } from './pages/board/board-page.tsx';
import { OverlayHost } from './shell/overlay-host.tsx';
import type { Drafts } from './entities/presence-draft/drafts.ts';
import { DraftsProvider } from './entities/presence-draft/drafts-context.tsx';
import type { Clock } from './data/socket/clock.ts';
import type { LiveBoard } from './data/socket/live-board.ts';
import { type Translate, addMessages } from './i18n/translate.ts';
import type { Settings } from './data/preferences/create-settings.ts';
import { LiveProvider } from './data/socket/live-context.tsx';
import { ErrorPage } from './shell/error-page.tsx';

const SessionExpired = lazyComponent(async () => (await import('./pages/sign-in-pages.tsx')).SessionExpired);
const MePage = lazyComponent(async () => (await import('./pages/person/my-status-page.tsx')).MePage);
const AccountPage = lazyComponent(async () => (await import('./pages/account-page.tsx')).AccountPage);
const loadAdminPages = async () => {
  const pages = await import('./pages/admin-pages.tsx');
  addMessages(pages.messages);
  return pages;
};
const AccountsPage = lazyComponent(async () => (await loadAdminPages()).AccountsPage);
const AddAccountsPage = lazyComponent(async () => (await loadAdminPages()).AddAccountsPage);
const DirectoryPage = lazyComponent(async () => (await loadAdminPages()).DirectoryPage);
const ImportPage = lazyComponent(async () => (await loadAdminPages()).ImportPage);
const AuditPage = lazyComponent(async () => (await loadAdminPages()).AuditPage);
const HealthPage = lazyComponent(async () => (await loadAdminPages()).HealthPage);
const WallPage = lazyComponent(async () => (await import('./pages/wall-page.tsx')).WallPage);

const ROUTES = [
  [PAGE_PATHS.board, BoardPage],
  [PAGE_PATHS.myStatus, MePage],
  [PAGE_PATHS.account, AccountPage],
  [PAGE_PATHS.accounts, AccountsPage],
  [PAGE_PATHS.addAccounts, AddAccountsPage],
  [PAGE_PATHS.directory, DirectoryPage],
  [PAGE_PATHS.importDirectory, ImportPage],
  [PAGE_PATHS.audit, AuditPage],
  [PAGE_PATHS.health, HealthPage],
  [PAGE_PATHS.wall, WallPage],
] as const;

/** The signed-in pages. An expired session hides them until the same account returns; another account gets new ones. */
function AuthenticatedRoutes() {
  const state = useSessionState();
  // Subscribes to every navigation; wouter's own values are decoded, so the address is read from `window.location`.
  useLocation();
  useSearch();
  const target = currentPath() + window.location.search;
  useSettingsErrors();

  if (state.kind === 'unknown' && state.failure === null) return null;
  if (state.kind === 'out' && state.reason !== 'expired') {
    return <Redirect to={state.reason === 'signed-out' ? '/sign-in' : signInHref(target)} replace />;
  }
  const owner = state.kind === 'unknown' ? null : state.me;
  return (
    <>
      {state.kind === 'out' && <SessionExpired account={owner?.name ?? ''} target={target} />}
      <Activity mode={state.kind === 'out' ? 'hidden' : 'visible'}>
        <OverlayHost key={owner?.id}>
          <Switch>
            {ROUTES.map(([path, Page]) => (
              <Route key={path} path={path}>
                <Page />
              </Route>
            ))}
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </OverlayHost>
      </Activity>
    </>
  );
}

const SignInPage = lazyComponent(async () => (await import('./pages/sign-in-pages.tsx')).SignInPage);
const SetupPage = lazyComponent(async () => (await import('./pages/sign-in-pages.tsx')).SetupPage);
const InvitationPage = lazyComponent(async () => (await import('./pages/sign-in-pages.tsx')).InvitationPage);

interface AppProps extends Omit<ComponentProps<typeof ApiProvider>, 'children'> {
  live: LiveBoard;
  clock: Clock;
  settings: Settings;
  drafts: Drafts;
  toasts: ToastStore;
  language: Translate;
}

export function App({ live, clock, settings, drafts, toasts, language, ...api }: AppProps) {
  return (
    <I18nProvider initial={language}>
      <ErrorPage>
        <ApiProvider {...api}>
          <LiveProvider live={live} clock={clock}>
            <SettingsProvider settings={settings}>
              <DraftsProvider drafts={drafts}>
                <ToastProvider toasts={toasts}>
                  <Router base={basePath()}>
                    <Pages />
                  </Router>
                </ToastProvider>
              </DraftsProvider>
            </SettingsProvider>
          </LiveProvider>
        </ApiProvider>
      </ErrorPage>
    </I18nProvider>
  );
}

export function Pages() {
  return (
    <Switch>
      <Route path={PAGE_PATHS.signIn}>
        <SignInPage />
      </Route>
      <Route path={PAGE_PATHS.setup}>
        <SetupPage />
      </Route>
      <Route path={PAGE_PATHS.invitation}>
        <InvitationPage />
      </Route>
      <Route>
        <AuthenticatedRoutes />
      </Route>
    </Switch>
  );
}

/** Shows a toast when the gateway rejects a settings change, which the page has then rolled back. */
function useSettingsErrors(): void {
  const t = useT();
  const settings = useSettings();
  const toasts = useToasts();
  const showError = useEffectEvent((failure: Failure) =>
    toasts.show({ text: failureMessage(t, failure), tone: 'error' }),
  );
  useEffect(() => settings.onError((failure) => showError(failure)), [settings]);
}
