import { SINGLE_SIGN_ON_FAILURES, type Me } from '@lampboard/protocol';
import type { Translate } from '../i18n/translate.ts';
import { Redirect, useSearch } from 'wouter';
import { useSessionState } from '../data/http/api-context.tsx';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { SignInMethods } from '../features/sign-in/sign-in-methods.tsx';
import { safeReturnPath } from '../features/sign-in/return-url.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { Alert } from '../ui/alert.tsx';
import { Logo } from '../shell/logo.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { useDocumentTitle } from '../shell/use-document-title.ts';

/** Who has a phone in the hand and answers for nobody else came to set their own presence. */
function landingPath({ role }: Me, target: string, onPhone: boolean): string {
  return target === '/' && role === 'user' && onPhone ? '/me' : target;
}

export function SignInPage() {
  const t = useT();
  const state = useSessionState();
  useSearch();
  // The router's own words for the address are decoded once too often for an address within it.
  const params = new URLSearchParams(window.location.search);
  const onPhone = useMediaQuery('(max-width: 720px)');
  const target = safeReturnPath(params.get('to'));
  const failureText = ssoErrorMessage(t, params.get('refused'));
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

/** Why single sign-on led back here, from the address; null where it did not. */
function ssoErrorMessage(t: Translate, code: string | null): string | null {
  if (code === null) return null;
  const knownError = SINGLE_SIGN_ON_FAILURES.find((knownCode) => knownCode === code);
  return t(`sign-in.refused.${knownError ?? 'failed'}`);
}
