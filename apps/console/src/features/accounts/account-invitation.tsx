import { type Account, DEFAULT_INVITATION_DAYS } from '@lampboard/protocol';
import { useId, useState } from 'react';
import { useCommand } from '../../data/http/use-command.ts';
import { useIsPasswordAllowed } from '../../data/http/use-sign-in-options.ts';
import { DaysField, type InvitationDays } from '../../entities/account/days-field.tsx';
import { InvitationLinks } from '../../entities/account/invitation-links.tsx';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useInvitedPeople } from './use-invited-people.ts';

interface InviteProps {
  accounts: readonly Account[];
  onChanged: () => void;
}

/** Creates a new link for each account, and shows it once. */
export function InviteAccounts({ accounts, onChanged }: InviteProps) {
  const t = useT();
  const invitedPeople = useInvitedPeople();
  const [days, setDays] = useState<InvitationDays>(DEFAULT_INVITATION_DAYS);
  const [expiresAt, setExpiresAt] = useState(0);
  const [people, setPeople] = useState<ReturnType<typeof invitedPeople>>([]);
  const { isPending, failure, mutate } = useCommand('invite-accounts', (value) => {
    setPeople(invitedPeople(value.links, accounts));
    setExpiresAt(value.expiresAt);
    onChanged();
  });
  return (
    <>
      {people.length > 0 ? (
        <InvitationLinks people={people} expiresAt={expiresAt} />
      ) : (
        <>
          <DaysField value={days} onValueChange={setDays} />
          {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
          <div>
            <Button
              aria-disabled={isPending || undefined}
              onClick={() => mutate({ accounts: accounts.map(({ name }) => name), days })}
            >
              {t('accounts.create-links', { count: accounts.length })}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** The invitation of one account: whether it has one, a new one, and its end. */
export function AccountInvitation({ account, onChanged }: { account: Account; onChanged: () => void }) {
  const t = useT();
  const id = useId();
  const { dateTime } = useFormats();
  const [now] = useState(Date.now);
  const isPasswordAllowed = useIsPasswordAllowed();
  const [revokedCount, setRevokedCount] = useState(0);
  const revoke = useCommand('revoke-invitation', () => {
    setRevokedCount(revokedCount + 1);
    onChanged();
  });
  const { name, hasPassword, invitedUntil } = account;
  const isInvited = invitedUntil !== null && invitedUntil > now;
  if (!isPasswordAllowed) return null;
  return (
    <section className="form accounts-section" aria-labelledby={id}>
      <h3 id={id}>{t('accounts.invitation')}</h3>
      <p className="subtle">
        {t(hasPassword ? 'accounts.invitation-note' : 'accounts.invitation-note-first')}
      </p>
      {isInvited && (
        <div className="button-row">
          <span>{t('accounts.has-link', { time: dateTime(invitedUntil, now) })}</span>
          <Button
            aria-disabled={revoke.isPending || undefined}
            onClick={() => revoke.mutate({ account: name })}
          >
            {t('accounts.revoke-invitation')}
          </Button>
        </div>
      )}
      {revoke.failure !== null && <Alert>{failureMessage(t, revoke.failure)}</Alert>}
      {/* A withdrawn link is not shown any more. */}
      <InviteAccounts key={revokedCount} accounts={[account]} onChanged={onChanged} />
    </section>
  );
}

/** New links for several accounts, in a dialog. */
export function InviteDialog({ accounts, onChanged, onClose }: InviteProps & { onClose: () => void }) {
  const t = useT();
  // Once they have new links, the accounts leave the list that they were chosen from.
  const [invited] = useState(accounts);
  return (
    <Dialog heading={t('accounts.new-links', { count: invited.length })} variant="wide" onClose={onClose}>
      <p>{t('accounts.new-links-note')}</p>
      <InviteAccounts accounts={invited} onChanged={onChanged} />
    </Dialog>
  );
}
