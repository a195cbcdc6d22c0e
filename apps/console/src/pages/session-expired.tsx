import { useUnsavedExtensions } from '../entities/presence-draft/drafts-context.tsx';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { SignInMethods } from '../features/sign-in/sign-in-methods.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { Logo } from '../shell/logo.tsx';
import { useDocumentTitle } from '../shell/use-document-title.ts';

interface SessionExpiredProps {
  /** Who was signed in. */
  account: string;
  target: string;
}

/** The session has ended under an open page: in its place, until somebody is signed in again. */
export function SessionExpired({ account, target }: SessionExpiredProps) {
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
