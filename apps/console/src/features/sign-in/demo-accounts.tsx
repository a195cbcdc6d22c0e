import type { SignInOptions } from '@lampboard/protocol';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { useSignIn } from './use-sign-in.ts';
import './demo-accounts.css';

/** The accounts of the demo PBX, one click each. */
export function DemoAccounts({ accounts }: { accounts: SignInOptions['demo'] }) {
  const t = useT();
  const { busy, failure, signIn } = useSignIn();
  return (
    <section className="demo-accounts" aria-label={t('sign-in.demo')}>
      <p>{t('sign-in.demo-what')}</p>
      <ul>
        {accounts.map(({ name, role }) => (
          <li key={name}>
            <button
              type="button"
              aria-disabled={busy || undefined}
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
      {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
    </section>
  );
}
