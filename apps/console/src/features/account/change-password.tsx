import { type Me, MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { useId, useState } from 'react';
import {
  AccountForm,
  NewPasswordField,
  SubmitBar,
  useNewPassword,
} from '../../entities/account/account-form.tsx';
import { useCommand } from '../../data/http/use-command.ts';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';

export function ChangePassword({ me }: { me: Me }) {
  const t = useT();
  const id = useId();
  return (
    <section className="page-section" aria-labelledby={id}>
      <h2 id={id}>{t('account.password')}</h2>
      {me.authMethod === 'password' && <Fields account={me.name} />}
      {me.authMethod === 'single-sign-on' && <p>{t('account.password-at-provider')}</p>}
      {me.authMethod === 'demo' && <p>{t('account.password-of-demo')}</p>}
    </section>
  );
}

function Fields({ account }: { account: string }) {
  const t = useT();
  const [current, setCurrent] = useState('');
  const password = useNewPassword();
  const [submitted, setSubmitted] = useState(false);
  const [changed, setChanged] = useState(false);
  const queries = useQueryClient();
  const { isPending, failure, mutate, reset } = useCommand('change-password', () => {
    // Changing the password ended every other session.
    void queries.invalidateQueries({ queryKey: ['list-sessions'] });
    setCurrent('');
    password.setText('');
    setSubmitted(false);
    setChanged(true);
  });
  const onTyped = (set: (text: string) => void) => (text: string) => {
    set(text);
    setChanged(false);
    reset();
  };
  const currentMissing = submitted && current === '';

  return (
    <AccountForm
      className="form"
      {...{ isPending, failure }}
      onSubmit={() => {
        setSubmitted(true);
        if (current !== '' && password.value !== null) mutate({ account, current, password: password.value });
      }}
      actions={
        <SubmitBar
          variant="primary"
          isPending={isPending}
          label={t(isPending ? 'account.changing-password' : 'account.change-password')}
          done={changed ? t('account.password-changed') : null}
        />
      }
    >
      {/* For password managers. */}
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <PasswordField
        label={t('account.current-password')}
        name="current-password"
        autoComplete="current-password"
        invalid={currentMissing}
        note={currentMissing ? t('account.current-password-missing') : null}
        value={current}
        onValueChange={onTyped(setCurrent)}
      />
      <NewPasswordField
        label={t('account.new-password')}
        note={t('account.new-password-note', { min: MIN_PASSWORD_LENGTH })}
        state={{ ...password, setText: onTyped(password.setText) }}
        submitted={submitted}
      />
    </AccountForm>
  );
}
