import { isAssigned } from '@lampboard/model';
import { type Extension, canManageAccounts } from '@lampboard/protocol';
import { isLine } from '../../entities/kind/kinds.ts';
import { Fragment } from 'react';
import { Link } from 'wouter';
import { useMe } from '../../data/http/api-context.tsx';
import { useCommandQuery } from '../../data/http/use-command.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { useExtension } from '../../data/socket/live-context.tsx';
import { suggestedName } from '../../entities/account/suggested-name.ts';
import { accountsHref } from './accounts-route.ts';

/** There may be thousands of accounts, so they are not loaded for each opened extension. */
const STALE_MS = 60_000;

/** Links administrators to the accounts of an extension, or to a new one for it. */
export function AccountLink({ id }: { id: string }) {
  const me = useMe();
  const extension = useExtension(id);
  const isForAccounts = extension !== undefined && !isLine(extension);
  return me !== null && canManageAccounts(me) && isForAccounts ? (
    <AccountLinks extension={extension} />
  ) : null;
}

function AccountLinks({ extension }: { extension: Extension }) {
  const t = useT();
  const { reply } = useCommandQuery('list-accounts', {}, { staleMs: STALE_MS });
  if (reply?.ok === false) return null;
  // Reserves the line, so that nothing moves.
  if (reply === undefined) return <p className="subtle">{'\u00A0'}</p>;
  const accounts = reply.value.filter(({ extensions }) => isAssigned(extensions, extension));
  const names = accounts.map(({ name }) => name);
  const add = accountsHref({ kind: 'add', extension: extension.id, name: suggestedName(extension.person) });
  return (
    <p className="subtle">
      {names.length === 0 ? (
        <Link href={add}>{t('accounts.add-heading')}</Link>
      ) : (
        <Trans
          messageKey="accounts.of-extension"
          values={{ count: names.length, names: <Links names={names} /> }}
        />
      )}
    </p>
  );
}

function Links({ names }: { names: readonly string[] }) {
  return names.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && ', '}
      <Link href={accountsHref({ kind: 'edit', name })}>
        <bdi>{name}</bdi>
      </Link>
    </Fragment>
  ));
}
