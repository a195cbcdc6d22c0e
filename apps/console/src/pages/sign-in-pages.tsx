import { SINGLE_SIGN_ON_FAILURES, type Me } from '@lampboard/protocol';
import type { Translate } from '../i18n/translate.ts';
import { Redirect, useSearch, Link } from 'wouter';
import { useSessionState } from '../data/http/api-context.tsx';
import { setTabIcon } from '../features/connection/use-tab-status.ts';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { SignInMethods } from '../features/sign-in/sign-in-methods.tsx';
import { safeReturnPath } from '../features/sign-in/return-url.ts';
import { useT, Trans } from '../i18n/i18n-context.tsx';
import { Alert } from '../ui/alert.tsx';
import { Logo } from '../shell/logo.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { useEffect, useState } from 'react';
import { lazyComponent } from '../ui/lazy-component.tsx';
import { useUnsavedExtensions } from '../entities/presence-draft/drafts-context.tsx';

/** Users on a phone start at their own status. */
const landingPath = ({ role }: Me, target: string, onPhone: boolean): string =>
  target === '/' && role === 'user' && onPhone ? '/me' : target;

export function SignInPage() {
  const t = useT();
  const state = useSessionState();
  useSearch();
  // wouter decodes the address once too often.
  const params = new URLSearchParams(window.location.search);
  const onPhone = useMediaQuery('(max-width: 720px)');
  const target = safeReturnPath(params.get('to'));
  const failureText = ssoErrorMessage(t, params.get('failure'));
  useDocumentTitle(t('page.sign-in'));

  if (state.kind === 'in') return <Redirect to={landingPath(state.me, target, onPhone)} replace />;
  if (state.kind === 'unknown' && state.failure === null) return null;
  return (
    <SignInCard
      logo={<Logo />}
      heading={t('page.sign-in')}
      intro={failureText !== null && <Alert>{failureText}</Alert>}
    >
      <SignInMethods account="" target={target} openInNewTab={false} />
    </SignInCard>
  );
}

/** Returns the failure of single sign-on in the address; null without one. */
function ssoErrorMessage(t: Translate, code: string | null): string | null {
  if (code === null) return null;
  const knownError = SINGLE_SIGN_ON_FAILURES.find((knownCode) => knownCode === code);
  return t(`sign-in.failure.${knownError ?? 'failed'}`);
}

/** Covers the page of an expired session until somebody signs in again. */
export function SessionExpired({ account, target }: { account: string; target: string }) {
  const t = useT();
  const unsaved = useUnsavedExtensions();
  useDocumentTitle(t('page.signed-out'));
  return (
    <SignInCard
      logo={<Logo />}
      heading={t('page.sign-in-again')}
      intro={<output className="sign-in-intro">{t('page.signed-out-kept')}</output>}
    >
      <SignInMethods account={account} target={target} openInNewTab={unsaved.length > 0} />
    </SignInCard>
  );
}

const Welcome = lazyComponent(
  async () => (await import('../features/sign-in/setup-form.tsx')).SetupForm,
  <div className="sign-in-methods-placeholder" aria-busy="true" />,
);

/** Page of the setup link, for a site without an administrator. */
export function SetupPage() {
  const t = useT();
  const state = useSessionState();
  const token = useLinkToken();
  useDocumentTitle(t('page.setup'));

  if (state.kind === 'in') return <Redirect to="/" replace />;
  return (
    <SignInCard logo={<Logo />} heading={t('page.setup-heading')} intro={null}>
      <Welcome token={token} />
      <p className="note sign-in-note">
        <Trans
          messageKey="page.setup-done"
          values={{ signIn: <Link href="/sign-in">{t('page.sign-in')}</Link> }}
        />
      </p>
    </SignInCard>
  );
}

const Invitation = lazyComponent(
  async () => (await import('../features/sign-in/invitation-form.tsx')).InvitationForm,
  <div className="sign-in-methods-placeholder" aria-busy="true" />,
);

/** Page of an invitation, for signed-in users too. */
export function InvitationPage() {
  const t = useT();
  const state = useSessionState();
  const token = useLinkToken();
  const [accepted, setAccepted] = useState<Me | null>(null);
  const onPhone = useMediaQuery('(max-width: 720px)');
  useDocumentTitle(t('invitation.heading'));

  if (accepted !== null) return <Redirect to={landingPath(accepted, '/', onPhone)} replace />;
  return (
    <SignInCard logo={<Logo />} heading={t('invitation.heading')} intro={null}>
      {token === '' ? (
        <p className="sign-in-intro">{t('invitation.no-token')}</p>
      ) : (
        <Invitation
          token={token}
          signedInAs={state.kind === 'in' ? state.me.name : null}
          onAccepted={setAccepted}
        />
      )}
      <p className="note sign-in-note">
        <Trans
          messageKey="invitation.done"
          values={{ signIn: <Link href="/sign-in">{t('page.sign-in')}</Link> }}
        />
      </p>
    </SignInCard>
  );
}

/** Takes the token of a single-use link from the fragment, and removes it from the address, history and bookmarks. */
function useLinkToken(): string {
  const [token, setToken] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    const take = () => {
      const { hash, pathname } = window.location;
      if (hash === '') return;
      setToken(hash.slice(1));
      window.history.replaceState(null, '', pathname);
    };
    take();
    // Another link that is opened on this page does not reload it.
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
}

function useDocumentTitle(heading: string): void {
  useEffect(() => {
    document.title = `${heading} · Lampboard`;
    setTabIcon('favicon');
  }, [heading]);
}
