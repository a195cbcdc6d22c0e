import {
  type Actor,
  type Change,
  type Extension,
  type Person,
  type Phone,
  type Presence,
  sameReturnTime,
  samePresence,
} from '@lampboard/protocol';
import { type Board, changeExtension, changedId } from '../sync/board.ts';
import {
  type Attribution,
  type Fact,
  type FullList,
  type HintState,
  extensionId,
  listedPresence,
  phoneKey,
} from './facts.ts';
import { parseHint, providerKey, providerKeyOf } from './hint.ts';
import { lampFromStatus } from './lamp.ts';

export const SET_ON_PHONE: Actor = { kind: 'phone' };

/**
 * Returns the changes that facts, seen at `now` (milliseconds since 1970), make to a board. Facts that the board already
 * shows make none; of several lamps or presences of one extension only the last is returned.
 */
export function reduce(board: Board, facts: readonly Fact[], now: number): Change[] {
  const extensions = createOverlay(board.extensions);
  const latestByKey = new Map<string, Change>();
  let idsByProvider: ReadonlyMap<string, readonly string[]> | undefined;
  const extensionsOfProvider = (provider: string) =>
    (idsByProvider ??= byProvider(extensions)).get(providerKey(provider)) ?? [];
  for (const fact of facts) {
    for (const change of diffFact(fact, { extensions, extensionsOfProvider, now })) {
      if (change.kind !== 'link') {
        const id = changedId(change);
        extensions.set(id, changeExtension(extensions.get(id), change));
        if (change.kind === 'put' || change.kind === 'remove') idsByProvider = undefined;
      }
      const key = keyOf(change);
      latestByKey.delete(key);
      latestByKey.set(key, change);
    }
  }
  return [...latestByKey.values()];
}

/** A later change of the same key makes an earlier one obsolete. */
function keyOf(change: Change): string {
  return change.kind === 'link' ? 'link' : `${change.kind} ${changedId(change)}`;
}

interface Extensions {
  get(id: string): Extension | undefined;
  values(): Iterable<Extension>;
}

/** The extensions of a board with changes on top, so that the board itself is neither changed nor copied. */
function createOverlay(base: Board['extensions']) {
  const changed = new Map<string, Extension | undefined>();
  const get = (id: string) => (changed.has(id) ? changed.get(id) : base.get(id));
  return {
    get,
    set: (id: string, extension: Extension | undefined) => void changed.set(id, extension),
    *values() {
      for (const [id, extension] of base) {
        const current = changed.has(id) ? changed.get(id) : extension;
        if (current !== undefined) yield current;
      }
      for (const [id, extension] of changed) if (extension !== undefined && !base.has(id)) yield extension;
    },
  };
}

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
  readonly now: number;
}

function diffFact(fact: Fact, context: ReduceContext): Change[] {
  const { extensions, extensionsOfProvider, now } = context;
  switch (fact.kind) {
    case 'status': {
      const extension = extensions.get(fact.id);
      const lamp = lampFromStatus(fact.status);
      return extension === undefined || extension.lamp === lamp
        ? []
        : [{ kind: 'lamp', id: fact.id, lamp, since: now }];
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
          : diffPresence(extension, fact.presence, fact.attribution ?? null, now);
      });
    case 'full-list':
      return diffList(fact, context);
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

/** A new presence without attribution was set on the phone. The same presence set again may have another return time. */
function diffPresence(
  extension: Extension,
  presence: Presence,
  attribution: Attribution | null,
  now: number,
): Change[] {
  const returnTime = attribution?.returnTime ?? null;
  const changed = { kind: 'presence', id: extension.id, presence, returnTime } as const;
  if (!samePresence(extension.presence, presence))
    return [{ ...changed, since: now, setBy: attribution?.actor ?? SET_ON_PHONE }];
  return sameReturnTime(extension.returnTime, returnTime)
    ? []
    : [{ ...changed, since: extension.presenceSetAt, setBy: attribution?.actor ?? extension.presenceSetBy }];
}

function diffList(list: FullList, context: ReduceContext): Change[] {
  const hintsById = new Map(list.hints.map((hint) => [extensionId(hint.exten, hint.context), hint]));
  const removed = [...context.extensions.values()]
    .filter(({ id }) => !hintsById.has(id))
    .map(({ id }): Change => ({ kind: 'remove', id }));
  return [...removed, ...[...hintsById].flatMap(([id, hint]) => diffHint(id, hint, list, context))];
}

function diffHint(id: string, hint: HintState, list: FullList, { extensions, now }: ReduceContext): Change[] {
  const { updatedDuringList } = list;
  const extension = extensions.get(id);
  const { provider } = parseHint(hint.hint);
  const lamp = lampFromStatus(hint.status);
  const presence = provider === null ? null : listedPresence(list, provider);
  const attribution = provider === null ? undefined : list.attributions?.get(provider);
  if (extension === undefined || extension.provider !== provider) {
    const { exten, context, phone } = hint;
    const current =
      extension !== undefined && updatedDuringList.has(id) ? extension : { lamp, lampSince: null };
    const added = {
      id,
      exten,
      context,
      person: extension?.person ?? placeholderPerson(exten),
      lamp: current.lamp,
      lampSince: current.lampSince,
      phone,
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
    changes.push({ kind: 'lamp', id, lamp, since: now });
  if (!updatedDuringList.has(phoneKey(id)) && !samePhone(extension.phone, hint.phone))
    changes.push({ kind: 'phone', id, phone: hint.phone });
  if (provider !== null && presence !== null && !updatedDuringList.has(providerKey(provider)))
    changes.push(...diffPresence(extension, presence, attribution ?? null, now));
  return changes;
}

/** Stands in, with the number as its name, until the directory or Asterisk gives one. */
export function placeholderPerson(exten: string): Person {
  return { name: exten, department: '', email: '', mobile: '' };
}

function samePhone(a: Phone | null | undefined, b: Phone | null | undefined): boolean {
  return a === b || (!!a && !!b && a.lamp === b.lamp && a.dnd === b.dnd);
}

function samePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.department === b.department && a.email === b.email && a.mobile === b.mobile;
}

function diffActorName(extension: Extension, names: ReadonlyMap<number, string>): Change[] {
  const { id, presence, presenceSetAt: since, presenceSetBy, returnTime } = extension;
  const setBy = presenceSetBy && withCurrentName(presenceSetBy, names);
  return setBy === presenceSetBy ? [] : [{ kind: 'presence', id, presence, since, setBy, returnTime }];
}

/** Returns the actor with the current name of its account; `names` by account id. */
export function withCurrentName(actor: Actor, names: ReadonlyMap<number, string>): Actor {
  if (actor.kind === 'phone' || actor.accountId === undefined) return actor;
  const name = names.get(actor.accountId) ?? actor.name;
  return name === actor.name ? actor : { ...actor, name };
}
