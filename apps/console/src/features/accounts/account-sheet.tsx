import { type Account, type Me, sameAccountName } from '@lampboard/protocol';
import { useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AccountPassword } from './account-password.tsx';
import { AccountSessions } from './account-sessions.tsx';
import { NameField, useAccountName } from './name-field.tsx';
import { RemoveAccount } from './remove-account.tsx';
import { SettingsFields, useSettings } from './settings-fields.tsx';

interface AccountSheetProps {
  account: Account;
  me: Me;
  /** The account is not any more what it was. */
  onChanged: () => void;
  onRemoved: () => void;
  onClose: () => void;
}

/** Everything that an administrator decides about one account. */
export function AccountSheet({ account, me, onChanged, onRemoved, onClose }: AccountSheetProps) {
  const t = useT();
  const [tried, setTried] = useState(false);
  const newName = useAccountName(account.name);
  const { name } = newName;
  const settings = useSettings(account);
  const { busy, failure, ask } = useCommand('change-account', () => {
    onChanged();
    onClose();
  });
  const own = sameAccountName(account.name, me.name);

  return (
    <Dialog heading={account.name} look="sheet" onClose={onClose}>
      <form
        className="accounts-form"
        aria-label={t('accounts.settings')}
        aria-busy={busy || undefined}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const read = settings.read();
          if (name !== null && read !== null) ask({ account: account.name, name, settings: read });
        }}
      >
        {account.proof === 'single-sign-on' && <p className="accounts-hint">{t('accounts.by-provider')}</p>}
        <NameField
          account={newName}
          note={name === account.name ? null : t('accounts.new-name-note')}
          tried={tried}
        />
        <SettingsFields settings={settings} tried={tried} />
        {failure !== null && <Alert>{failureWords(t, failure)}</Alert>}
        <div className="dialog-ways">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" look="strong" aria-disabled={busy || undefined}>
            {t(busy ? 'accounts.saving' : 'accounts.save')}
          </Button>
        </div>
      </form>
      {account.proof === 'password' && <AccountPassword account={account.name} own={own} />}
      {!own && <AccountSessions account={account.name} />}
      {!own && <RemoveAccount account={account.name} onRemoved={onRemoved} />}
    </Dialog>
  );
}
