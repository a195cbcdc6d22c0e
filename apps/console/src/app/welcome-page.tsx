import { Suspense, lazy, useEffect, useState } from 'react';
import { Link, Redirect } from 'wouter';
import { useSessionState } from '../api/api-context.tsx';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { Brand } from './brand.tsx';
import { useTitle } from './use-title.ts';

const WelcomeForm = lazy(async () => ({
  default: (await import('../features/sign-in/welcome-form.tsx')).WelcomeForm,
}));

/** Where the link of the gateway's log leads, on a site without an administrator. */
export function WelcomePage() {
  const state = useSessionState();
  const [token] = useState(() => window.location.hash.slice(1));
  useTitle('Welcome');

  // Out of the address at once: it is in no history, no bookmark and no picture of the screen then.
  useEffect(() => {
    if (window.location.hash !== '') window.history.replaceState(null, '', '/welcome');
  }, []);

  if (state.kind === 'in') return <Redirect to="/" replace />;
  const intro =
    token === ''
      ? 'The link is not complete. Open the whole of the one that the gateway’s log printed at its start.'
      : 'Make the first administrator. Everybody else is added afterwards, under Accounts.';
  return (
    <SignInCard
      brand={<Brand />}
      heading="Welcome to Lampboard"
      intro={<p className="sign-in-intro">{intro}</p>}
    >
      {token !== '' && (
        <Suspense fallback={<div className="sign-in-ways-place" aria-busy="true" />}>
          <WelcomeForm token={token} />
        </Suspense>
      )}
      <p className="sign-in-note">
        Somebody has done so already? <Link href="/sign-in">Sign in</Link>
      </p>
    </SignInCard>
  );
}
