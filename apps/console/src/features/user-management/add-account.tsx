import { MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { useState } from 'react';
import { useCommand } from '../../data/http/use-command.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { NameField, useAccountName } from './name-field.tsx';
import { SettingsFields, useAccountForm } from './settings-fields.tsx';

interface AddAccountProps {
  /** Suggested; empty where nothing is. */
  name: string;
  extension: string;
  onDone: () => void;
  onClose: () => void;
}

/** A new account, which signs in with a password. */
export function AddAccount({ name: suggested, extension, onDone, onClose }: AddAccountProps) {
  const t = useT();
  const [password, setPassword] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const settings = useAccountForm({
    role: 'user',
    extensions: extension === '' ? [] : [extension],
    disabled: false,
  });
  const { isPending, failure, mutate } = useCommand('add-account', onDone);
  const account = useAccountName(suggested);
  const { name } = account;
  const isTooShort = password.length < MIN_PASSWORD_LENGTH;

  const onSubmit = () => {
    setSubmitted(true);
    const parsed = settings.parse();
    if (name !== null && !isTooShort && parsed !== null) mutate({ name, password, settings: parsed });
  };

  return (
    <Dialog heading={t('accounts.add-heading')} variant="sheet" onClose={onClose}>
      <form
        className="accounts-form"
        aria-busy={isPending || undefined}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <NameField account={account} note={t('accounts.name-note')} submitted={submitted} />
        <PasswordField
          label={t('accounts.password')}
          autoComplete="new-password"
          invalid={submitted && isTooShort}
          note={t('accounts.password-note', { least: MIN_PASSWORD_LENGTH })}
          value={password}
          onValueChange={setPassword}
        />
        <SettingsFields settings={settings} submitted={submitted} />
        {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" aria-disabled={isPending || undefined}>
            {t(isPending ? 'accounts.adding' : 'accounts.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
