import { useEffect, useState, useRef } from 'react';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSignIn } from './use-sign-in.ts';

/** On a phone the keyboard would cover half of the page before anybody has read it. */
const hasKeyboard = () => window.matchMedia('(pointer: fine)').matches;

/** Account and password. */
export function PasswordForm({ account: prefilled }: { account: string }) {
  const t = useT();
  const { dateTime } = useFormats();
  const [account, setAccount] = useState(prefilled);
  const [password, setPassword] = useState('');
  const accountField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const { isPending, failure, waitUntil, signIn } = useSignIn(() => passwordField.current?.select());
  const seconds = useCountdown(waitUntil);
  const isWaiting = seconds > 0;
  const isThrottled = failure?.code === 'too-many';

  useEffect(() => {
    if (!hasKeyboard()) return;
    (prefilled === '' ? accountField : passwordField).current?.focus();
  }, [prefilled]);

  const onSubmit = () => {
    if (isWaiting) return;
    if (account.trim() === '') accountField.current?.focus();
    else if (password === '') passwordField.current?.focus();
    else signIn((api) => api.signIn({ account: account.trim(), password }));
  };

  return (
    <form
      className="sign-in-form"
      aria-busy={isPending || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <TextField
        label={t('sign-in.account')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="next"
        field={accountField}
        value={account}
        onValueChange={setAccount}
      />
      <PasswordField
        label={t('sign-in.password')}
        name="password"
        autoComplete="current-password"
        field={passwordField}
        value={password}
        onValueChange={setPassword}
      />
      {failure !== null && (!isThrottled || isWaiting) && (
        <Alert>
          {isThrottled
            ? t('sign-in.too-many', { time: dateTime(waitUntil, waitUntil) })
            : failureMessage(t, failure)}
        </Alert>
      )}
      <Button type="submit" variant="primary" aria-disabled={isPending || isWaiting || undefined}>
        {t(isPending ? 'sign-in.signing-in' : 'sign-in.sign-in')}
      </Button>
      <output className="sign-in-wait">
        {isThrottled && !isWaiting && t('sign-in.waited')}
        {isWaiting && <span aria-hidden="true">{t('sign-in.wait', { seconds })}</span>}
      </output>
    </form>
  );
}

/** Whole seconds left until a moment (milliseconds since 1970, by this browser's clock); 0 when it has passed. */
function useCountdown(until: number): number {
  const remaining = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(remaining);
  const [lastUntil, setLastUntil] = useState(until);
  if (lastUntil !== until) {
    setLastUntil(until);
    setSeconds(remaining());
  }

  useEffect(() => {
    if (until <= Date.now()) return undefined;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setSeconds(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);

  return seconds;
}
