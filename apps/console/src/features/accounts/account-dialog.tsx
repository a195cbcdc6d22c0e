import { useState, useId } from 'react';
import { useCommand, useCommandQuery } from '../../data/http/use-command.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Alert } from '../../ui/alert.tsx';
import { SessionList } from '../../entities/account/session-list.tsx';
import { type Account, type Me, sameAccountName } from '@lampboard/protocol';
import { Dialog } from '../../ui/dialog.tsx';
import { AccountInvitation } from './account-invitation.tsx';
import { AccountPassword } from './account-password.tsx';
import { AccountForm, AccountNameField, useAccountName } from '../../entities/account/account-form.tsx';
import { DialogActions } from '../../ui/form/dialog-actions.tsx';
import { AccountSettingsFields, useAccountSettings } from './account-settings-fields.tsx';

interface AccountDialogProps {
  account: Account;
  me: Me;
  onChanged: () => void;
  onRemoved: () => void;
  onClose: () => void;
}

export function AccountDialog({ account, me, onChanged, onRemoved, onClose }: AccountDialogProps) {
  const t = useT();
  const [submitted, setSubmitted] = useState(false);
  const nameField = useAccountName(account.name);
  const name = nameField.value;
  const settings = useAccountSettings(account);
  const { isPending, failure, mutate } = useCommand('change-account', () => {
    onChanged();
    onClose();
  });
  const isCurrentUser = sameAccountName(account.name, me.name);

  return (
    <Dialog heading={account.name} variant="sheet" onClose={onClose}>
      <AccountForm
        className="form"
        label={t('accounts.settings')}
        {...{ isPending, failure }}
        onSubmit={() => {
          setSubmitted(true);
          const parsed = settings.parse();
          if (name !== null && parsed !== null) mutate({ account: account.name, name, settings: parsed });
        }}
        actions={
          <DialogActions
            label={t(isPending ? 'accounts.saving' : 'ui.save')}
            disabled={isPending}
            onClose={onClose}
          />
        }
      >
        {account.authMethod === 'single-sign-on' && <p className="subtle">{t('accounts.by-provider')}</p>}
        <AccountNameField
          label={t('account.account')}
          autoComplete="off"
          state={nameField}
          note={name === account.name ? null : t('accounts.new-name-note')}
          submitted={submitted}
        />
        <AccountSettingsFields settings={settings} submitted={submitted} />
      </AccountForm>
      {account.authMethod === 'password' && <PasswordSections {...{ account, isCurrentUser, onChanged }} />}
      {!isCurrentUser && <AccountSessions account={account.name} />}
      {!isCurrentUser && <RemoveAccount account={account.name} onRemoved={onRemoved} />}
    </Dialog>
  );
}

interface PasswordSectionsProps extends Pick<AccountDialogProps, 'account' | 'onChanged'> {
  isCurrentUser: boolean;
}

/** A password and a link to set one, the likelier first. */
function PasswordSections({ account, isCurrentUser, onChanged }: PasswordSectionsProps) {
  const { name, hasPassword, disabled } = account;
  const password = <AccountPassword account={name} isCurrentUser={isCurrentUser} onChanged={onChanged} />;
  if (disabled || isCurrentUser) return password;
  return (
    <>
      {hasPassword && password}
      <AccountInvitation account={account} onChanged={onChanged} />
      {!hasPassword && password}
    </>
  );
}

function AccountSessions({ account }: { account: string }) {
  const t = useT();
  const id = useId();
  const { reply, refresh } = useCommandQuery('list-sessions', { account });
  const revoke = useCommand('revoke-session', () => void refresh());
  const revokeAll = useCommand('revoke-sessions', () => void refresh());
  const sessions = reply?.ok === true ? reply.value : [];
  const failure = (reply?.ok === false ? reply : null) ?? revoke.failure ?? revokeAll.failure;
  return (
    <section className="form accounts-section" aria-labelledby={id}>
      <h3 id={id}>{t('account.sessions')}</h3>
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
      {reply?.ok === true && sessions.length === 0 && <p className="subtle">{t('accounts.no-sessions')}</p>}
      {sessions.length > 0 && (
        <SessionList
          sessions={sessions}
          busy={revoke.isPending}
          onRevoke={(session) => revoke.mutate({ account, session })}
        />
      )}
      {sessions.length > 1 && (
        <div>
          <Button
            variant="danger"
            aria-disabled={revokeAll.isPending || undefined}
            onClick={() => revokeAll.mutate({ account })}
          >
            {t('account.sign-out-everywhere')}
          </Button>
        </div>
      )}
    </section>
  );
}

function RemoveAccount({ account, onRemoved }: { account: string; onRemoved: () => void }) {
  const t = useT();
  const [confirming, setConfirming] = useState(false);
  const { isPending, failure, mutate, reset } = useCommand('remove-account', onRemoved);
  return (
    <section className="form accounts-section">
      <div>
        <Button variant="danger" onClick={() => setConfirming(true)}>
          {t('accounts.remove-account')}
        </Button>
      </div>
      {confirming && (
        <ConfirmDialog
          heading={t('accounts.remove-heading', { name: account })}
          confirmLabel={t('accounts.remove')}
          busy={isPending}
          failure={failure === null ? null : failureMessage(t, failure)}
          onConfirm={() => mutate({ account })}
          onClose={() => {
            setConfirming(false);
            reset();
          }}
        >
          {t('accounts.remove-description')}
        </ConfirmDialog>
      )}
    </section>
  );
}
