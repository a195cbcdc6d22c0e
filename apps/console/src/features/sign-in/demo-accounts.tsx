import type { SignInOptions } from '@lampboard/protocol';
import { Alert } from '../../ui/alert.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { ROLE_WORDS } from '../../ui/words.ts';
import { useSignIn } from './use-sign-in.ts';
import './demo-accounts.css';

/** The accounts of the demo PBX, one click each. */
export function DemoAccounts({ accounts }: { accounts: SignInOptions['demo'] }) {
  const { busy, failure, signIn } = useSignIn();
  return (
    <section className="demo-accounts" aria-label="Demo">
      <p>This is the demo PBX: no real telephones behind it, and no password needed. Look at it as</p>
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
                <span className="demo-role">· {ROLE_WORDS[role].toLowerCase()}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {failure !== null && <Alert>{failure.message}</Alert>}
    </section>
  );
}
