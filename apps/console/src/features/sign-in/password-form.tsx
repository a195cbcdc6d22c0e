import { useEffect, useRef, useState } from 'react';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { dayTime } from '../../ui/day-time.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useCountdown } from './use-countdown.ts';
import { useSignIn } from './use-sign-in.ts';

/** On a phone the keyboard would cover half of the page before anybody has read it. */
const hasKeyboard = () => window.matchMedia('(pointer: fine)').matches;

/** Account and password. */
export function PasswordForm({ account: prefilled }: { account: string }) {
  const [account, setAccount] = useState(prefilled);
  const [password, setPassword] = useState('');
  const accountField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const { busy, failure, waitUntil, signIn } = useSignIn(() => passwordField.current?.select());
  const seconds = useCountdown(waitUntil);
  const waiting = seconds > 0;
  const throttled = failure?.code === 'too-many';

  useEffect(() => {
    if (!hasKeyboard()) return;
    (prefilled === '' ? accountField : passwordField).current?.focus();
  }, [prefilled]);

  const onSubmit = () => {
    if (waiting) return;
    if (account.trim() === '') accountField.current?.focus();
    else if (password === '') passwordField.current?.focus();
    else signIn((api) => api.signIn({ account: account.trim(), password }));
  };

  return (
    <form
      className="sign-in-form"
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
        enterKeyHint="next"
        field={accountField}
        value={account}
        onText={setAccount}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        field={passwordField}
        value={password}
        onText={setPassword}
      />
      {failure !== null && (!throttled || waiting) && (
        <Alert>
          {throttled
            ? `Too many attempts. You can try again at ${dayTime(waitUntil, waitUntil)}; what you typed is kept.`
            : failure.message}
        </Alert>
      )}
      <Button type="submit" look="strong" aria-disabled={busy || waiting || undefined}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
      <output className="sign-in-wait">
        {throttled && !waiting && 'You can try again now.'}
        {waiting && <span aria-hidden="true">Try again in {seconds} s</span>}
      </output>
    </form>
  );
}
