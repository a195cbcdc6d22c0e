import type { DirectoryFields, Kind } from '@lampboard/protocol';
import type { HintState, Entry } from './facts.ts';
import { type Hint, parseHint, providerKey } from './hint.ts';
import { phoneDevices } from './lamp.ts';

/** Kinds by device, in the forms of FreePBX's modules and of Asterisk itself; all devices of a hint must match. */
const KIND_BY_DEVICE: readonly (readonly [RegExp, Kind])[] = [
  // An agent's pause is a device of the queue.
  [/^(?:Custom:(?:(?:DEV)?(?:DND|CF)|FOLLOWME|QUEUE)\d|Queue:.*_pause_)/iu, 'feature-code'],
  [/^Custom:(?:TC\d|.*night)/iu, 'switch'],
  [/^MWI:/iu, 'mailbox'],
  [/^park:/iu, 'parking'],
  [/^(?:confbridge|meetme):/iu, 'conference'],
  // Whether agents are free is the opposite of callers who wait.
  [/^Queue:.*_avail$/iu, 'other'],
  [/^Queue:/iu, 'queue'],
];
/** Contexts of FreePBX in which every custom device is of one kind. */
const KIND_BY_CONTEXT: Readonly<Record<string, Kind>> = {
  'app-daynight-toggle': 'switch',
  'timeconditions-toggles': 'switch',
  'ext-dnd-hints': 'feature-code',
  'ext-cf-hints': 'feature-code',
  'ext-findmefollow': 'feature-code',
};
/** Switches and mailboxes have feature codes as their numbers. */
const DIALLED_BY_CODE: ReadonlySet<Kind> = new Set(['switch', 'mailbox']);

const isCode = (exten: string) => /^[*#]/u.test(exten);

/** Returns what a hint is by its devices, its number and its context. */
export function kindOfHint(exten: string, context: string, hint: Hint): Kind {
  const kind = kindOfDevices(context, hint);
  return isCode(exten) && !DIALLED_BY_CODE.has(kind) ? 'feature-code' : kind;
}

function kindOfDevices(context: string, hint: Hint): Kind {
  if (hint.provider !== null || phoneDevices(hint).length > 0) return 'person';
  const { devices } = hint;
  const match = KIND_BY_DEVICE.find(([pattern]) => devices.every((device) => pattern.test(device)));
  const byDevice = devices.length === 0 ? undefined : match?.[1];
  return byDevice ?? KIND_BY_CONTEXT[context] ?? 'other';
}

/** A correction of a hint's kind or visibility, by the directory; without a kind the hint itself tells. */
export type KindCorrection = Pick<DirectoryFields, 'kind' | 'hidden'>;

interface ClassifyOptions {
  /** Contexts in their order of preference; null for the alphabet's. */
  readonly contexts: readonly string[] | null;
  readonly correctionOf: (hint: HintState) => KindCorrection;
}

/** `hidden`: hints that are no entries of the board. Further numbers of an entry are its aliases. */
export interface ClassifiedHints {
  readonly entries: readonly Entry[];
  readonly hidden: readonly Entry[];
}

/**
 * Returns the entries that hints make. Hints of the same devices and presence are one entry: its number is the shortest
 * that is no feature code, and the others, such as FreePBX's intercom keys, are further numbers. A hint without presence
 * belongs to the entry of the same phones, which is not known by it. Feature codes are hidden.
 */
export function classifyHints(hints: readonly HintState[], options: ClassifyOptions): ClassifiedHints {
  const entries: Entry[] = [];
  const hidden: Entry[] = [];
  for (const group of groupHints(hints)) {
    const [main, ...others] = group.toSorted(compareNumbers(options.contexts));
    if (main === undefined) continue;
    const corrected = others.filter((hint) => options.correctionOf(hint).kind);
    const aliases = others.filter((hint) => !corrected.includes(hint));
    for (const [hint, further] of [[main, aliases] as const, ...corrected.map((one) => [one, []] as const)]) {
      const correction = options.correctionOf(hint);
      const parsed = parseHint(hint.hint);
      const kind = correction.kind ?? kindOfHint(hint.exten, hint.context, parsed);
      const lot = kind === 'parking' && parsed.devices.length > 1;
      const isHidden = kind === 'feature-code' || correction.hidden === true;
      (isHidden ? hidden : entries).push({ ...hint, kind, lot, aliases: further });
    }
  }
  return { entries, hidden };
}

/** Returns hints of the same devices and presence together, in the order of the first of each. */
function groupHints(hints: readonly HintState[]): HintState[][] {
  const groups = new Map<string, HintState[]>();
  /** Groups with a presence, by their phones; null where there are several. */
  const groupOfPhones = new Map<string, string | null>();
  const parsed = hints.map((state) => {
    const hint = parseHint(state.hint);
    const phones = deviceKey(phoneDevices(hint));
    return { state, phones, provider: hint.provider, devices: deviceKey(hint.devices) };
  });
  for (const { phones, provider } of parsed) {
    if (phones === '' || provider === null) continue;
    const key = `${phones},${providerKey(provider)}`;
    const known = groupOfPhones.get(phones);
    groupOfPhones.set(phones, known === undefined || known === key ? key : null);
  }
  for (const { state, phones, provider, devices } of parsed) {
    const key =
      provider !== null
        ? `${phones},${providerKey(provider)}`
        : phones === ''
          ? devices || `${state.exten}@${state.context}`
          : (groupOfPhones.get(phones) ?? phones);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [state]);
    else group.push(state);
  }
  return [...groups.values()];
}

const deviceKey = (devices: readonly string[]) => devices.map(providerKey).toSorted().join('&');

/** Orders the numbers of one entry, the one that it is known by first. */
function compareNumbers(contexts: readonly string[] | null) {
  const position = ({ context }: HintState) => contexts?.indexOf(context) ?? 0;
  const hasPresence = ({ hint }: HintState) => parseHint(hint).provider !== null;
  const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return (a: HintState, b: HintState): number =>
    Number(isCode(a.exten)) - Number(isCode(b.exten)) ||
    Number(hasPresence(b)) - Number(hasPresence(a)) ||
    a.exten.length - b.exten.length ||
    compareText(a.exten, b.exten) ||
    position(a) - position(b) ||
    compareText(a.context, b.context);
}
