import {
  type Author,
  type Back,
  type Change,
  type ExtensionRow,
  type Person,
  type Phone,
  type Presence,
  NOT_SET,
  isCustomPresence,
  sameBack,
  samePresence,
} from '@lampboard/protocol';
import type { Board } from './board.ts';
import { type Fact, type HintFact, extensionId, phoneKey } from './facts.ts';
import { parseHint, providerKey, providerKeyOf } from './hint.ts';
import { lampOfStatus } from './lamp.ts';
import { renameChanges } from './renamed.ts';
import { workingBoard } from './working-board.ts';

/** What is known of a presence that was set through Lampboard: by whom, when (milliseconds since 1970), and until when. */
export interface Attribution {
  readonly by: Author;
  readonly at: number;
  readonly back: Back | null;
}

/** Null where the presence was set elsewhere: that ends a return time, too. */
export type Attribute = (provider: string, presence: Presence) => Attribution | null;

export const ON_THE_TELEPHONE: Author = { kind: 'telephone' };

/**
 * What these facts, seen at `at` (milliseconds since 1970), change on the board. Facts that say what the board already
 * shows change nothing. Of several lamps or presences of one extension only the last is told: they are levels. `rows` are
 * those of the board where they may be changed in place: a copy of thousands would cost more than all the rest.
 */
export function reduce(
  board: Board,
  facts: readonly Fact[],
  at: number,
  attribute: Attribute = () => null,
  rows: Map<string, ExtensionRow> = new Map(board.rows),
): { board: Board; changes: Change[] } {
  const next = workingBoard(board, rows);
  const told = new Map<string, Change>();
  let ids: ReadonlyMap<string, readonly string[]> | undefined;
  const idsOf = (provider: string) => (ids ??= byProvider(next.rows)).get(providerKey(provider)) ?? [];
  for (const fact of facts) {
    for (const change of changesOf(fact, { rows: next.rows, idsOf, at, attribute })) {
      next.apply(change);
      if (change.kind === 'put' || change.kind === 'remove') ids = undefined;
      const key = keyOf(change);
      told.delete(key);
      told.set(key, change);
    }
  }
  const changes = [...told.values()];
  return { board: changes.length === 0 ? board : next.done(), changes };
}

/** What a later change of the same key makes obsolete. */
function keyOf(change: Change): string {
  if (change.kind === 'link') return 'link';
  return `${change.kind} ${change.kind === 'put' ? change.row.id : change.id}`;
}

type Rows = ReadonlyMap<string, ExtensionRow>;

/** The extensions of each presence provider, by its key. */
function byProvider(rows: Rows): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const row of rows.values()) {
    const key = providerKeyOf(row);
    if (key === null) continue;
    const known = ids.get(key);
    if (known === undefined) ids.set(key, [row.id]);
    else known.push(row.id);
  }
  return ids;
}

interface Scene {
  readonly rows: Rows;
  readonly idsOf: (provider: string) => readonly string[];
  readonly at: number;
  readonly attribute: Attribute;
}

function changesOf(fact: Fact, scene: Scene): Change[] {
  const { rows, idsOf, at } = scene;
  switch (fact.kind) {
    case 'status': {
      const row = rows.get(fact.id);
      const lamp = lampOfStatus(fact.status);
      return row === undefined || row.lamp === lamp ? [] : [{ kind: 'lamp', id: fact.id, lamp, since: at }];
    }
    case 'phone': {
      const row = rows.get(fact.id);
      return row === undefined || !row.phone || samePhone(row.phone, fact.phone) ? [] : [fact];
    }
    case 'presence':
      return idsOf(fact.provider).flatMap((id) => {
        const row = rows.get(id);
        return row === undefined ? [] : presenceChanges(row, fact.provider, fact.presence, scene);
      });
    case 'listed':
      return changesOfList(fact, scene);
    case 'person': {
      const row = rows.get(fact.id);
      return row === undefined || samePerson(row.person, fact.person) ? [] : [fact];
    }
    case 'accounts':
      return [...rows.values()].flatMap((row) => renameChanges(row, fact.names));
    case 'link':
      return [{ kind: 'link', link: fact.link }];
  }
}

/**
 * Nobody changes a presence that is on the board but through Lampboard, or on the telephone. The same presence set again
 * may have another return time.
 */
function presenceChanges(row: ExtensionRow, provider: string, presence: Presence, scene: Scene): Change[] {
  const set = scene.attribute(provider, presence);
  const told = { kind: 'presence', id: row.id, presence, back: set?.back ?? null } as const;
  if (!samePresence(row.presence, presence))
    return [{ ...told, since: scene.at, by: set?.by ?? ON_THE_TELEPHONE }];
  return sameBack(row.back, told.back)
    ? []
    : [{ ...told, since: row.presenceSince, by: set?.by ?? row.presenceBy }];
}

type ListedFact = Extract<Fact, { kind: 'listed' }>;

function changesOfList(fact: ListedFact, scene: Scene): Change[] {
  const { rows } = scene;
  const listed = new Map(fact.hints.map((hint) => [extensionId(hint.exten, hint.context), hint]));
  const gone: Change[] = [...rows.keys()]
    .filter((id) => !listed.has(id))
    .map((id) => ({ kind: 'remove', id }));
  const kept = [...listed].flatMap(([id, hint]) => changesOfHint(id, hint, fact, scene));
  return [...gone, ...kept];
}

function changesOfHint(id: string, hint: HintFact, { presences, newer }: ListedFact, scene: Scene): Change[] {
  const row = scene.rows.get(id);
  const { provider } = parseHint(hint.hint);
  const lamp = lampOfStatus(hint.status);
  const presence = provider === null ? null : (presences.get(provider) ?? unlisted(provider));
  if (row === undefined || row.provider !== provider) {
    const { exten, context } = hint;
    const person = row?.person ?? unknownPerson(exten);
    const set = provider === null || presence === null ? null : scene.attribute(provider, presence);
    const shown = row !== undefined && newer.has(id) ? row : { lamp, lampSince: null };
    const fresh = {
      id,
      exten,
      context,
      person,
      lamp: shown.lamp,
      lampSince: shown.lampSince,
      phone: hint.phone,
      provider,
      presence,
      presenceSince: set?.at ?? null,
      presenceBy: set?.by ?? null,
      back: set?.back ?? null,
    };
    return [{ kind: 'put', row: fresh }];
  }
  const changes: Change[] = [];
  if (row.lamp !== lamp && !newer.has(id)) changes.push({ kind: 'lamp', id, lamp, since: scene.at });
  if (!newer.has(phoneKey(id)) && !samePhone(row.phone, hint.phone))
    changes.push({ kind: 'phone', id, phone: hint.phone });
  if (provider !== null && presence !== null && !newer.has(providerKey(provider)))
    changes.push(...presenceChanges(row, provider, presence, scene));
  return changes;
}

/** A `CustomPresence:` that Asterisk does not list was never set; what any other provider says is not known. */
const unlisted = (provider: string) => (isCustomPresence(provider) ? NOT_SET : null);

/** Until a directory or Asterisk tells a name, the number stands for it. */
export function unknownPerson(exten: string): Person {
  return { name: exten, department: '', email: '', mobile: '' };
}

function samePhone(a: Phone | null | undefined, b: Phone | null | undefined): boolean {
  return a === b || (!!a && !!b && a.lamp === b.lamp && a.dnd === b.dnd);
}

function samePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.department === b.department && a.email === b.email && a.mobile === b.mobile;
}
