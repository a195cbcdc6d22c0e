import { type Me, PAGES } from '@lampboard/protocol';
import { Activity } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { useSessionState } from '../api/api-context.tsx';
import type { SessionState } from '../api/session.ts';
import { signInWay } from '../features/sign-in/way-back.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { BoardPage } from './board-page.tsx';
import { Everywhere } from './everywhere.tsx';
import { useOwnRefusals } from './use-own-refusals.ts';

const SignInAgain = lazyPart(async () => (await import('./sign-in-again.tsx')).SignInAgain);
const MePage = lazyPart(async () => (await import('./me-page.tsx')).MePage);
const AccountPage = lazyPart(async () => (await import('./account-page.tsx')).AccountPage);
const AdminPage = lazyPart(async () => (await import('./admin-page.tsx')).AdminPage);
const AuditPage = lazyPart(async () => (await import('./audit-page.tsx')).AuditPage);
const HealthPage = lazyPart(async () => (await import('./health-page.tsx')).HealthPage);
const WallPage = lazyPart(async () => (await import('./wall-page.tsx')).WallPage);

/** Returns the account that the page belongs to; null while the session is unknown. */
function ownerOf(state: SessionState): Me | null {
  return state.kind === 'unknown' ? null : state.me;
}

/**
 * The pages behind the sign-in. Where the session ends under an open page, the page is put away as it is, place, text
 * and all, until the same account is back; another account gets a page of its own.
 */
export function SignedInPages() {
  const state = useSessionState();
  // Drawn anew wherever the user goes; the router's own words for it are decoded, and lead elsewhere.
  useLocation();
  useSearch();
  const here = window.location.pathname + window.location.search;
  useOwnRefusals();

  if (state.kind === 'unknown' && state.failure === null) return null;
  if (state.kind === 'out' && state.why !== 'ended') {
    return <Redirect to={state.why === 'left' ? '/sign-in' : signInWay(here)} replace />;
  }
  const owner = ownerOf(state);
  return (
    <>
      {state.kind === 'out' && <SignInAgain account={owner?.name ?? ''} target={here} />}
      <Activity mode={state.kind === 'out' ? 'hidden' : 'visible'}>
        <Everywhere key={owner?.id}>
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
        </Everywhere>
      </Activity>
    </>
  );
}
