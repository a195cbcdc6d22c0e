import { type Me, PASSWORD_MIN } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

/** A new password for oneself; nothing where the account has none. */
export function ChangePassword({ me }: { me: Me }) {
  const id = useId();
  return (
    <section className="account-part" aria-labelledby={id}>
      <h2 id={id}>Password</h2>
      {me.proof === 'password' && <Fields account={me.name} />}
      {me.proof === 'single-sign-on' && <p>You sign in by single sign-on. Your password is changed there.</p>}
      {me.proof === 'demo' && <p>This is an account of the demo PBX: it has no password.</p>}
    </section>
  );
}

function Fields({ account }: { account: string }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [changed, setChanged] = useState(false);
  const { busy, failure, ask, forget } = useCommand('change-password', () => {
    setCurrent('');
    setPassword('');
    setTried(false);
    setChanged(true);
  });
  const short = password.length < PASSWORD_MIN;
  const typed = (set: (text: string) => void) => (text: string) => {
    set(text);
    setChanged(false);
    forget();
  };

  return (
    <form
      className="account-form"
      aria-busy={busy || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (current !== '' && !short) ask({ account, current, password });
      }}
    >
      {/* For password managers, which keep the two together. */}
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <PasswordField
        label="Current password"
        name="current-password"
        autoComplete="current-password"
        refused={tried && current === ''}
        note={tried && current === '' ? 'Type the password that you have now.' : null}
        value={current}
        onText={typed(setCurrent)}
      />
      <PasswordField
        label="New password"
        name="new-password"
        autoComplete="new-password"
        refused={tried && short}
        note={`At least ${PASSWORD_MIN} characters. Your other sessions end with the old one.`}
        value={password}
        onText={typed(setPassword)}
      />
      {failure !== null && <Alert>{failure.message}</Alert>}
      <div className="account-ways">
        <Button type="submit" look="strong" aria-disabled={busy || undefined}>
          {busy ? 'Changing…' : 'Change the password'}
        </Button>
        <output className="account-news">
          {changed && (
            <>
              <Check size={15} aria-hidden="true" /> Changed
            </>
          )}
        </output>
      </div>
    </form>
  );
}
