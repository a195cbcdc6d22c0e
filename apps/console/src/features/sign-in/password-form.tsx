import { useEffect, useState, useRef } from 'react';
import { AccountForm } from '../../entities/account/account-form.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSignIn } from './use-sign-in.ts';

/** On a phone, the keyboard would cover half of the page. */
const hasKeyboard = () => window.matchMedia('(pointer: fine)').matches;

export function PasswordForm({ account: prefilled }: { account: string }) {
  const t = useT();
  const { dateTime } = useFormats();
  const [account, setAccount] = useState(prefilled);
  const [password, setPassword] = useState('');
  const accountField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const { isPending, failure, waitUntil, signIn } = useSignIn({
    onFailure: () => passwordField.current?.select(),
  });
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
    <AccountForm
      className="sign-in-methods"
      isPending={isPending}
      failure={isThrottled ? null : failure}
      onSubmit={onSubmit}
      actions={
        <>
          <Button type="submit" variant="primary" aria-disabled={isPending || isWaiting || undefined}>
            {t(isPending ? 'sign-in.signing-in' : 'page.sign-in')}
          </Button>
          <output className="note sign-in-note">
            {isThrottled && !isWaiting && t('sign-in.retry-now')}
            {isWaiting && <span aria-hidden="true">{t('sign-in.retry-in', { seconds })}</span>}
          </output>
        </>
      }
    >
      <TextField
        label={t('account.account')}
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
        label={t('account.password')}
        name="password"
        autoComplete="current-password"
        field={passwordField}
        value={password}
        onValueChange={setPassword}
      />
      {isThrottled && isWaiting && (
        <Alert>{t('sign-in.too-many', { time: dateTime(waitUntil, waitUntil) })}</Alert>
      )}
    </AccountForm>
  );
}

const secondsUntil = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

/** Returns the whole seconds until a local time in milliseconds since 1970; 0 once it has passed. */
function useCountdown(until: number): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(until));
  const [lastUntil, setLastUntil] = useState(until);
  if (lastUntil !== until) {
    setLastUntil(until);
    setSeconds(secondsUntil(until));
  }

  useEffect(() => {
    if (until <= Date.now()) return undefined;
    const timer = setInterval(() => {
      const remaining = secondsUntil(until);
      setSeconds(remaining);
      if (remaining === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);

  return seconds;
}
