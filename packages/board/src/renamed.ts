import type { Author, Change, ExtensionRow } from '@lampboard/protocol';

/** What changes on a row where its author has another name by now; `names` by the ids of accounts. */
export function renameChanges(
  { id, presence, presenceSince: since, presenceBy, back }: ExtensionRow,
  names: ReadonlyMap<number, string>,
): Change[] {
  const by = presenceBy && withNameOf(presenceBy, names);
  return by === presenceBy ? [] : [{ kind: 'presence', id, presence, since, by, back }];
}

/** The same author, by the name that the account has by now. */
export function withNameOf(by: Author, names: ReadonlyMap<number, string>): Author {
  if (by.kind === 'telephone' || by.accountId === undefined) return by;
  const name = names.get(by.accountId) ?? by.name;
  return name === by.name ? by : { ...by, name };
}
