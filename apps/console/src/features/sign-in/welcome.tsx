import { PASSWORD_MIN, accountName } from '@lampboard/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useQueryClient } from '../../api/use-query-client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { WhereFirstLink } from './first-link.tsx';
import { useSignIn } from './use-sign-in.ts';
import './sign-in-ways.css';

/** Makes the first administrator, by the link that the gateway's log printed, once the gateway knows the link. */
export function Welcome({ token }: { token: string }) {
  const t = useT();
  const api = useApi();
  const { data: checked, refetch } = useQuery(
    {
      queryKey: ['first-link', token],
      queryFn: () => api.checkFirstLink({ token }),
      retry: false,
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
    },
    useQueryClient(),
  );
  if (checked === undefined) return <div className="sign-in-ways-place" aria-busy="true" />;
  if (checked.ok) {
    return (
      <>
        <p className="sign-in-intro">{t('page.welcome-first')}</p>
        <WelcomeForm token={token} />
      </>
    );
  }
  return (
    <div className="sign-in-ways">
      <Alert>{failureWords(t, checked)}</Alert>
      {checked.code === 'used-link' ? (
        <WhereFirstLink />
      ) : (
        <Button onClick={() => void refetch()}>{t('ui.try-again')}</Button>
      )}
    </div>
  );
}

function WelcomeForm({ token }: { token: string }) {
  const t = useT();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, failure, signIn } = useSignIn();
  const name = accountName.safeParse(account);
  const short = password.length < PASSWORD_MIN;

  const onSubmit = () => {
    setTried(true);
    if (name.success && !short) signIn((api) => api.signInFirst({ token, account: name.data, password }));
  };

  return (
    <form
      className="sign-in-form sign-in-ways"
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
        refused={tried && !name.success}
        note={tried && !name.success ? t('account.name-refused') : null}
        value={account}
        onText={setAccount}
      />
      <PasswordField
        label={t('sign-in.password')}
        name="new-password"
        autoComplete="new-password"
        refused={tried && short}
        note={t('sign-in.new-note', { least: PASSWORD_MIN })}
        value={password}
        onText={setPassword}
      />
      {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
      <Button type="submit" look="strong" aria-disabled={busy || undefined}>
        {t(busy ? 'sign-in.creating' : 'sign-in.create')}
      </Button>
    </form>
  );
}
