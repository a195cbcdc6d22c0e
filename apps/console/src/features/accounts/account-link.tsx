import { mayManageAccounts } from '@lampboard/protocol';
import { Fragment } from 'react';
import { Link } from 'wouter';
import { useMe } from '../../api/api-context.tsx';
import { useList } from '../../api/use-command.ts';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { useRow } from '../../live/live-context.tsx';
import { hrefOfAccounts, suggestedName } from './accounts-place.ts';
import './account-link.css';

/** There may be thousands of accounts: they are not asked for with each extension that is opened. */
const STALE_MS = 60_000;

/** Leads administrators to the accounts that an extension belongs to, or to a new one for it. */
export function AccountLink({ id }: { id: string }) {
  const me = useMe();
  return me !== null && mayManageAccounts(me) ? <Found id={id} /> : null;
}

function Found({ id }: { id: string }) {
  const t = useT();
  const row = useRow(id);
  const { reply } = useList('list-accounts', {}, { staleMs: STALE_MS });
  if (row === undefined || reply?.ok === false) return null;
  // Its line is there before it is known: nothing jumps.
  if (reply === undefined) return <p className="account-link">{'\u00A0'}</p>;
  const names = reply.value.filter(({ extensions }) => extensions.includes(id)).map(({ name }) => name);
  const add = hrefOfAccounts({ kind: 'add', extension: id, name: suggestedName(row.person) });
  return (
    <p className="account-link">
      {names.length === 0 ? (
        <Link href={add}>{t('accounts.add-heading')}</Link>
      ) : (
        <Phrase k="accounts.of-extension" values={{ count: names.length, names: <Links names={names} /> }} />
      )}
    </p>
  );
}

function Links({ names }: { names: readonly string[] }) {
  return names.map((name, at) => (
    <Fragment key={name}>
      {at > 0 && ', '}
      <Link href={hrefOfAccounts({ kind: 'edit', name })}>
        <bdi>{name}</bdi>
      </Link>
    </Fragment>
  ));
}
