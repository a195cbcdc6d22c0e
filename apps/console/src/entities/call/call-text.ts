import type { Call, CallParty, CallState, Parking } from '@lampboard/protocol';
import { useCallback } from 'react';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { useCalls, useDistinctions, useLive } from '../../data/socket/live-context.tsx';
import { messageName } from '../extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import type { Translate } from '../../i18n/translate.ts';

export interface PartyText {
  /** The name of the board before the caller's own, else the number, or why there is neither. */
  readonly name: string;
  /** Empty where the name is the number, or there is none. */
  readonly number: string;
  /** The entry of the board that it is, if any. */
  readonly id: string | null;
}

/** Returns how a party is called. `isCaller`: it made the call, and did not get it. */
export function usePartyText(): (party: CallParty, isCaller: boolean) => PartyText {
  const t = useT();
  const { store } = useLive();
  const distinctions = useDistinctions();
  return useCallback(
    ({ number, name, extension: id, withheld }, isCaller) => {
      const entry = id === undefined ? undefined : extensionsOf(store.getState()).get(id);
      if (entry !== undefined)
        return { name: messageName(t, entry, distinctions), number: entry.exten, id: entry.id };
      if (name !== '') return { name, number, id: null };
      if (number !== '') return { name: number, number: '', id: null };
      const unknown = isCaller ? 'call.unknown-caller' : 'call.unknown-number';
      return { name: t(withheld === true ? 'call.withheld' : unknown), number: '', id: null };
    },
    [t, store, distinctions],
  );
}

const UNKNOWN_PARTY: CallParty = { number: '', name: '' };

/** Returns whose line it is. */
export function useOwnerText(): (call: Call) => PartyText {
  const partyText = usePartyText();
  return ({ extensions: [extension], self, incoming }) =>
    partyText(extension === undefined ? (self ?? UNKNOWN_PARTY) : { ...UNKNOWN_PARTY, extension }, !incoming);
}

/** False where neither the entry, nor name or number is known to the account. */
export const isKnownParty = (party: CallParty | null | undefined): party is CallParty =>
  party != null && (party.extension !== undefined || party.name !== '' || party.number !== '');

/** Returns who parked a call, as `by Rita Moreno`; null where that is not known. */
export function useParkerText(): (parking: Parking | undefined) => string | null {
  const t = useT();
  const partyText = usePartyText();
  return (parking) => {
    const by = parking?.by;
    return isKnownParty(by) ? t('call.parked-by', { name: partyText(by, false).name }) : null;
  };
}

/** Returns what a line does: `With Kontor AS`, `In queue Support`, `Conference 400, 3 people`; a hidden place has no name. */
export function callText(
  t: Translate,
  { state, ownPhone, queue = '', room = '', members = 1, parking, mailbox }: Call,
  /** Of the other party. */
  name: string,
): string {
  switch (state) {
    case 'dialling':
      return t(ownPhone === true ? 'call.own-phone' : 'call.dialling', { name });
    case 'ringing':
    case 'talking':
    case 'held':
    case 'holding':
      return t(`call.${state}`, { name });
    case 'parked':
      return t('call.parked', { slot: parking?.slot ?? '' }).trimEnd();
    case 'waiting':
      return t('call.waiting', { queue }).trimEnd();
    case 'conference': {
      const people = t('call.people', { count: members });
      return room === '' ? t('call.hidden-conference', { people }) : t('call.conference', { room, people });
    }
    case 'voicemail':
      return mailbox === undefined ? t('call.listening') : t('call.voicemail', { mailbox }).trimEnd();
    case 'menu':
      return t('call.menu');
  }
}

/** A line of an extension in words. */
export interface CallLine {
  readonly call: Call;
  /** `With `, the party, and what follows; the party is empty where there is none. */
  readonly before: string;
  readonly party: string;
  readonly after: string;
  /** All of it, with the number. */
  readonly label: string;
}

/** Stands for a name in a text; no name has it. */
const MARK = '\u0000';

/** In place of a party that Asterisk does not name. */
const ALONE: Readonly<Partial<Record<CallState, 'lamp.ringing' | 'lamp.on-hold'>>> = {
  ringing: 'lamp.ringing',
  held: 'lamp.on-hold',
};

/** Leaves the number of people in a conference to the end of the line. */
const shortText = (t: Translate, { state, room = '' }: Call): string | null =>
  state === 'conference' ? [t('kind.conference'), room].filter(Boolean).join(' ') : null;

/** Returns a line in words. `isPublic`: for a screen that strangers see, without numbers. */
export function useLineText(isPublic = false): (call: Call) => CallLine {
  const t = useT();
  const partyText = usePartyText();
  return (call) => {
    const [before = '', after] = callText(t, call, MARK).split(MARK);
    if (after === undefined)
      return { call, before: shortText(t, call) ?? before, party: '', after: '', label: before };
    const { party } = call;
    const isNamed = party !== null && (party.name !== '' || party.extension !== undefined);
    if (party === null || (isPublic && !isNamed)) {
      const state = t(ALONE[call.state] ?? 'lamp.in-use');
      return { call, before: state, party: '', after: '', label: state };
    }
    const { name, number } = partyText(party, call.incoming);
    const label = [before, name, after].join('');
    const isAnonymous = !isNamed && party.number === '';
    return {
      call,
      ...(isAnonymous ? { before: '', party: name, after: '' } : { before, party: name, after }),
      label: isPublic || number === '' ? label : `${label} ${number}`,
    };
  };
}

/** Returns the lines of an extension, the one in use first. */
export function useCallLines(id: string, isPublic = false): readonly CallLine[] {
  return useCalls(id).map(useLineText(isPublic));
}
