import { PASSWORD_MIN, accountName } from '@lampboard/protocol';
import { useState } from 'react';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSignIn } from './use-sign-in.ts';
import './sign-in-ways.css';

/** Makes the first administrator, by the link that the gateway's log printed. */
export function WelcomeForm({ token }: { token: string }) {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, failure, signIn } = useSignIn();
  const name = accountName.safeParse(account);
  const short = password.length < PASSWORD_MIN;

  const onSubmit = () => {
    setTried(true);
    if (name.success && !short) signIn((api) => api.signInFirst({ token, account: name.data, password }));
  };

  return (
    <form
      className="sign-in-form sign-in-ways"
      aria-busy={busy || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <TextField
        label="Account"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        refused={tried && !name.success}
        note={tried && !name.success ? 'A name of 1 to 64 characters.' : null}
        value={account}
        onText={setAccount}
      />
      <PasswordField
        label="Password"
        name="new-password"
        autoComplete="new-password"
        refused={tried && short}
        note={`At least ${PASSWORD_MIN} characters. A few words make a good one.`}
        value={password}
        onText={setPassword}
      />
      {failure !== null && <Alert>{failure.message}</Alert>}
      <Button type="submit" look="strong" aria-disabled={busy || undefined}>
        {busy ? 'One moment…' : 'Create the administrator'}
      </Button>
    </form>
  );
}
