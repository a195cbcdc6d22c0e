import { type Change, type ExtensionRow, type Person, NOT_SET, samePresence } from '@lampboard/protocol';
import { type Board, advance, applyToRows } from './board.ts';
import { type Fact, type HintFact, extensionId } from './facts.ts';
import { parseHint } from './hint.ts';
import { lampOfStatus } from './lamp.ts';

/**
 * What these facts, seen at `at` (milliseconds since 1970), change on the board. Facts that say what the board already
 * shows change nothing. Of several lamps or presences of one extension only the last is told: they are levels.
 */
export function reduce(
  board: Board,
  facts: readonly Fact[],
  at: number,
): { board: Board; changes: Change[] } {
  const rows = new Map(board.rows);
  const told = new Map<string, Change>();
  for (const fact of facts) {
    for (const change of changesOf(fact, rows, at)) {
      const key = change.kind === 'link' ? 'link' : `${change.kind} ${idOf(change)}`;
      told.delete(key);
      told.set(key, change);
      if (change.kind !== 'link') applyToRows(rows, change);
    }
  }
  const changes = [...told.values()];
  return changes.length === 0 ? { board, changes } : { board: advance(board, changes), changes };
}

const idOf = (change: Exclude<Change, { kind: 'link' }>) =>
  change.kind === 'put' ? change.row.id : change.id;

function changesOf(fact: Fact, rows: ReadonlyMap<string, ExtensionRow>, at: number): Change[] {
  switch (fact.kind) {
    case 'status': {
      const row = rows.get(fact.id);
      const lamp = lampOfStatus(fact.status);
      return row === undefined || row.lamp === lamp ? [] : [{ kind: 'lamp', id: fact.id, lamp, since: at }];
    }
    case 'presence':
      return [...rows.values()]
        .filter((row) => row.provider === fact.provider && !samePresence(row.presence, fact.presence))
        .map(({ id }) => ({ kind: 'presence', id, presence: fact.presence, since: at }));
    case 'listed':
      return changesOfList(fact, rows, at);
    case 'person': {
      const row = rows.get(fact.id);
      return row === undefined || samePerson(row.person, fact.person) ? [] : [fact];
    }
    case 'link':
      return [{ kind: 'link', link: fact.link }];
  }
}

type ListedFact = Extract<Fact, { kind: 'listed' }>;

function changesOfList(fact: ListedFact, rows: ReadonlyMap<string, ExtensionRow>, at: number): Change[] {
  const listed = new Map(fact.hints.map((hint) => [extensionId(hint.exten, hint.context), hint]));
  const gone: Change[] = [...rows.keys()]
    .filter((id) => !listed.has(id))
    .map((id) => ({ kind: 'remove', id }));
  const kept = [...listed].flatMap(([id, hint]) => changesOfHint(id, hint, fact, rows.get(id), at));
  return [...gone, ...kept];
}

function changesOfHint(
  id: string,
  hint: HintFact,
  { presences, newer }: ListedFact,
  row: ExtensionRow | undefined,
  at: number,
): Change[] {
  const { provider } = parseHint(hint.hint);
  const lamp = lampOfStatus(hint.status);
  const presence = provider === null ? null : (presences.get(provider) ?? NOT_SET);
  if (row === undefined || row.provider !== provider) {
    const person = row?.person ?? unknownPerson(hint.exten);
    const { exten, context } = hint;
    const fresh = {
      id,
      exten,
      context,
      person,
      lamp,
      lampSince: null,
      provider,
      presence,
      presenceSince: null,
    };
    return [{ kind: 'put', row: fresh }];
  }
  const changes: Change[] = [];
  if (row.lamp !== lamp && !newer.has(id)) changes.push({ kind: 'lamp', id, lamp, since: at });
  if (!samePresence(row.presence, presence) && !(provider !== null && newer.has(provider))) {
    changes.push({ kind: 'presence', id, presence, since: at });
  }
  return changes;
}

/** Until a directory or Asterisk tells a name, the number stands for it. */
export function unknownPerson(exten: string): Person {
  return { name: exten, department: '', email: '', mobile: '' };
}

function samePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.department === b.department && a.email === b.email && a.mobile === b.mobile;
}
