import type { SignInOptions } from '@lampboard/protocol';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { useSignIn } from './use-sign-in.ts';
import './sign-in-methods.css';
import { LogIn } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../data/http/api-context.tsx';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { Button } from '../../ui/button.tsx';
import { SetupLinkHint } from './setup-link-hint.tsx';
import { PasswordForm } from './password-form.tsx';

interface SignInMethodsProps {
  /** Who was signed in before; the empty string for nobody. */
  account: string;
  /** Where single sign-on leads back to. */
  target: string;
  /** Something typed waits in this page, which must not be left for single sign-on. */
  openInNewTab: boolean;
}

/** Every way of signing in that the site offers. */
export function SignInMethods({ account, target, openInNewTab }: SignInMethodsProps) {
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
  if (options === undefined) return <div className="sign-in-methods-placeholder" aria-busy="true" />;
  if (!options.ok) {
    return (
      <div className="sign-in-methods">
        <Alert>{failureMessage(t, options)}</Alert>
        <Button onClick={() => void refetch()}>{t('ui.try-again')}</Button>
      </div>
    );
  }
  const { password, singleSignOn, needsSetup: firstAdmin, demo } = options.value;
  return (
    <div className="sign-in-methods">
      {firstAdmin && (
        <section aria-label={t('first-link.none-yet')}>
          <h2 className="sign-in-section">{t('first-link.none-yet')}</h2>
          <SetupLinkHint />
        </section>
      )}
      {firstAdmin && password && <Divider label={t('first-link.or-sign-in')} />}
      {demo.length > 0 && <DemoAccounts accounts={demo} />}
      {demo.length > 0 && password && <Divider label={t('sign-in.or-own')} />}
      {singleSignOn !== null && (
        <div>
          <a
            className={`button ${password ? 'button-secondary' : 'button-primary'}`}
            href={`/sso?to=${encodeURIComponent(target)}`}
            target={openInNewTab ? '_blank' : undefined}
          >
            <LogIn size={16} aria-hidden="true" />
            <span>{singleSignOn}</span>
          </a>
          {openInNewTab && <p className="sign-in-note">{t('sign-in.new-tab')}</p>}
        </div>
      )}
      {singleSignOn !== null && password && <Divider label={t('sign-in.or-password')} />}
      {password && <PasswordForm account={account} />}
    </div>
  );
}

function Divider({ label }: { label: string }) {
  return (
    <p className="sign-in-divider">
      <span>{label}</span>
    </p>
  );
}

/** The accounts of the demo PBX, one click each. */
function DemoAccounts({ accounts }: { accounts: SignInOptions['demo'] }) {
  const t = useT();
  const { isPending, failure, signIn } = useSignIn();
  return (
    <section className="demo-accounts" aria-label={t('sign-in.demo')}>
      <p>{t('sign-in.demo-what')}</p>
      <ul>
        {accounts.map(({ name, role }) => (
          <li key={name}>
            <button
              type="button"
              aria-disabled={isPending || undefined}
              onClick={() => signIn((api) => api.signInDemo({ account: name }))}
            >
              <Avatar name={name} />
              <span>
                <strong dir="auto">{name}</strong>{' '}
                <span className="demo-role">· {t(`sign-in.demo-role.${role}`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
    </section>
  );
}
