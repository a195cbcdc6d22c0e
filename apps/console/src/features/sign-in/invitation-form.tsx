import { type Me, MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AccountForm, NewPasswordField, useNewPassword } from '../../entities/account/account-form.tsx';
import { useApi } from '../../data/http/api-context.tsx';
import { NO_RETRY } from '../../data/http/use-command.ts';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSignIn } from './use-sign-in.ts';
import './sign-in.css';

interface InvitationFormProps {
  token: string;
  /** The account that is signed in here, if any. */
  signedInAs: string | null;
  onAccepted: (me: Me) => void;
}

/** Sets the password of the invited account, once the gateway has accepted the link. */
export function InvitationForm({ token, signedInAs, onAccepted }: InvitationFormProps) {
  const t = useT();
  const { dateTime } = useFormats();
  const api = useApi();
  const { data: checked, refetch } = useQuery(
    {
      queryKey: ['invitation', token],
      queryFn: async () => ({ reply: await api.checkInvitation({ token }), checkedAt: Date.now() }),
      staleTime: Number.POSITIVE_INFINITY,
      ...NO_RETRY,
    },
    useQueryClient(),
  );
  if (checked === undefined) return <div className="sign-in-methods-placeholder" aria-busy="true" />;
  const { reply, checkedAt } = checked;
  if (!reply.ok) {
    return (
      <div className="sign-in-methods">
        <Alert>{failureMessage(t, reply)}</Alert>
        {reply.code !== 'invalid-invitation' && (
          <Button onClick={() => void refetch()}>{t('ui.try-again')}</Button>
        )}
      </div>
    );
  }
  const { account, expiresAt } = reply.value;
  return (
    <>
      <p className="sign-in-intro">
        {t('invitation.intro', { time: dateTime(expiresAt, checkedAt) })}
        {signedInAs !== null && signedInAs !== account && (
          <> {t('invitation.signs-out', { name: signedInAs })}</>
        )}
      </p>
      <PasswordFields key={token} {...{ token, account, onAccepted }} />
    </>
  );
}

function PasswordFields({
  token,
  account,
  onAccepted,
}: Pick<InvitationFormProps, 'token' | 'onAccepted'> & { account: string }) {
  const t = useT();
  const password = useNewPassword();
  const [submitted, setSubmitted] = useState(false);
  const { isPending, failure, signIn } = useSignIn({ onSuccess: onAccepted });

  const onSubmit = () => {
    setSubmitted(true);
    const { value } = password;
    if (value !== null) signIn((api) => api.acceptInvitation({ token, password: value }));
  };

  return (
    <AccountForm
      className="sign-in-methods"
      {...{ isPending, failure, onSubmit }}
      actions={
        <Button type="submit" variant="primary" aria-disabled={isPending || undefined}>
          {t(isPending ? 'invitation.setting' : 'invitation.set')}
        </Button>
      }
    >
      {/* Password managers store it with the password. */}
      <TextField
        label={t('account.account')}
        name="username"
        autoComplete="username"
        readOnly
        value={account}
        onValueChange={() => undefined}
      />
      <NewPasswordField
        label={t('account.new-password')}
        note={t('sign-in.new-password-note', { min: MIN_PASSWORD_LENGTH })}
        state={password}
        submitted={submitted}
      />
    </AccountForm>
  );
}
