import { type Person, accountKey, accountName } from '@lampboard/protocol';
import { normalizeText } from '../extension/select/normalize-text.ts';

/** Suggests the local part of the email address, else `alice.chen` for Alice Chen. */
export function suggestedName({ name, email }: Pick<Person, 'name' | 'email'>): string {
  const [mailbox = ''] = email.split('@', 1);
  const nameParts = normalizeText(name).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return accountName.safeParse(mailbox === '' ? nameParts.join('.') : mailbox.toLowerCase()).data ?? '';
}

interface NamedEntry {
  readonly id: string;
  readonly exten: string;
  readonly person: Pick<Person, 'name' | 'email'>;
}

/**
 * Suggests a name for each entry, by id: none is another's or among `taken`. People who share an address get the names
 * of their own, and equal names get a number.
 */
export function suggestNames(
  entries: readonly NamedEntry[],
  taken: readonly string[],
): ReadonlyMap<string, string> {
  const used = new Set(taken.map(accountKey));
  const usersOf = new Map<string, number>();
  for (const { person } of entries) usersOf.set(person.email, (usersOf.get(person.email) ?? 0) + 1);
  return new Map(
    entries.map(({ id, exten, person: { name, email } }) => {
      const isShared = (usersOf.get(email) ?? 0) > 1;
      const first = suggestedName({ name, email: isShared ? '' : email }) || exten;
      let suggested = first;
      // 0 and 1 are easily taken for O and l.
      for (let number = 2; used.has(accountKey(suggested)); number += 1) suggested = `${first}${number}`;
      used.add(accountKey(suggested));
      return [id, suggested];
    }),
  );
}
