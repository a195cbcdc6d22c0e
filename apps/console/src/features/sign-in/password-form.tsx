import { useEffect, useRef, useState } from 'react';
import { failureWords } from '../../i18n/failure-words.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useCountdown } from './use-countdown.ts';
import { useSignIn } from './use-sign-in.ts';

/** On a phone the keyboard would cover half of the page before anybody has read it. */
const hasKeyboard = () => window.matchMedia('(pointer: fine)').matches;

/** Account and password. */
export function PasswordForm({ account: prefilled }: { account: string }) {
  const t = useT();
  const { dayTime } = useFormats();
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
        label={t('sign-in.account')}
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
        label={t('sign-in.password')}
        name="password"
        autoComplete="current-password"
        field={passwordField}
        value={password}
        onText={setPassword}
      />
      {failure !== null && (!throttled || waiting) && (
        <Alert>
          {throttled
            ? t('sign-in.too-many', { time: dayTime(waitUntil, waitUntil) })
            : failureWords(t, failure)}
        </Alert>
      )}
      <Button type="submit" look="strong" aria-disabled={busy || waiting || undefined}>
        {t(busy ? 'sign-in.signing-in' : 'sign-in.sign-in')}
      </Button>
      <output className="sign-in-wait">
        {throttled && !waiting && t('sign-in.waited')}
        {waiting && <span aria-hidden="true">{t('sign-in.wait', { seconds })}</span>}
      </output>
    </form>
  );
}
