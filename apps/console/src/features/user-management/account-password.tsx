import { MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { useCommand } from '../../data/http/use-command.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';

/** A new password for somebody who has lost theirs; one's own is changed elsewhere, where the current one is asked for. */
export function AccountPassword({ account, isCurrentUser }: { account: string; isCurrentUser: boolean }) {
  const t = useT();
  const id = useId();
  return (
    <section className="accounts-section" aria-labelledby={id}>
      <h3 id={id}>{t('accounts.password')}</h3>
      {isCurrentUser ? (
        <p className="accounts-hint">
          <Trans
            messageKey="accounts.own-password"
            values={{ page: <Link href="/account">{t('account.heading')}</Link> }}
          />
        </p>
      ) : (
        <Fields account={account} />
      )}
    </section>
  );
}

function Fields({ account }: { account: string }) {
  const t = useT();
  const [password, setPassword] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const [done, setDone] = useState(false);
  const { isPending, failure, mutate } = useCommand('set-password', () => {
    setPassword('');
    setSubmitted(false);
    setDone(true);
  });
  const isTooShort = password.length < MIN_PASSWORD_LENGTH;
  return (
    <form
      className="accounts-form"
      aria-busy={isPending || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        setSubmitted(true);
        if (!isTooShort) mutate({ account, password });
      }}
    >
      <PasswordField
        label={t('accounts.new-password')}
        autoComplete="new-password"
        invalid={submitted && isTooShort}
        note={t('accounts.new-password-note', { least: MIN_PASSWORD_LENGTH })}
        value={password}
        onValueChange={(text) => {
          setPassword(text);
          setDone(false);
        }}
      />
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
      <div className="accounts-actions">
        <Button type="submit" aria-disabled={isPending || undefined}>
          {t('accounts.set-password')}
        </Button>
        <output className="accounts-status">
          {done && (
            <>
              <Check size={15} aria-hidden="true" /> {t('accounts.password-set')}
            </>
          )}
        </output>
      </div>
    </form>
  );
}
