import type { Me } from '@lampboard/protocol';
import { Redirect, useSearch } from 'wouter';
import { useSessionState } from '../api/api-context.tsx';
import { refusalWords } from '../features/sign-in/refusal-words.ts';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { SignInWays } from '../features/sign-in/sign-in-ways.tsx';
import { safeTarget } from '../features/sign-in/way-back.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { Alert } from '../ui/alert.tsx';
import { Brand } from './brand.tsx';
import { useMedia } from './use-media.ts';
import { useTitle } from './use-title.ts';

/** Who has a phone in the hand and answers for nobody else came to set their own presence. */
function placeFor({ role }: Me, target: string, onPhone: boolean): string {
  return target === '/' && role === 'user' && onPhone ? '/me' : target;
}

export function SignInPage() {
  const t = useT();
  const state = useSessionState();
  useSearch();
  // The router's own words for the address are decoded once too often for an address within it.
  const params = new URLSearchParams(window.location.search);
  const onPhone = useMedia('(max-width: 720px)');
  const target = safeTarget(params.get('to'));
  const refusal = refusalWords(t, params.get('refused'));
  useTitle(t('page.sign-in'));

  if (state.kind === 'in') return <Redirect to={placeFor(state.me, target, onPhone)} replace />;
  if (state.kind === 'unknown' && state.failure === null) return null;
  return (
    <SignInCard
      brand={<Brand />}
      heading={t('page.sign-in')}
      intro={refusal !== null && <Alert>{refusal}</Alert>}
    >
      <SignInWays account="" target={target} staying={false} />
    </SignInCard>
  );
}
