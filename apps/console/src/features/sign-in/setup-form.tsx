import { NO_RETRY } from '../../data/http/use-command.ts';
import { MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  AccountForm,
  AccountNameField,
  NewPasswordField,
  useAccountName,
  useNewPassword,
} from '../../entities/account/account-form.tsx';
import { useApi } from '../../data/http/api-context.tsx';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { SetupLinkHint } from './setup-link-hint.tsx';
import { useSignIn } from './use-sign-in.ts';
import './sign-in.css';

/** Creates the first administrator, once the gateway has accepted the setup link. */
export function SetupForm({ token }: { token: string }) {
  const t = useT();
  const api = useApi();
  const { data: checked, refetch } = useQuery(
    {
      queryKey: ['first-link', token],
      queryFn: () => api.checkSetupLink({ token }),
      staleTime: Number.POSITIVE_INFINITY,
      ...NO_RETRY,
    },
    useQueryClient(),
  );
  if (checked === undefined) return <div className="sign-in-methods-placeholder" aria-busy="true" />;
  if (checked.ok) {
    return (
      <>
        <p className="sign-in-intro">{t('page.setup-first')}</p>
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
  const nameField = useAccountName('');
  const passwordField = useNewPassword();
  const [name, password] = [nameField.value, passwordField.value];
  const [submitted, setSubmitted] = useState(false);
  const { isPending, failure, signIn } = useSignIn();

  const onSubmit = () => {
    setSubmitted(true);
    if (name !== null && password !== null)
      signIn((api) => api.setupAdmin({ token, account: name, password }));
  };

  return (
    <AccountForm
      className="sign-in-methods"
      {...{ isPending, failure, onSubmit }}
      actions={
        <Button type="submit" variant="primary" aria-disabled={isPending || undefined}>
          {t(isPending ? 'sign-in.creating' : 'sign-in.create')}
        </Button>
      }
    >
      <AccountNameField
        label={t('account.account')}
        name="username"
        autoComplete="username"
        state={nameField}
        submitted={submitted}
      />
      <NewPasswordField
        label={t('account.password')}
        note={t('sign-in.new-password-note', { min: MIN_PASSWORD_LENGTH })}
        state={passwordField}
        submitted={submitted}
      />
    </AccountForm>
  );
}
