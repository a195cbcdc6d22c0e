import { type Me, MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { useCommand } from '../../data/http/use-command.ts';
import { useQueryClient } from '../../data/http/use-query-client.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';

/** A new password for oneself; nothing where the account has none. */
export function ChangePassword({ me }: { me: Me }) {
  const t = useT();
  const id = useId();
  return (
    <section className="account-section" aria-labelledby={id}>
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
  const [password, setPassword] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const [changed, setChanged] = useState(false);
  const queries = useQueryClient();
  const { isPending, failure, mutate, reset } = useCommand('change-password', () => {
    // Every other session has ended with it.
    void queries.invalidateQueries({ queryKey: ['list-sessions'] });
    setCurrent('');
    setPassword('');
    setSubmitted(false);
    setChanged(true);
  });
  const isTooShort = password.length < MIN_PASSWORD_LENGTH;
  const onTyped = (set: (text: string) => void) => (text: string) => {
    set(text);
    setChanged(false);
    reset();
  };

  return (
    <form
      className="account-form"
      aria-busy={isPending || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        setSubmitted(true);
        if (current !== '' && !isTooShort) mutate({ account, current, password });
      }}
    >
      {/* For password managers, which keep the two together. */}
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <PasswordField
        label={t('account.current-password')}
        name="current-password"
        autoComplete="current-password"
        invalid={submitted && current === ''}
        note={submitted && current === '' ? t('account.current-missing') : null}
        value={current}
        onValueChange={onTyped(setCurrent)}
      />
      <PasswordField
        label={t('account.new-password')}
        name="new-password"
        autoComplete="new-password"
        invalid={submitted && isTooShort}
        note={t('account.new-note', { least: MIN_PASSWORD_LENGTH })}
        value={password}
        onValueChange={onTyped(setPassword)}
      />
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
      <div className="account-actions">
        <Button type="submit" variant="primary" aria-disabled={isPending || undefined}>
          {t(isPending ? 'account.changing' : 'account.change')}
        </Button>
        <output className="account-status">
          {changed && (
            <>
              <Check size={15} aria-hidden="true" /> {t('account.changed')}
            </>
          )}
        </output>
      </div>
    </form>
  );
}
