import { PASSWORD_MIN } from '@lampboard/protocol';
import { useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { NameField, useAccountName } from './name-field.tsx';
import { SettingsFields, useSettings } from './settings-fields.tsx';

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
  const [tried, setTried] = useState(false);
  const settings = useSettings({
    role: 'user',
    extensions: extension === '' ? [] : [extension],
    disabled: false,
  });
  const { busy, failure, ask } = useCommand('add-account', onDone);
  const account = useAccountName(suggested);
  const { name } = account;
  const short = password.length < PASSWORD_MIN;

  const onSubmit = () => {
    setTried(true);
    const read = settings.read();
    if (name !== null && !short && read !== null) ask({ name, password, settings: read });
  };

  return (
    <Dialog heading={t('accounts.add-heading')} look="sheet" onClose={onClose}>
      <form
        className="accounts-form"
        aria-busy={busy || undefined}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <NameField account={account} note={t('accounts.name-note')} tried={tried} />
        <PasswordField
          label={t('accounts.password')}
          autoComplete="new-password"
          refused={tried && short}
          note={t('accounts.password-note', { least: PASSWORD_MIN })}
          value={password}
          onText={setPassword}
        />
        <SettingsFields settings={settings} tried={tried} />
        {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
        <div className="dialog-ways">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="strong" aria-disabled={busy || undefined}>
            {t(busy ? 'accounts.adding' : 'accounts.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
