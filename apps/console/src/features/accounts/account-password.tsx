import { PASSWORD_MIN } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { useCommand } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

/** A new password for somebody who has lost theirs; one's own is changed elsewhere, where the current one is asked for. */
export function AccountPassword({ account, own }: { account: string; own: boolean }) {
  const t = useT();
  const id = useId();
  return (
    <section className="accounts-part" aria-labelledby={id}>
      <h3 id={id}>{t('accounts.password')}</h3>
      {own ? (
        <p className="accounts-hint">
          <Phrase
            k="accounts.own-password"
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
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const { busy, failure, ask } = useCommand('set-password', () => {
    setPassword('');
    setTried(false);
    setDone(true);
  });
  const short = password.length < PASSWORD_MIN;
  return (
    <form
      className="accounts-form"
      aria-busy={busy || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!short) ask({ account, password });
      }}
    >
      <PasswordField
        label={t('accounts.new-password')}
        autoComplete="new-password"
        refused={tried && short}
        note={t('accounts.new-password-note', { least: PASSWORD_MIN })}
        value={password}
        onText={(text) => {
          setPassword(text);
          setDone(false);
        }}
      />
      {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
      <div className="accounts-ways">
        <Button type="submit" aria-disabled={busy || undefined}>
          {t('accounts.set-password')}
        </Button>
        <output className="accounts-news">
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
