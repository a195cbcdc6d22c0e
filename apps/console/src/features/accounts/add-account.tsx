import { MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { useState } from 'react';
import {
  AccountForm,
  AccountNameField,
  NewPasswordField,
  useAccountName,
  useNewPassword,
} from '../../entities/account/account-form.tsx';
import { useCommand } from '../../data/http/use-command.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogActions } from '../../ui/form/dialog-actions.tsx';
import { AccountSettingsFields, useAccountSettings } from './account-settings-fields.tsx';

interface AddAccountProps {
  name: string;
  extension: string;
  onDone: () => void;
  onClose: () => void;
}

export function AddAccount({ name: suggested, extension, onDone, onClose }: AddAccountProps) {
  const t = useT();
  const passwordField = useNewPassword();
  const nameField = useAccountName(suggested);
  const [name, password] = [nameField.value, passwordField.value];
  const [submitted, setSubmitted] = useState(false);
  const settings = useAccountSettings({
    role: 'user',
    extensions: extension === '' ? [] : [extension],
    disabled: false,
  });
  const { isPending, failure, mutate } = useCommand('add-account', onDone);

  const onSubmit = () => {
    setSubmitted(true);
    const parsed = settings.parse();
    if (name !== null && password !== null && parsed !== null) mutate({ name, password, settings: parsed });
  };

  return (
    <Dialog heading={t('accounts.add-heading')} variant="sheet" onClose={onClose}>
      <AccountForm
        className="form"
        {...{ isPending, failure, onSubmit }}
        actions={
          <DialogActions
            label={t(isPending ? 'accounts.adding' : 'accounts.add')}
            disabled={isPending}
            onClose={onClose}
          />
        }
      >
        <AccountNameField
          label={t('account.account')}
          autoComplete="off"
          note={t('accounts.name-note')}
          state={nameField}
          submitted={submitted}
        />
        <NewPasswordField
          label={t('account.password')}
          note={t('accounts.password-note', { min: MIN_PASSWORD_LENGTH })}
          state={passwordField}
          submitted={submitted}
        />
        <AccountSettingsFields settings={settings} submitted={submitted} />
      </AccountForm>
    </Dialog>
  );
}
