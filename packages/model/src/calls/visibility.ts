import {
  type Call,
  type CallParty,
  type Extension,
  type Limits,
  extensionId,
  pbxIdOf,
} from '@lampboard/protocol';
import {
  contextOf,
  isAssigned,
  isPbxWithinLimits,
  numbersOf,
  visibleForm,
} from '../extensions/visibility.ts';
import type { Board } from '../sync/board.ts';

/** The part of others' calls that accounts of the role `user` see. */
export const OTHERS_CALLS = ['full', 'name-only', 'nothing'] as const;
export type OthersCalls = (typeof OTHERS_CALLS)[number];

export interface CallViewer {
  /** Null: the whole board. */
  readonly limits: Limits | null;
  readonly assigned: readonly string[];
  readonly others: OthersCalls;
}

/** Ids of the entries with a number, in any context, by {@link numberKey}. */
export type NumberIndex = ReadonlyMap<string, readonly string[]>;

/** The board around a call. */
export interface CallContext extends Pick<Board, 'pbxs' | 'extensions'> {
  readonly numbers: NumberIndex;
}

const numberKey = (number: string, pbxId: string) => extensionId(number, '', pbxId);
const keyOfId = (id: string) => id.slice(0, id.length - contextOf(id).length);

export function numberIndexOf(extensions: Iterable<Extension>): NumberIndex {
  const index = new Map<string, string[]>();
  for (const extension of extensions)
    for (const key of new Set(numbersOf(extension).map(keyOfId))) {
      const ids = index.get(key);
      if (ids === undefined) index.set(key, [extension.id]);
      else ids.push(extension.id);
    }
  return index;
}

/**
 * Returns a call as an account sees it; null where it does not. Own calls are those of an assigned extension, and outside
 * lines that it parked: they are in full, but for ids of entries that are not visible.
 */
export function visibleCall(call: Call, viewer: CallViewer, context: CallContext): Call | null {
  const isOfAccount = isCallOfAccount(call, viewer, context);
  if (!isOfAccount && viewer.others === 'nothing') return null;
  const { limits, assigned } = viewer;
  const visible = limits === null ? call : limitedCall(call, { limits, assigned, isOfAccount, context });
  const hidesNumbers = !isOfAccount && viewer.others === 'name-only';
  return visible !== null && hidesNumbers ? mapParties(visible, nameOnly) : visible;
}

/** Returns the ids of all entries, which may be absent, on which it depends who sees what of a call. */
export function entriesOfCall(call: Call, { pbxs, numbers }: Omit<CallContext, 'extensions'>): string[] {
  const { extensions, self, party, parking } = call;
  const parties = [self, party, parking?.by];
  const pbxId = pbxIdOf(call.id, pbxs.keys());
  const texts = [...parties.map((each) => each?.number), ...textsOf(call), parking?.lot];
  return [
    ...extensions,
    ...parties.flatMap((each) => each?.extension ?? []),
    ...texts.flatMap((text) => (text === undefined ? [] : (numbers.get(numberKey(text, pbxId)) ?? []))),
  ];
}

function isCallOfAccount(
  { extensions, parking }: Call,
  { assigned }: CallViewer,
  context: CallContext,
): boolean {
  if (assigned.length === 0) return false;
  const isAssignedId = (id: string) =>
    isAssigned(assigned, context.extensions.get(id) ?? { id, aliases: undefined });
  const parker = parking?.by?.extension;
  return extensions.length > 0 ? extensions.some(isAssignedId) : parker !== undefined && isAssignedId(parker);
}

/** Texts that may be the number of an entry to which a line without entries belongs. */
const textsOf = ({ queue, room, mailbox, parking }: Call) => [queue, room, mailbox, parking?.slot];

interface LimitedOptions {
  readonly limits: Limits;
  readonly assigned: readonly string[];
  readonly isOfAccount: boolean;
  readonly context: CallContext;
}

function limitedCall(call: Call, { limits, assigned, isOfAccount, context }: LimitedOptions): Call | null {
  const pbxId = pbxIdOf(call.id, context.pbxs.keys());

  function formOf(id: string): Extension | null {
    const extension = context.extensions.get(id);
    return extension === undefined ? null : visibleForm(extension, { limits, assigned });
  }

  /** Returns for each entry with this number whether the account sees it with the number. */
  function sightOf(number: string): readonly boolean[] {
    const key = numberKey(number, pbxId);
    return (context.numbers.get(key) ?? []).map((id) => hasNumber(formOf(id), key));
  }
  const isHidden = (number: string) => sightOf(number).includes(false);
  const shown = (text: string) => (isOfAccount || !isHidden(text) ? text : '');

  function visibleParty(party: CallParty): CallParty {
    const { extension, ...others } = party;
    const form = extension === undefined ? null : formOf(extension);
    if (isOfAccount) return form === null ? others : { ...party, extension: form.id };
    if (form === null) return extension === undefined && !isHidden(party.number) ? party : HIDDEN_PARTY;
    const isShown = hasNumber(form, numberKey(party.number, pbxId)) || !isHidden(party.number);
    return { ...party, number: isShown ? party.number : '', extension: form.id };
  }

  function isOutsideLineVisible(): boolean {
    const isWholePbx =
      isPbxWithinLimits(limits, pbxId) && limits.contexts.length === 0 && limits.departments.length === 0;
    return (
      isWholePbx ||
      isOfAccount ||
      [call.self, call.party, call.parking?.by].some(
        (party) => party?.extension !== undefined && formOf(party.extension) !== null,
      ) ||
      textsOf(call).some((text) => {
        const sight = text === undefined ? [] : sightOf(text);
        return sight.length > 0 && !sight.includes(false);
      })
    );
  }

  const extensions = call.extensions.flatMap((id) => formOf(id)?.id ?? []);
  const isVisible = call.extensions.length > 0 ? extensions.length > 0 : isOutsideLineVisible();
  if (!isVisible) return null;
  const { queue, room, mailbox, parking } = call;
  const visible = {
    ...call,
    extensions,
    ...(queue !== undefined && { queue: shown(queue) }),
    ...(room !== undefined && { room: shown(room) }),
    ...(mailbox !== undefined && { mailbox: shown(mailbox) }),
    ...(parking && { parking: { ...parking, lot: shown(parking.lot), slot: shown(parking.slot) } }),
  };
  return mapParties(visible, visibleParty);
}

const HIDDEN_PARTY: CallParty = { number: '', name: '' };

const hasNumber = (form: Extension | null, key: string) =>
  form !== null && numbersOf(form).some((id) => keyOfId(id) === key);

function mapParties(call: Call, map: (party: CallParty) => CallParty): Call {
  const { self, party, parking } = call;
  return {
    ...call,
    party: party && map(party),
    ...(self && { self: map(self) }),
    ...(parking && { parking: { ...parking, by: parking.by && map(parking.by) } }),
  };
}

/** Telephones and trunks send a number as the name where there is none. */
function nameOnly(party: CallParty): CallParty {
  const digits = party.name.replaceAll(/\P{Nd}/gu, '');
  const isNumber = digits.length >= MIN_NUMBER_DIGITS || !/\p{L}/u.test(party.name);
  const repeatsNumber = party.number !== '' && party.name.includes(party.number);
  return { ...party, number: '', name: isNumber || repeatsNumber ? '' : party.name };
}

/** A name with as many digits holds a number. */
const MIN_NUMBER_DIGITS = 5;
