import { useEffect, useState } from 'react';
import { Link, Redirect } from 'wouter';
import { useSessionState } from '../data/http/api-context.tsx';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { Trans, useT } from '../i18n/i18n-context.tsx';
import { lazyComponent } from '../ui/lazy-component.tsx';
import { Logo } from '../shell/logo.tsx';
import { useDocumentTitle } from '../shell/use-document-title.ts';

const Welcome = lazyComponent(
  async () => (await import('../features/sign-in/setup-form.tsx')).SetupForm,
  <div className="sign-in-methods-placeholder" aria-busy="true" />,
);

/** Where the link of the gateway's log leads, on a site without an administrator. */
export function SetupPage() {
  const t = useT();
  const state = useSessionState();
  const [token] = useState(() => window.location.hash.slice(1));
  useDocumentTitle(t('page.welcome'));

  // Out of the address at once: it is in no history, no bookmark and no picture of the screen then.
  useEffect(() => {
    if (window.location.hash !== '') window.history.replaceState(null, '', '/setup');
  }, []);

  if (state.kind === 'in') return <Redirect to="/" replace />;
  return (
    <SignInCard logo={<Logo />} heading={t('page.welcome-heading')} intro={null}>
      <Welcome token={token} />
      <p className="sign-in-note">
        <Trans
          messageKey="page.welcome-done"
          values={{ signIn: <Link href="/sign-in">{t('page.sign-in')}</Link> }}
        />
      </p>
    </SignInCard>
  );
}
