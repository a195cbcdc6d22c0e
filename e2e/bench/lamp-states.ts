import { lampOfStatus } from '@lampboard/board';
import type { Lamp } from '@lampboard/protocol';

/**
 * The states that a lamp is taken through, as `DEVICE_STATE` takes them, as `ExtensionStatus` tells them and as a
 * telephone's `NOTIFY` words them. They come round again only after five changes: who was told of some only is seen to.
 */
export const STATES = [
  { device: 'INUSE', status: 1, note: 'On the phone' },
  { device: 'RINGING', status: 8, note: 'Ringing' },
  { device: 'ONHOLD', status: 16, note: 'On hold' },
  { device: 'UNAVAILABLE', status: 4, note: 'Unavailable' },
  { device: 'NOT_INUSE', status: 0, note: 'Ready' },
] as const;

/** Which of them, by its place; -1: none of them. */
export const placeOfStatus = (status: number): number => STATES.findIndex((state) => state.status === status);
export const placeOfNote = (note: string): number => STATES.findIndex((state) => state.note === note);
export const placeOfLamp = (lamp: Lamp): number =>
  STATES.findIndex(({ status }) => lampOfStatus(status) === lamp);

/** One lamp as somebody was told of it: the place of its state, and when. */
export interface Told {
  readonly exten: string;
  readonly place: number;
  readonly at: number;
}

/** A change as it was made. */
export type Change = Told;

/**
 * When somebody knew of each change, or of a later one of the same lamp; throws where they never did. Lamps are levels: of
 * several changes at once only the last has to be told.
 */
export function knownAt(who: string, changes: readonly Change[], told: readonly Told[]): number[] {
  const waiting = new Map<string, { place: number; index: number }[]>();
  for (const [index, { exten, place }] of changes.entries()) {
    const its = waiting.get(exten);
    if (its === undefined) waiting.set(exten, [{ place, index }]);
    else its.push({ place, index });
  }
  const known = changes.map(() => Number.NaN);
  for (const { exten, place, at } of told) {
    const its = waiting.get(exten) ?? [];
    const found = its.findIndex((one) => one.place === place);
    for (const { index } of its.splice(0, found + 1)) known[index] = at;
  }
  const missed = known.filter(Number.isNaN).length;
  if (missed > 0) throw new Error(`${who} was not told of ${missed} of ${changes.length} changes`);
  return known;
}

/** Text as it came from an AMI session, and when it had come. */
export interface Came {
  readonly at: number;
  readonly text: string;
}

/** The lamps in what an AMI session was sent. */
export function toldByAsterisk(came: readonly Came[]): Told[] {
  const told: Told[] = [];
  let rest = '';
  for (const { at, text } of came) {
    const blocks = (rest + text).split('\r\n\r\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.startsWith('Event: ExtensionStatus\r\n')) continue;
      const exten = /\r\nExten: (.*)/.exec(block)?.[1] ?? '';
      const status = /\r\nStatus: (\d+)/.exec(block)?.[1];
      told.push({ exten, place: placeOfStatus(Number(status)), at });
    }
  }
  return told;
}
