import {
  type AccountSettings,
  DEFAULT_INVITATION_DAYS,
  ROLES,
  type Role,
  accountName,
} from '@lampboard/protocol';
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useCommand, useCommandQuery } from '../../data/http/use-command.ts';
import { useDistinction } from '../../data/socket/live-context.tsx';
import { DaysField, type InvitationDays } from '../../entities/account/days-field.tsx';
import type { InvitedPerson } from '../../entities/account/invitation-links.tsx';
import { displayName, hasName, withDistinction } from '../../entities/extension/accessible-name.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldNote } from '../../ui/form/field.tsx';
import { inputHandlers } from '../../ui/form/input-handlers.ts';
import { SelectField } from '../../ui/form/select-field.tsx';
import type { Candidate } from './candidates.ts';

/** The gateway is asked about names once nothing was typed for this time. */
const SETTLE_MS = 300;

/** A person with the suggested name of the account. */
export type ReviewedPerson = Candidate & { readonly suggested: string };

interface ReviewAccountsProps {
  people: readonly ReviewedPerson[];
  onCancel: () => void;
  onAdded: (people: readonly InvitedPerson[], expiresAt: number) => void;
}

/** The accounts that will be added, with names that can be changed, and what is wrong with them. */
export function ReviewAccounts({ people, onCancel, onAdded }: ReviewAccountsProps) {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  const [role, setRole] = useState<Role>('user');
  const [days, setDays] = useState<InvitationDays>(DEFAULT_INVITATION_DAYS);
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const onRename = useCallback(
    (id: string, name: string) => setTyped((previous) => new Map(previous).set(id, name)),
    [],
  );
  const rows = useMemo(
    () =>
      people.map((person) => {
        const text = typed.get(person.id) ?? person.suggested;
        return { person, text, name: accountName.safeParse(text).data ?? null };
      }),
    [people, typed],
  );
  const settledRows = useSettled(rows, SETTLE_MS);
  const names = useMemo(() => settledRows.flatMap(({ name }) => name ?? []), [settledRows]);
  const { reply, refresh } = useCommandQuery('list-name-conflicts', { names });
  const conflicts = new Map(
    reply?.ok === true ? reply.value.map(({ name, account }) => [name, account]) : [],
  );
  const problemCount = rows.filter(({ name }) => name === null || conflicts.has(name)).length;
  const { isPending, failure, mutate } = useCommand('add-invited-accounts', (value) => {
    const personOf = new Map(rows.map(({ name, person }) => [name, person]));
    const invited = value.links.map(({ account, url }) => {
      const person = personOf.get(account);
      const name = person !== undefined && hasName(person) ? person.person.name : '';
      return { account, url, name, email: person?.person.email ?? '' };
    });
    onAdded(invited, value.expiresAt);
  });

  const focusProblem = () => list.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  const add = () => {
    if (problemCount > 0) return focusProblem();
    const settingsOf = ({ id }: Candidate): AccountSettings => ({ role, extensions: [id], disabled: false });
    const accounts = rows.flatMap(({ name, person }) =>
      name === null ? [] : { name, settings: settingsOf(person) },
    );
    mutate({ accounts, days });
    return undefined;
  };
  const isTaken = failure?.code === 'name-taken';
  // Somebody else has added an account in between.
  useEffect(() => {
    if (isTaken) void refresh();
  }, [isTaken, refresh]);

  return (
    <>
      <div className="add-accounts-filter">
        <SelectField
          label={t('accounts.role')}
          note={t(`accounts.permissions.${role}`)}
          options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onValueChange={setRole}
        />
        <DaysField value={days} onValueChange={setDays} />
      </div>
      {reply?.ok === false && <Alert>{failureMessage(t, reply)}</Alert>}
      <ul className="card review-list" ref={list}>
        <li className="review-list-head" aria-hidden="true">
          <span>{t('table.name')}</span>
          <span>{t('add-accounts.email')}</span>
          <span>{t('account.account')}</span>
        </li>
        {rows.map(({ person, text, name }) => (
          <ReviewLine
            key={person.id}
            person={person}
            text={text}
            problem={
              name === null
                ? t('account.name-invalid')
                : conflicts.has(name)
                  ? t('add-accounts.conflict', { name: conflicts.get(name) ?? '' })
                  : null
            }
            onRename={onRename}
          />
        ))}
      </ul>
      <div className="page-footer">
        {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
        <output>
          {problemCount > 0 ? (
            <button type="button" className="text-button add-accounts-problems" onClick={focusProblem}>
              {t('add-accounts.problems', { count: problemCount })}
            </button>
          ) : (
            t('add-accounts.summary', { count: rows.length, role: t(`role.${role}`) })
          )}
        </output>
        <Button onClick={onCancel}>{t('add-accounts.back')}</Button>
        <Button variant="primary" aria-disabled={isPending || undefined} onClick={add}>
          {t(isPending ? 'accounts.adding' : 'add-accounts.add', { count: rows.length })}
        </Button>
      </div>
    </>
  );
}

interface ReviewLineProps {
  person: Candidate;
  text: string;
  problem: string | null;
  onRename: (id: string, name: string) => void;
}

const ReviewLine = memo(function ReviewLine({ person, text, problem, onRename }: ReviewLineProps) {
  const t = useT();
  const distinction = useDistinction(person.id);
  const noteId = useId();
  return (
    <li>
      <span className="people-list-name">
        <bdi>{displayName(t, person)}</bdi>
        <span className="note">{withDistinction(person.exten, distinction)}</span>
      </span>
      <bdi className="secondary">{person.person.email || t('invitation.no-email')}</bdi>
      <span>
        <span className="text-field">
          <input
            type="text"
            aria-label={t('add-accounts.name-of', { name: displayName(t, person) })}
            aria-invalid={problem !== null || undefined}
            aria-describedby={problem === null ? undefined : noteId}
            autoCapitalize="none"
            autoCorrect="off"
            autoComplete="off"
            spellCheck={false}
            value={text}
            {...inputHandlers((name) => onRename(person.id, name))}
          />
        </span>
        {problem !== null && (
          <FieldNote id={noteId} invalid>
            {problem}
          </FieldNote>
        )}
      </span>
    </li>
  );
});

/** Returns the value once it has not changed for this time, and before that the previous one. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
