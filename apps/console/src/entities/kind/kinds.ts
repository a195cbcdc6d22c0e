import type { Extension, Kind, Lamp } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** Functions that are no people: each kind is a group of its own. */
const LINE_KINDS = ['queue', 'parking', 'conference', 'switch', 'mailbox'] as const satisfies readonly Kind[];
type LineKind = (typeof LINE_KINDS)[number];

/** Kinds that are groups, in the order of the sidebar. Rooms are among the people too. */
export const GROUPED_KINDS = [...LINE_KINDS, 'room'] as const;
export type GroupedKind = (typeof GROUPED_KINDS)[number];

export type EntryKind = Pick<Extension, 'kind' | 'lot'>;

const lineKindOf = (kind: Kind): LineKind | null => LINE_KINDS.find((line) => line === kind) ?? null;

const LINE_KIND_SET: ReadonlySet<Kind> = new Set(LINE_KINDS);

/** True for what is neither a person nor a room, and not among the people of the board. */
export const isLine = ({ kind }: Pick<Extension, 'kind'>): boolean => LINE_KIND_SET.has(kind);

export const isGroupedKind = (kind: string | null): kind is GroupedKind =>
  GROUPED_KINDS.some((grouped) => grouped === kind);

const RESTING_LAMPS: readonly Lamp[] = ['idle', 'unavailable', 'unknown'];

/** Returns whether a line is taken, on or in use, a queue has callers, or a mailbox has messages. */
export const isActiveLamp = (lamp: Lamp): boolean => !RESTING_LAMPS.includes(lamp);

/** Returns the word for a lamp of an entry: a switch is on or off, a slot taken or free, a phone on a call. */
export function lampLabel(t: Translate, { kind, lot }: EntryKind, lamp: Lamp): string {
  if (kind === 'other') return t(lamp === 'in-use' ? 'line.other.on' : `lamp.${lamp}`);
  const line = lineKindOf(kind);
  if (line === null || lamp === 'unavailable' || lamp === 'unknown') return t(`lamp.${lamp}`);
  return t(`line.${lot === true ? 'lot' : line}.${isActiveLamp(lamp) ? 'on' : 'off'}`);
}

/** Returns what an entry is, such as `Parking`; null for people, and for what no kind fits. */
export function kindLabel(t: Translate, { kind, lot }: EntryKind): string | null {
  if (lot === true) return t('kind.lot');
  const grouped = GROUPED_KINDS.find((other) => other === kind);
  return grouped === undefined ? null : t(`kind.${grouped}`);
}
