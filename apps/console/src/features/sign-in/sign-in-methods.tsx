import type { SignInOptions } from '@lampboard/protocol';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { useSignIn } from './use-sign-in.ts';
import './sign-in.css';
import { LogIn } from 'lucide-react';
import { basePath } from '../../data/http/base-path.ts';
import { useSignInOptions } from '../../data/http/use-sign-in-options.ts';
import { Button } from '../../ui/button.tsx';
import { SetupLinkHint } from './setup-link-hint.tsx';
import { PasswordForm } from './password-form.tsx';

interface SignInMethodsProps {
  /** The previous account; empty if unknown. */
  account: string;
  /** Return path after single sign-on. */
  target: string;
  /** Single sign-on must not leave the page while it has unsaved drafts. */
  openInNewTab: boolean;
}

export function SignInMethods({ account, target, openInNewTab }: SignInMethodsProps) {
  const t = useT();
  const { reply: options, refetch } = useSignInOptions();
  if (options === undefined) return <div className="sign-in-methods-placeholder" aria-busy="true" />;
  if (!options.ok) {
    return (
      <div className="sign-in-methods">
        <Alert>{failureMessage(t, options)}</Alert>
        <Button onClick={() => void refetch()}>{t('ui.try-again')}</Button>
      </div>
    );
  }
  const { password, singleSignOn, needsSetup, demo } = options.value;
  return (
    <div className="sign-in-methods">
      {needsSetup && (
        <section aria-label={t('setup-link.no-accounts')}>
          <h2 className="sign-in-section">{t('setup-link.no-accounts')}</h2>
          <SetupLinkHint />
        </section>
      )}
      {needsSetup && password && <Divider label={t('setup-link.or-sign-in')} />}
      {demo.length > 0 && <DemoAccounts accounts={demo} />}
      {demo.length > 0 && password && <Divider label={t('sign-in.or-own-account')} />}
      {singleSignOn !== null && (
        <div>
          <a
            className={`button ${password ? 'button-secondary' : 'button-primary'}`}
            href={`${basePath()}/sso?to=${encodeURIComponent(target)}`}
            target={openInNewTab ? '_blank' : undefined}
          >
            <LogIn size={16} aria-hidden="true" />
            <span>{singleSignOn}</span>
          </a>
          {openInNewTab && <p className="note sign-in-note">{t('sign-in.new-tab')}</p>}
        </div>
      )}
      {singleSignOn !== null && password && <Divider label={t('sign-in.or-password')} />}
      {password && <PasswordForm account={account} />}
    </div>
  );
}

function Divider({ label }: { label: string }) {
  return (
    <p className="note sign-in-divider">
      <span>{label}</span>
    </p>
  );
}

function DemoAccounts({ accounts }: { accounts: SignInOptions['demo'] }) {
  const t = useT();
  const { isPending, failure, signIn } = useSignIn();
  return (
    <section className="demo-accounts" aria-label={t('sign-in.demo')}>
      <p>{t('sign-in.demo-description')}</p>
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
                <strong dir="auto">{name}</strong> <span className="subtle">· {t(`role.${role}`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
    </section>
  );
}
