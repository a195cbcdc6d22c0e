import { MIN_PASSWORD_LENGTH, accountName } from '@lampboard/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../data/http/api-context.tsx';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { SetupLinkHint } from './setup-link-hint.tsx';
import { useSignIn } from './use-sign-in.ts';
import './sign-in-methods.css';

/** Makes the first administrator, by the link that the gateway's log printed, once the gateway knows the link. */
export function SetupForm({ token }: { token: string }) {
  const t = useT();
  const api = useApi();
  const { data: checked, refetch } = useQuery(
    {
      queryKey: ['first-link', token],
      queryFn: () => api.checkSetupLink({ token }),
      retry: false,
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
    },
    useQueryClient(),
  );
  if (checked === undefined) return <div className="sign-in-methods-placeholder" aria-busy="true" />;
  if (checked.ok) {
    return (
      <>
        <p className="sign-in-intro">{t('page.welcome-first')}</p>
        <SetupFields token={token} />
      </>
    );
  }
  return (
    <div className="sign-in-methods">
      <Alert>{failureMessage(t, checked)}</Alert>
      {checked.code === 'link-expired' ? (
        <SetupLinkHint />
      ) : (
        <Button onClick={() => void refetch()}>{t('ui.try-again')}</Button>
      )}
    </div>
  );
}

function SetupFields({ token }: { token: string }) {
  const t = useT();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const { isPending, failure, signIn } = useSignIn();
  const name = accountName.safeParse(account);
  const isTooShort = password.length < MIN_PASSWORD_LENGTH;

  const onSubmit = () => {
    setSubmitted(true);
    if (name.success && !isTooShort) signIn((api) => api.setupAdmin({ token, account: name.data, password }));
  };

  return (
    <form
      className="sign-in-form sign-in-methods"
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
        invalid={submitted && !name.success}
        note={submitted && !name.success ? t('account.name-refused') : null}
        value={account}
        onValueChange={setAccount}
      />
      <PasswordField
        label={t('sign-in.password')}
        name="new-password"
        autoComplete="new-password"
        invalid={submitted && isTooShort}
        note={t('sign-in.new-note', { least: MIN_PASSWORD_LENGTH })}
        value={password}
        onValueChange={setPassword}
      />
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
      <Button type="submit" variant="primary" aria-disabled={isPending || undefined}>
        {t(isPending ? 'sign-in.creating' : 'sign-in.create')}
      </Button>
    </form>
  );
}
