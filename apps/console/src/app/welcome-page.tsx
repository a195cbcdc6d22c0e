import { useEffect, useState } from 'react';
import { Link, Redirect } from 'wouter';
import { useSessionState } from '../api/api-context.tsx';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { Phrase, useT } from '../i18n/i18n-context.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { Brand } from './brand.tsx';
import { useTitle } from './use-title.ts';

const Welcome = lazyPart(
  async () => (await import('../features/sign-in/welcome.tsx')).Welcome,
  <div className="sign-in-ways-place" aria-busy="true" />,
);

/** Where the link of the gateway's log leads, on a site without an administrator. */
export function WelcomePage() {
  const t = useT();
  const state = useSessionState();
  const [token] = useState(() => window.location.hash.slice(1));
  useTitle(t('page.welcome'));

  // Out of the address at once: it is in no history, no bookmark and no picture of the screen then.
  useEffect(() => {
    if (window.location.hash !== '') window.history.replaceState(null, '', '/welcome');
  }, []);

  if (state.kind === 'in') return <Redirect to="/" replace />;
  return (
    <SignInCard brand={<Brand />} heading={t('page.welcome-heading')} intro={null}>
      <Welcome token={token} />
      <p className="sign-in-note">
        <Phrase k="page.welcome-done" values={{ signIn: <Link href="/sign-in">{t('page.sign-in')}</Link> }} />
      </p>
    </SignInCard>
  );
}
