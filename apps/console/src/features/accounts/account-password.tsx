import { MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import {
  AccountForm,
  NewPasswordField,
  SubmitBar,
  useNewPassword,
} from '../../entities/account/account-form.tsx';
import { useCommand } from '../../data/http/use-command.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';

interface AccountPasswordProps {
  account: string;
  isCurrentUser: boolean;
  onChanged: () => void;
}

/** Sets another account's password; the user's own is changed on the account page, which asks for the current one. */
export function AccountPassword({ account, isCurrentUser, onChanged }: AccountPasswordProps) {
  const t = useT();
  const id = useId();
  return (
    <section className="form accounts-section" aria-labelledby={id}>
      <h3 id={id}>{t('account.password')}</h3>
      {isCurrentUser ? (
        <p className="subtle">
          <Trans
            messageKey="accounts.own-password"
            values={{ page: <Link href="/account">{t('account.heading')}</Link> }}
          />
        </p>
      ) : (
        <Fields account={account} onChanged={onChanged} />
      )}
    </section>
  );
}

function Fields({ account, onChanged }: { account: string; onChanged: () => void }) {
  const t = useT();
  const password = useNewPassword();
  const [submitted, setSubmitted] = useState(false);
  const [done, setDone] = useState(false);
  const { isPending, failure, mutate } = useCommand('set-password', () => {
    password.setText('');
    setSubmitted(false);
    setDone(true);
    onChanged();
  });
  const setText = (text: string) => {
    password.setText(text);
    setDone(false);
  };
  return (
    <AccountForm
      className="form"
      {...{ isPending, failure }}
      onSubmit={() => {
        setSubmitted(true);
        if (password.value !== null) mutate({ account, password: password.value });
      }}
      actions={
        <SubmitBar
          isPending={isPending}
          label={t('accounts.set-password')}
          done={done ? t('accounts.password-set') : null}
        />
      }
    >
      <NewPasswordField
        label={t('account.new-password')}
        note={t('accounts.new-password-note', { min: MIN_PASSWORD_LENGTH })}
        state={{ ...password, setText }}
        submitted={submitted}
      />
    </AccountForm>
  );
}
