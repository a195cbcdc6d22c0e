import { type CallParty, UNSAFE_IN_NUMBER } from '@lampboard/protocol';
import { type Channel, type ChannelDetails, CHANNEL_STATE, deviceOf } from './channel.ts';

/** Lines of a PBX, their details and their entries. */
export interface Directory {
  /** Returns all lines with a Linkedid, of which there may be several calls: Linkedids merge. */
  readonly linked: (linkedid: string) => readonly Channel[];
  readonly details: ReadonlyMap<string, ChannelDetails>;
  readonly extensionsOfDevice: (device: string) => readonly string[];
  readonly extensionOfNumber: (number: string) => string | null;
}

const MAX_NUMBER_LENGTH = 40;
/** Texts that Asterisk and telephones send instead of a number or a name. */
const UNKNOWN = /^(?:<unknown>|unknown|anonymous|unavailable|asterisk)?$/iu;
/** Control characters, line breaks, and marks that reverse the direction of text around them. */
const UNSAFE_IN_NAME = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** SIP's own escapes, which Asterisk leaves in a name. */
const QUOTED_PAIR = /\\(["\\])/gu;

/** Returns a number without anything that no number has. */
export function cleanNumber(number: string): string {
  return UNKNOWN.test(number) ? '' : number.replaceAll(UNSAFE_IN_NUMBER, '').slice(0, MAX_NUMBER_LENGTH);
}

/** Returns at most 80 characters of a name, without any that are not shown. */
export function cleanName(name: string): string {
  if (UNKNOWN.test(name)) return '';
  return (
    /^.{0,80}/u.exec(name.replaceAll(UNSAFE_IN_NAME, '').replaceAll(QUOTED_PAIR, '$1').trim())?.[0] ?? ''
  );
}

const WITHHELD: CallParty = { number: '', name: '', withheld: true };

/** Returns whose line an outside channel is; null where it is unknown, also before its details are known. */
export function outsideParty(channel: Channel, { details }: Pick<Directory, 'details'>): CallParty | null {
  const known = details.get(channel.uniqueid);
  if (known?.isWithheld) return WITHHELD;
  return known === undefined ? null : partyOf(channel.callerNumber, channel.callerName);
}

/**
 * Returns the party that a line is connected with; null where it is unknown. `others` are the lines that hear it. Asterisk's
 * own `ConnectedLine` names the party through any number of Local channels, forwards and transfers. An outside caller is
 * never taken for an entry whose number it sends, nor named before Asterisk said that it may be.
 */
export function connectedParty(
  line: Channel,
  others: readonly Channel[],
  directory: Directory,
): CallParty | null {
  const linked = directory.linked(line.linkedid).filter((other) => other !== line);
  const candidates = others.length > 0 ? others : linesWithConnectedNumber(line, directory);
  const [first, second] = candidates;
  const party =
    partyOf(line.connectedNumber, line.connectedName) ??
    (first && partyOf(first.callerNumber, first.callerName));
  const extension =
    first === undefined || second !== undefined ? undefined : entryOf(first, line.connectedNumber, directory);
  const isWithheld = ({ uniqueid }: Channel) => directory.details.get(uniqueid)?.isWithheld === true;
  if (extension !== undefined) {
    // As long as Asterisk names the party before a transfer.
    const isOther = linked.some((other) => other.callerNumber === line.connectedNumber && isWithheld(other));
    return { number: '', name: '', ...(isOther ? null : party), extension };
  }

  const isOutside = (channel: Channel) => directory.extensionsOfDevice(deviceOf(channel)).length === 0;
  const outside = candidates.filter(isOutside);
  const relevant = outside.length > 0 ? outside : linked.filter(isOutside);
  if (relevant.some(isWithheld)) return WITHHELD;
  if (relevant.some(({ uniqueid }) => !directory.details.has(uniqueid)) || !party) return null;
  const entry = outside.length > 0 ? null : directory.extensionOfNumber(party.number);
  return entry === null ? party : { ...party, extension: entry };
}

/** Returns the entry of a line: of several hints with its device the one that was called, or that calls. */
function entryOf(
  line: Channel,
  calledNumber: string,
  { extensionsOfDevice, extensionOfNumber }: Directory,
): string | undefined {
  const entries = extensionsOfDevice(deviceOf(line));
  const byNumber = [calledNumber, line.callerNumber].map(extensionOfNumber);
  return byNumber.find((id) => id !== null && entries.includes(id)) ?? entries[0];
}

/**
 * Returns the lines of the same call with the number that a line is connected with. A number that the dialplan made up is no
 * line's: then the one that calls is meant, if there is just one.
 */
export function linesWithConnectedNumber(line: Channel, { linked }: Pick<Directory, 'linked'>) {
  const others = linked(line.linkedid).filter((other) => other !== line);
  const found = others.filter(({ callerNumber }) => callerNumber === line.connectedNumber);
  if (found.length > 0 || line.state !== CHANNEL_STATE.ringing) return found;
  const callers = others.filter(({ state, bridgeId }) => state !== CHANNEL_STATE.ringing && bridgeId === '');
  return callers.length === 1 ? callers : [];
}

/** Returns the party at the number that a line has dialled; null where it has dialled none. */
export function dialledParty({ exten }: Channel, { extensionOfNumber }: Directory): CallParty | null {
  const party = partyOf(exten, '');
  const extension = party && extensionOfNumber(party.number);
  return party && extension !== null ? { ...party, extension } : party;
}

function partyOf(sentNumber: string, sentName: string): CallParty | null {
  const number = cleanNumber(sentNumber);
  const name = cleanName(sentName);
  return number === '' && name === '' ? null : { number, name };
}
