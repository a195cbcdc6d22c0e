import {
  type Actor,
  type Change,
  type Extension,
  type ReturnTime,
  type Person,
  type Phone,
  type Presence,
  NOT_SET,
  isCustomPresence,
  sameReturnTime,
  samePresence,
} from '@lampboard/protocol';
import { type Board, createBoardBuilder } from '../sync/board.ts';
import { type Fact, type HintState, extensionId, phoneKey } from './facts.ts';
import { parseHint, providerKey, providerKeyOf } from './hint.ts';
import { lampFromStatus } from './lamp.ts';

/** What is known of a presence that was set through Lampboard: by whom, when (milliseconds since 1970), and until when. */
export interface Attribution {
  readonly actor: Actor;
  readonly setAt: number;
  readonly returnTime: ReturnTime | null;
}

/** Null where the presence was set elsewhere: that ends a return time, too. */
export type AttributionLookup = (provider: string, presence: Presence) => Attribution | null;

export const SET_ON_PHONE: Actor = { kind: 'phone' };

/**
 * What these facts, seen at `at` (milliseconds since 1970), change on the board. Facts that say what the board already
 * shows change nothing. Of several lamps or presences of one extension only the last is told: they are levels. `rows` are
 * those of the board where they may be changed in place: a copy of thousands would cost more than all the rest.
 */
export function reduce(
  board: Board,
  facts: readonly Fact[],
  timestamp: number,
  findAttribution: AttributionLookup = () => null,
  extensions: Map<string, Extension> = new Map(board.extensions),
): { board: Board; changes: Change[] } {
  const builder = createBoardBuilder(board, extensions);
  const latestByKey = new Map<string, Change>();
  let idsByProvider: ReadonlyMap<string, readonly string[]> | undefined;
  const extensionsOfProvider = (provider: string) =>
    (idsByProvider ??= byProvider(builder.extensions)).get(providerKey(provider)) ?? [];
  for (const fact of facts) {
    for (const change of diffFact(fact, {
      extensions: builder.extensions,
      extensionsOfProvider,
      timestamp,
      findAttribution,
    })) {
      builder.apply(change);
      if (change.kind === 'put' || change.kind === 'remove') idsByProvider = undefined;
      const key = keyOf(change);
      latestByKey.delete(key);
      latestByKey.set(key, change);
    }
  }
  const changes = [...latestByKey.values()];
  return { board: changes.length === 0 ? board : builder.build(), changes };
}

/** What a later change of the same key makes obsolete. */
function keyOf(change: Change): string {
  if (change.kind === 'link') return 'link';
  return `${change.kind} ${change.kind === 'put' ? change.extension.id : change.id}`;
}

type Extensions = ReadonlyMap<string, Extension>;

/** The extensions of each presence provider, by its key. */
function byProvider(extensions: Extensions): Map<string, string[]> {
  const idsByProvider = new Map<string, string[]>();
  for (const extension of extensions.values()) {
    const key = providerKeyOf(extension);
    if (key === null) continue;
    const known = idsByProvider.get(key);
    if (known === undefined) idsByProvider.set(key, [extension.id]);
    else known.push(extension.id);
  }
  return idsByProvider;
}

interface ReduceContext {
  readonly extensions: Extensions;
  readonly extensionsOfProvider: (provider: string) => readonly string[];
  readonly timestamp: number;
  readonly findAttribution: AttributionLookup;
}

function diffFact(fact: Fact, reduceContext: ReduceContext): Change[] {
  const { extensions, extensionsOfProvider, timestamp } = reduceContext;
  switch (fact.kind) {
    case 'status': {
      const extension = extensions.get(fact.id);
      const lamp = lampFromStatus(fact.status);
      return extension === undefined || extension.lamp === lamp
        ? []
        : [{ kind: 'lamp', id: fact.id, lamp, since: timestamp }];
    }
    case 'phone': {
      const extension = extensions.get(fact.id);
      return extension === undefined || !extension.phone || samePhone(extension.phone, fact.phone)
        ? []
        : [fact];
    }
    case 'presence':
      return extensionsOfProvider(fact.provider).flatMap((id) => {
        const extension = extensions.get(id);
        return extension === undefined
          ? []
          : diffPresence(extension, fact.provider, fact.presence, reduceContext);
      });
    case 'full-list':
      return diffList(fact, reduceContext);
    case 'person': {
      const extension = extensions.get(fact.id);
      return extension === undefined || samePerson(extension.person, fact.person) ? [] : [fact];
    }
    case 'accounts':
      return [...extensions.values()].flatMap((extension) => diffActorName(extension, fact.names));
    case 'link':
      return [{ kind: 'link', link: fact.link }];
  }
}

/**
 * Nobody changes a presence that is on the board but through Lampboard, or on the telephone. The same presence set again
 * may have another return time.
 */
function diffPresence(
  extension: Extension,
  provider: string,
  presence: Presence,
  reduceContext: ReduceContext,
): Change[] {
  const attribution = reduceContext.findAttribution(provider, presence);
  const changed = {
    kind: 'presence',
    id: extension.id,
    presence,
    returnTime: attribution?.returnTime ?? null,
  } as const;
  if (!samePresence(extension.presence, presence))
    return [{ ...changed, since: reduceContext.timestamp, setBy: attribution?.actor ?? SET_ON_PHONE }];
  return sameReturnTime(extension.returnTime, changed.returnTime)
    ? []
    : [{ ...changed, since: extension.presenceSetAt, setBy: attribution?.actor ?? extension.presenceSetBy }];
}

type FullListFact = Extract<Fact, { kind: 'full-list' }>;

function diffList(fact: FullListFact, reduceContext: ReduceContext): Change[] {
  const { extensions } = reduceContext;
  const hintsById = new Map(fact.hints.map((hint) => [extensionId(hint.exten, hint.context), hint]));
  const removed: Change[] = [...extensions.keys()]
    .filter((id) => !hintsById.has(id))
    .map((id) => ({ kind: 'remove', id }));
  const updated = [...hintsById].flatMap(([id, hint]) => diffHint(id, hint, fact, reduceContext));
  return [...removed, ...updated];
}

function diffHint(
  id: string,
  hint: HintState,
  { presences, updatedDuringList }: FullListFact,
  reduceContext: ReduceContext,
): Change[] {
  const extension = reduceContext.extensions.get(id);
  const { provider } = parseHint(hint.hint);
  const lamp = lampFromStatus(hint.status);
  const presence = provider === null ? null : (presences.get(provider) ?? defaultPresence(provider));
  if (extension === undefined || extension.provider !== provider) {
    const { exten, context } = hint;
    const person = extension?.person ?? placeholderPerson(exten);
    const attribution =
      provider === null || presence === null ? null : reduceContext.findAttribution(provider, presence);
    const current =
      extension !== undefined && updatedDuringList.has(id) ? extension : { lamp, lampSince: null };
    const added = {
      id,
      exten,
      context,
      person,
      lamp: current.lamp,
      lampSince: current.lampSince,
      phone: hint.phone,
      provider,
      presence,
      presenceSetAt: attribution?.setAt ?? null,
      presenceSetBy: attribution?.actor ?? null,
      returnTime: attribution?.returnTime ?? null,
    };
    return [{ kind: 'put', extension: added }];
  }
  const changes: Change[] = [];
  if (extension.lamp !== lamp && !updatedDuringList.has(id))
    changes.push({ kind: 'lamp', id, lamp, since: reduceContext.timestamp });
  if (!updatedDuringList.has(phoneKey(id)) && !samePhone(extension.phone, hint.phone))
    changes.push({ kind: 'phone', id, phone: hint.phone });
  if (provider !== null && presence !== null && !updatedDuringList.has(providerKey(provider)))
    changes.push(...diffPresence(extension, provider, presence, reduceContext));
  return changes;
}

/** A `CustomPresence:` that Asterisk does not list was never set; what any other provider says is not known. */
const defaultPresence = (provider: string) => (isCustomPresence(provider) ? NOT_SET : null);

/** Until a directory or Asterisk tells a name, the number stands for it. */
export function placeholderPerson(exten: string): Person {
  return { name: exten, department: '', email: '', mobile: '' };
}

function samePhone(a: Phone | null | undefined, b: Phone | null | undefined): boolean {
  return a === b || (!!a && !!b && a.lamp === b.lamp && a.dnd === b.dnd);
}

function samePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.department === b.department && a.email === b.email && a.mobile === b.mobile;
}

/** What changes on a row where its author has another name by now; `names` by the ids of accounts. */
function diffActorName(
  { id, presence, presenceSetAt: since, presenceSetBy: presenceBy, returnTime }: Extension,
  names: ReadonlyMap<number, string>,
): Change[] {
  const actor = presenceBy && withCurrentName(presenceBy, names);
  return actor === presenceBy ? [] : [{ kind: 'presence', id, presence, since, setBy: actor, returnTime }];
}

/** The same author, by the name that the account has by now. */
export function withCurrentName(actor: Actor, names: ReadonlyMap<number, string>): Actor {
  if (actor.kind === 'phone' || actor.accountId === undefined) return actor;
  const name = names.get(actor.accountId) ?? actor.name;
  return name === actor.name ? actor : { ...actor, name };
}
