import { LogIn } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { useQueryClient } from '../../api/use-query-client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { WhereFirstLink } from './first-link.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { PasswordForm } from './password-form.tsx';
import './sign-in-ways.css';

interface SignInWaysProps {
  /** Who was signed in before; the empty string for nobody. */
  account: string;
  /** Where single sign-on leads back to. */
  target: string;
  /** Something typed waits in this page, which must not be left for single sign-on. */
  staying: boolean;
}

/** Every way of signing in that the site offers. */
export function SignInWays({ account, target, staying }: SignInWaysProps) {
  const t = useT();
  const api = useApi();
  const { data: options, refetch } = useQuery(
    {
      queryKey: ['sign-in-options'],
      queryFn: api.signInOptions,
      retry: false,
      networkMode: 'always',
      refetchInterval: ({ state }) => (state.data?.ok === false ? 3000 : false),
    },
    useQueryClient(),
  );
  if (options === undefined) return <div className="sign-in-ways-place" aria-busy="true" />;
  if (!options.ok) {
    return (
      <div className="sign-in-ways">
        <Alert>{failureWords(t, options)}</Alert>
        <Button onClick={() => void refetch()}>{t('ui.try-again')}</Button>
      </div>
    );
  }
  const { password, singleSignOn, firstAdmin, demo } = options.value;
  return (
    <div className="sign-in-ways">
      {firstAdmin && (
        <section aria-label={t('first-link.none-yet')}>
          <h2 className="sign-in-part">{t('first-link.none-yet')}</h2>
          <WhereFirstLink />
        </section>
      )}
      {firstAdmin && password && <Divider words={t('first-link.or-sign-in')} />}
      {demo.length > 0 && <DemoAccounts accounts={demo} />}
      {demo.length > 0 && password && <Divider words={t('sign-in.or-own')} />}
      {singleSignOn !== null && (
        <div>
          <a
            className={`button ${password ? 'button-plain' : 'button-strong'}`}
            href={`/sso?to=${encodeURIComponent(target)}`}
            target={staying ? '_blank' : undefined}
          >
            <LogIn size={16} aria-hidden="true" />
            <span>{singleSignOn}</span>
          </a>
          {staying && <p className="sign-in-note">{t('sign-in.new-tab')}</p>}
        </div>
      )}
      {singleSignOn !== null && password && <Divider words={t('sign-in.or-password')} />}
      {password && <PasswordForm account={account} />}
    </div>
  );
}

function Divider({ words }: { words: string }) {
  return (
    <p className="sign-in-divider">
      <span>{words}</span>
    </p>
  );
}
