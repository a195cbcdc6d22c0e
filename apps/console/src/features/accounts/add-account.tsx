import { DEFAULT_INVITATION_DAYS, MIN_PASSWORD_LENGTH } from '@lampboard/protocol';
import { useState } from 'react';
import {
  AccountForm,
  AccountNameField,
  NewPasswordField,
  useAccountName,
  useNewPassword,
} from '../../entities/account/account-form.tsx';
import { type InvitedPerson, InvitationLinks } from '../../entities/account/invitation-links.tsx';
import { useCommand } from '../../data/http/use-command.ts';
import { useIsPasswordAllowed } from '../../data/http/use-sign-in-options.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogActions } from '../../ui/form/dialog-actions.tsx';
import { AccountSettingsFields, useAccountSettings } from './account-settings-fields.tsx';
import { useInvitedPeople } from './use-invited-people.ts';

interface AddAccountProps {
  name: string;
  extension: string;
  onAdded: () => void;
  onClose: () => void;
}

/** The link of the new account. */
interface NewLink {
  readonly people: readonly InvitedPerson[];
  readonly expiresAt: number;
}

/** Adds an account with a password, or with a link to set one, which it then shows. */
export function AddAccount({ name, extension, onAdded, onClose }: AddAccountProps) {
  const t = useT();
  const [link, setLink] = useState<NewLink | null>(null);
  return (
    <Dialog heading={t('accounts.add-heading')} variant="sheet" onClose={onClose}>
      {link === null ? (
        <Fields
          {...{ name, extension, onClose }}
          onAdded={(newLink) => {
            onAdded();
            if (newLink === null) onClose();
            else setLink(newLink);
          }}
        />
      ) : (
        <>
          <InvitationLinks {...link} />
          <div className="dialog-actions">
            <Button variant="primary" onClick={onClose}>
              {t('ui.close')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

interface FieldsProps extends Pick<AddAccountProps, 'name' | 'extension' | 'onClose'> {
  /** Null for an account with a password. */
  onAdded: (link: NewLink | null) => void;
}

function Fields({ name: suggested, extension, onAdded, onClose }: FieldsProps) {
  const t = useT();
  const passwordField = useNewPassword();
  const nameField = useAccountName(suggested);
  const [name, password] = [nameField.value, passwordField.value];
  const isPasswordAllowed = useIsPasswordAllowed();
  const [isInvited, setIsInvited] = useState(false);
  const [submitted, setSubmitted] = useState(false);
  const settings = useAccountSettings({
    role: 'user',
    extensions: extension === '' ? [] : [extension],
    disabled: false,
  });
  const add = useCommand('add-account', () => onAdded(null));
  const invitedPeople = useInvitedPeople();
  const addInvited = useCommand('add-invited-accounts', ({ links, expiresAt }) => {
    const { extensions = [] } = settings.parse() ?? {};
    const accounts = links.map(({ account }) => ({ name: account, extensions }));
    onAdded({ people: invitedPeople(links, accounts), expiresAt });
  });
  const { isPending, failure } = isInvited ? addInvited : add;

  const onSubmit = () => {
    setSubmitted(true);
    const parsed = settings.parse();
    if (name === null || parsed === null) return;
    if (isInvited)
      addInvited.mutate({ accounts: [{ name, settings: parsed }], days: DEFAULT_INVITATION_DAYS });
    else if (password !== null) add.mutate({ name, password, settings: parsed });
  };

  return (
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
      {!isInvited && (
        <NewPasswordField
          label={t('account.password')}
          note={t('accounts.password-note', { min: MIN_PASSWORD_LENGTH })}
          state={passwordField}
          submitted={submitted}
        />
      )}
      {isPasswordAllowed && (
        <label className="check-line">
          <input
            type="checkbox"
            checked={isInvited}
            onChange={({ currentTarget: { checked } }) => setIsInvited(checked)}
          />
          <span>
            {t('accounts.invite')}
            <small className="note">{t('accounts.invite-note', { count: DEFAULT_INVITATION_DAYS })}</small>
          </span>
        </label>
      )}
      <AccountSettingsFields settings={settings} submitted={submitted} />
    </AccountForm>
  );
}
