import type { Account, Extension } from '@lampboard/protocol';
import { searchTerms } from '../../entities/extension/select/search.ts';
import { normalizeText } from '../../entities/extension/select/normalize-text.ts';
import type { Extensions } from '../../data/socket/use-board-value.ts';

/** A person of the board whom no account belongs to. */
export type Candidate = Pick<Extension, 'id' | 'exten' | 'kind' | 'person'>;

const numbers = new Intl.Collator('en', { numeric: true });

/** Returns the people without an account, by number. */
export function peopleWithoutAccount(
  extensions: Extensions,
  accounts: readonly Account[],
): readonly Candidate[] {
  const assigned = new Set(accounts.flatMap((account) => account.extensions));
  return [...extensions.values()]
    .filter(
      ({ kind, id, aliases = [] }) => kind === 'person' && ![id, ...aliases].some((one) => assigned.has(one)),
    )
    .map(({ id, exten, kind, person }) => ({ id, exten, kind, person }))
    .toSorted((a, b) => numbers.compare(a.id, b.id));
}

/** Returns the departments of people, by name. */
export function departmentsOf(candidates: readonly Candidate[], locale: string): readonly string[] {
  const departments = new Set(candidates.map(({ person }) => person.department));
  departments.delete('');
  return [...departments].toSorted(new Intl.Collator(locale).compare);
}

/** Returns those of a department, or of all where it is empty, in whose number, name, address or department all terms are. */
export function filterCandidates(
  candidates: readonly Candidate[],
  { query, department }: { readonly query: string; readonly department: string },
): readonly Candidate[] {
  const terms = searchTerms(query);
  return candidates.filter(({ exten, person }) => {
    if (department !== '' && person.department !== department) return false;
    const text = normalizeText([exten, person.name, person.email, person.department].join(' '));
    return terms.every((term) => text.includes(term));
  });
}
