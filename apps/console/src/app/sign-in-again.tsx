import { useUnsaved } from '../features/person/drafts-context.tsx';
import { SignInCard } from '../features/sign-in/sign-in-card.tsx';
import { SignInWays } from '../features/sign-in/sign-in-ways.tsx';
import { Brand } from './brand.tsx';
import { useTitle } from './use-title.ts';

interface SignInAgainProps {
  /** Who was signed in. */
  account: string;
  target: string;
}

/** The session has ended under an open page: in its place, until somebody is signed in again. */
export function SignInAgain({ account, target }: SignInAgainProps) {
  const unsaved = useUnsaved();
  useTitle('Signed out');
  return (
    <SignInCard
      brand={<Brand />}
      heading="Sign in again"
      intro={<output className="sign-in-intro">You were signed out. What you typed is kept.</output>}
    >
      <SignInWays account={account} target={target} staying={unsaved.length > 0} />
    </SignInCard>
  );
}
