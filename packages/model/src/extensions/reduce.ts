import {
  type Actor,
  type ChangeOf,
  type Extension,
  type Person,
  type Phone,
  type Presence,
  extensionId,
  isOfPbx,
  sameReturnTime,
  samePresence,
} from '@lampboard/protocol';
import { findByNumbers } from './aliases.ts';
import { type Board, changeRow, changedId } from '../sync/board.ts';
import {
  type Attribution,
  type ExtensionFact,
  type HintState,
  type Entry,
  type FullList,
  listedPresence,
  phoneKey,
} from './facts.ts';
import { parseHint, providerKey, providerKeyOf } from './hint.ts';
import { lampFromStatus } from './lamp.ts';

export const SET_ON_PHONE: Actor = { kind: 'phone' };

type ExtensionChange = ChangeOf<'extensions'>;

/**
 * Returns the changes that facts about one PBX, seen at `now` (milliseconds since 1970), make to its extensions. Facts that
 * the board already shows make none; of several changes of one row only the result is returned.
 */
export function reduceExtensions(
  base: Board['extensions'],
  pbxId: string,
  facts: readonly ExtensionFact[],
  now: number,
): ExtensionChange[] {
  const extensions = createOverlay(base, pbxId);
  const changes = new Map<string, ExtensionChange>();
  let idsByProvider: ReadonlyMap<string, readonly string[]> | undefined;
  const extensionsOfProvider = (provider: string) =>
    (idsByProvider ??= byProvider(extensions)).get(providerKey(provider)) ?? [];
  for (const fact of facts) {
    for (const change of diffFact(fact, { pbxId, extensions, extensionsOfProvider, now })) {
      const id = changedId(change);
      extensions.set(id, changeRow(extensions.get(id), change));
      if (change.op !== 'patch') idsByProvider = undefined;
      const earlier = changes.get(id);
      changes.delete(id);
      changes.set(id, earlier === undefined ? change : merge(earlier, change));
    }
  }
  return [...changes.values()];
}

/** Returns one change that does what two of the same row do, one after the other. */
function merge(earlier: ExtensionChange, later: ExtensionChange): ExtensionChange {
  if (later.op !== 'patch' || earlier.op === 'remove') return later;
  return earlier.op === 'put'
    ? { ...earlier, row: Object.assign({}, earlier.row, later.fields) }
    : { ...earlier, fields: { ...earlier.fields, ...later.fields } };
}

interface Extensions {
  get(id: string): Extension | undefined;
  values(): Iterable<Extension>;
}

/** The extensions of one PBX with changes on top, so that the board itself is neither changed nor copied. */
function createOverlay(base: Board['extensions'], pbxId: string) {
  const changed = new Map<string, Extension | undefined>();
  const get = (id: string) => (changed.has(id) ? changed.get(id) : base.get(id));
  return {
    get,
    set: (id: string, extension: Extension | undefined) => void changed.set(id, extension),
    *values() {
      for (const [id, extension] of base) {
        const current = changed.has(id) ? changed.get(id) : extension;
        if (current !== undefined && isOfPbx(id, pbxId)) yield current;
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
  readonly pbxId: string;
  readonly extensions: Extensions;
  readonly extensionsOfProvider: (provider: string) => readonly string[];
  readonly now: number;
}

function diffFact(fact: ExtensionFact, context: ReduceContext): ExtensionChange[] {
  const { extensions, extensionsOfProvider, now } = context;
  switch (fact.kind) {
    case 'status': {
      const extension = extensions.get(fact.id);
      const lamp = lampFromStatus(fact.status);
      return !extension || extension.lamp === lamp ? [] : [patch(fact.id, { lamp, lampSince: now })];
    }
    case 'phone': {
      const extension = extensions.get(fact.id);
      const isChange = extension && !samePhone(extension.phone, fact.phone);
      return isChange ? [patch(fact.id, { phone: fact.phone })] : [];
    }
    case 'presence':
      return extensionsOfProvider(fact.provider).flatMap((id) => {
        const extension = extensions.get(id);
        return extension ? diffPresence(extension, fact.presence, fact.attribution ?? null, now) : [];
      });
    case 'full-list':
      return diffList(fact, context);
    case 'person': {
      const extension = extensions.get(fact.id);
      if (extension === undefined) return [];
      const { name, ...contact } = extension.person;
      const person = { name: fact.name ?? name, ...(fact.contact ?? contact) };
      return samePerson(extension.person, person) ? [] : [patch(fact.id, { person })];
    }
    case 'accounts':
      return [...extensions.values()].flatMap((extension) => diffActorName(extension, fact.names));
  }
}

const patch = (id: string, fields: Partial<Extension>): ExtensionChange => ({
  table: 'extensions',
  op: 'patch',
  id,
  fields,
});

/** A new presence without attribution was set on the phone. The same presence set again may have another return time. */
function diffPresence(
  extension: Extension,
  presence: Presence,
  attribution: Attribution | null,
  now: number,
): ExtensionChange[] {
  const returnTime = attribution?.returnTime ?? null;
  const { id, presenceSetBy } = extension;
  if (!samePresence(extension.presence, presence)) {
    const setBy = attribution?.actor ?? SET_ON_PHONE;
    return [patch(id, { presence, presenceSetAt: now, presenceSetBy: setBy, returnTime })];
  }
  return sameReturnTime(extension.returnTime, returnTime)
    ? []
    : [patch(id, { presenceSetBy: attribution?.actor ?? presenceSetBy, returnTime })];
}

function diffList(list: FullList, context: ReduceContext): ExtensionChange[] {
  const idOf = ({ exten, context: of }: HintState) => extensionId(exten, of, context.pbxId);
  const entriesById = new Map(list.entries.map((entry) => [idOf(entry), entry]));
  const removed = [...context.extensions.values()].filter(({ id }) => !entriesById.has(id));
  const findRemoved = findByNumbers(removed);
  const removals = removed.map(({ id }): ExtensionChange => ({ table: 'extensions', op: 'remove', id }));
  const others = [...entriesById].flatMap(([id, entry]) => {
    const aliases = (entry.aliases ?? []).map(idOf);
    const { provider } = parseHint(entry.hint);
    const extension = context.extensions.get(id) ?? findRemoved([id, ...aliases], provider);
    return diffEntry({ id, aliases, entry, extension }, list, context.now);
  });
  return [...removals, ...others];
}

interface ListedEntry {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly entry: Entry;
  /** As it was; with the id of another of its numbers where it was known by that. */
  readonly extension: Extension | undefined;
}

function diffEntry(listed: ListedEntry, list: FullList, now: number): ExtensionChange[] {
  const { updatedDuringList } = list;
  const { id, aliases, entry, extension } = listed;
  const knownId = extension?.id ?? id;
  const { kind } = entry;
  const { provider } = parseHint(entry.hint);
  const lamp = lampFromStatus(entry.status);
  const presence = provider === null ? null : listedPresence(list, provider);
  const attribution = provider === null ? undefined : list.attributions?.get(provider);
  if (extension === undefined || extension.provider !== provider) {
    const { exten, context, phone } = entry;
    const current = extension && updatedDuringList.has(knownId) ? extension : { lamp, lampSince: null };
    const added = {
      id,
      exten,
      context,
      kind,
      ...(entry.lot && { lot: true }),
      ...(aliases.length > 0 && { aliases }),
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
    return [{ table: 'extensions', op: 'put', row: added }];
  }
  const changes: ExtensionChange[] = [];
  const current = knownId === id ? extension : underNumber(extension, id, entry);
  if (current !== extension) changes.push({ table: 'extensions', op: 'put', row: current });
  if (!updatedDuringList.has(phoneKey(knownId)) && !samePhone(extension.phone, entry.phone)) {
    // A patch can't take a field away.
    const { phone: _, ...rest } = current;
    changes.push(
      entry.phone === undefined
        ? { table: 'extensions', op: 'put', row: rest }
        : patch(id, { phone: entry.phone }),
    );
  }
  if (extension.kind !== kind) changes.push(patch(id, { kind }));
  if (!extension.lot !== !entry.lot) changes.push(patch(id, { lot: entry.lot === true }));
  if (!sameAliases(extension.aliases ?? [], aliases)) changes.push(patch(id, { aliases }));
  if (extension.lamp !== lamp && !updatedDuringList.has(knownId))
    changes.push(patch(id, { lamp, lampSince: now }));
  if (provider !== null && presence !== null && !updatedDuringList.has(providerKey(provider)))
    changes.push(...diffPresence(current, presence, attribution ?? null, now));
  return changes;
}

/** Returns an extension as it is, known by another of its numbers. */
function underNumber(extension: Extension, id: string, { exten, context }: Entry): Extension {
  const { name } = extension.person;
  const person = name === extension.exten ? { ...extension.person, name: exten } : extension.person;
  return { ...extension, id, exten, context, person };
}

/** Stands in, with the number as its name, until the directory or Asterisk gives one. */
export function placeholderPerson(exten: string): Person {
  return { name: exten, department: '', email: '', mobile: '' };
}

function samePhone(a: Phone | null | undefined, b: Phone | null | undefined): boolean {
  if (!a || !b) return a === b;
  const isOn = (feature: boolean | undefined) => feature === true;
  return (
    a.lamp === b.lamp &&
    a.dnd === b.dnd &&
    isOn(a.forwarded) === isOn(b.forwarded) &&
    a.forwardedTo === b.forwardedTo &&
    isOn(a.followMe) === isOn(b.followMe)
  );
}

const sameAliases = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, index) => id === b[index]);

function samePerson(a: Person, b: Person): boolean {
  return (
    a.name === b.name &&
    a.department === b.department &&
    a.email === b.email &&
    a.mobile === b.mobile &&
    a.deputy === b.deputy &&
    a.photo === b.photo
  );
}

function diffActorName(
  { id, presenceSetBy }: Extension,
  names: ReadonlyMap<number, string>,
): ExtensionChange[] {
  const setBy = presenceSetBy && withCurrentName(presenceSetBy, names);
  return setBy === presenceSetBy ? [] : [patch(id, { presenceSetBy: setBy })];
}

/** Returns the actor with the current name of its account; `names` by account id. */
export function withCurrentName(actor: Actor, names: ReadonlyMap<number, string>): Actor {
  if (actor.kind === 'phone' || actor.accountId === undefined) return actor;
  const name = names.get(actor.accountId) ?? actor.name;
  return name === actor.name ? actor : { ...actor, name };
}
