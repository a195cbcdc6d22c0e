import { MAX_INVITATIONS } from '@lampboard/protocol';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import type { Distinction } from '../../data/socket/distinctions.ts';
import { useDistinctions, useLiveState } from '../../data/socket/live-context.tsx';
import { displayName, withDistinction } from '../../entities/extension/accessible-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { type Candidate, departmentsOf, filterCandidates } from './candidates.ts';

interface ChoosePeopleProps {
  candidates: readonly Candidate[];
  suggested: ReadonlyMap<string, string>;
  selected: ReadonlySet<string>;
  onSelect: (update: (selected: ReadonlySet<string>) => ReadonlySet<string>) => void;
  onContinue: () => void;
}

/** The people without an account, with check boxes. */
export function ChoosePeople({ candidates, suggested, selected, onSelect, onContinue }: ChoosePeopleProps) {
  const t = useT();
  const [query, setQuery] = useState('');
  const [department, setDepartment] = useState('');
  const deferredQuery = useDeferredValue(query);
  const departments = useMemo(() => departmentsOf(candidates, t.locale), [candidates, t.locale]);
  const shown = useMemo(
    () => filterCandidates(candidates, { query: deferredQuery, department }),
    [candidates, deferredQuery, department],
  );
  const distinctions = useDistinctions();
  const isBoardEmpty = useLiveState((state) => extensionsOf(state).size === 0);
  const toggle = useCallback(
    (ids: readonly string[], isSelected: boolean) =>
      onSelect((previous) =>
        isSelected
          ? new Set([...previous, ...ids])
          : new Set([...previous].filter((id) => !ids.includes(id))),
      ),
    [onSelect],
  );
  const count = candidates.filter(({ id }) => selected.has(id)).length;
  const shownCount = shown.filter(({ id }) => selected.has(id)).length;
  const isTooMany = count > MAX_INVITATIONS;

  if (candidates.length === 0)
    return <p className="subtle">{t(isBoardEmpty ? 'add-accounts.empty-board' : 'add-accounts.nobody')}</p>;
  return (
    <>
      <p className="subtle">{t('add-accounts.intro')}</p>
      <div className="add-accounts-filter">
        <SearchField label={t('search.label')} value={query} onValueChange={setQuery} />
        {departments.length > 0 && (
          <SelectField
            label={t('table.department')}
            options={[
              { value: '', label: t('add-accounts.all-departments') },
              ...departments.map((name) => ({ value: name, label: name })),
            ]}
            value={departments.includes(department) ? department : ''}
            onValueChange={setDepartment}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <p className="subtle">{t('board.no-results', { query: query.trim() })}</p>
      ) : (
        <div className="card people-list">
          <label className="people-list-head">
            <input
              type="checkbox"
              ref={(box) => {
                if (box !== null) box.indeterminate = shownCount > 0 && shownCount < shown.length;
              }}
              checked={shownCount === shown.length}
              onChange={({ currentTarget: { checked } }) =>
                toggle(
                  shown.map(({ id }) => id),
                  checked,
                )
              }
            />
            <span>{t('add-accounts.select-all', { count: shown.length })}</span>
            <span className="people-list-column">{t('table.department')}</span>
            <span className="people-list-column">{t('add-accounts.email')}</span>
            <span className="people-list-column">{t('account.account')}</span>
          </label>
          <ul>
            {shown.map((candidate) => (
              <PersonLine
                key={candidate.id}
                candidate={candidate}
                account={suggested.get(candidate.id) ?? ''}
                distinction={distinctions.get(candidate.id)}
                checked={selected.has(candidate.id)}
                onToggle={toggle}
              />
            ))}
          </ul>
        </div>
      )}
      <div className="page-footer">
        <output>
          {isTooMany
            ? t('add-accounts.too-many', { max: MAX_INVITATIONS })
            : t('add-accounts.selected', { count })}
        </output>
        <Button
          variant="primary"
          aria-disabled={count === 0 || isTooMany || undefined}
          onClick={() => {
            if (count > 0 && !isTooMany) onContinue();
          }}
        >
          {t('add-accounts.continue')}
        </Button>
      </div>
    </>
  );
}

interface PersonLineProps {
  candidate: Candidate;
  account: string;
  /** Set where another extension has the same number. */
  distinction: Distinction | undefined;
  checked: boolean;
  onToggle: (ids: readonly string[], isSelected: boolean) => void;
}

const PersonLine = memo(function PersonLine(props: PersonLineProps) {
  const { candidate, account, distinction, checked, onToggle } = props;
  const t = useT();
  const { id, exten, person } = candidate;
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={checked}
          onChange={({ currentTarget }) => onToggle([id], currentTarget.checked)}
        />
        <span className="people-list-name">
          <bdi>{displayName(t, candidate)}</bdi>
          <span className="note">{withDistinction(exten, distinction)}</span>
        </span>
        <bdi className="secondary">{person.department}</bdi>
        <bdi className="secondary">{person.email}</bdi>
        <bdi className="people-list-account">{account}</bdi>
      </label>
    </li>
  );
});
