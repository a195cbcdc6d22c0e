import { type Me, PASSWORD_MIN } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { useQueryClient } from '../../api/use-query-client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

/** A new password for oneself; nothing where the account has none. */
export function ChangePassword({ me }: { me: Me }) {
  const t = useT();
  const id = useId();
  return (
    <section className="account-part" aria-labelledby={id}>
      <h2 id={id}>{t('account.password')}</h2>
      {me.proof === 'password' && <Fields account={me.name} />}
      {me.proof === 'single-sign-on' && <p>{t('account.password-at-provider')}</p>}
      {me.proof === 'demo' && <p>{t('account.password-of-demo')}</p>}
    </section>
  );
}

function Fields({ account }: { account: string }) {
  const t = useT();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [changed, setChanged] = useState(false);
  const queries = useQueryClient();
  const { busy, failure, ask, forget } = useCommand('change-password', () => {
    // Every other session has ended with it.
    void queries.invalidateQueries({ queryKey: ['list-sessions'] });
    setCurrent('');
    setPassword('');
    setTried(false);
    setChanged(true);
  });
  const short = password.length < PASSWORD_MIN;
  const typed = (set: (text: string) => void) => (text: string) => {
    set(text);
    setChanged(false);
    forget();
  };

  return (
    <form
      className="account-form"
      aria-busy={busy || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (current !== '' && !short) ask({ account, current, password });
      }}
    >
      {/* For password managers, which keep the two together. */}
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <PasswordField
        label={t('account.current-password')}
        name="current-password"
        autoComplete="current-password"
        refused={tried && current === ''}
        note={tried && current === '' ? t('account.current-missing') : null}
        value={current}
        onText={typed(setCurrent)}
      />
      <PasswordField
        label={t('account.new-password')}
        name="new-password"
        autoComplete="new-password"
        refused={tried && short}
        note={t('account.new-note', { least: PASSWORD_MIN })}
        value={password}
        onText={typed(setPassword)}
      />
      {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
      <div className="account-ways">
        <Button type="submit" look="strong" aria-disabled={busy || undefined}>
          {t(busy ? 'account.changing' : 'account.change')}
        </Button>
        <output className="account-news">
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
