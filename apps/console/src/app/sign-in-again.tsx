import { useUnsaved } from '../features/person/drafts-context.tsx';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { SignInWays } from '../features/sign-in/sign-in-ways.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { Brand } from './brand.tsx';
import { useTitle } from './use-title.ts';

interface SignInAgainProps {
  /** Who was signed in. */
  account: string;
  target: string;
}

/** The session has ended under an open page: in its place, until somebody is signed in again. */
export function SignInAgain({ account, target }: SignInAgainProps) {
  const t = useT();
  const unsaved = useUnsaved();
  useTitle(t('page.signed-out'));
  return (
    <SignInCard
      brand={<Brand />}
      heading={t('page.sign-in-again')}
      intro={<output className="sign-in-intro">{t('page.signed-out-kept')}</output>}
    >
      <SignInWays account={account} target={target} staying={unsaved.length > 0} />
    </SignInCard>
  );
}
