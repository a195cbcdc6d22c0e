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
 * What told somebody of each change, or of a later one of the same lamp; undefined where nothing did. Lamps are levels: of
 * several changes at once only the last has to be told. Nobody knows of a change before it was made: what is told again
 * is of an earlier one.
 */
export function knownBy<T extends Told>(changes: readonly Change[], told: readonly T[]): (T | undefined)[] {
  const waiting = new Map<string, number[]>();
  for (const [index, { exten }] of changes.entries()) {
    const its = waiting.get(exten);
    if (its === undefined) waiting.set(exten, [index]);
    else its.push(index);
  }
  const known: (T | undefined)[] = changes.map(() => undefined);
  for (const one of told) {
    const its = waiting.get(one.exten) ?? [];
    const found = its.findIndex((index) => {
      const change = changes[index];
      return change !== undefined && change.place === one.place && change.at <= one.at;
    });
    for (const index of its.splice(0, found + 1)) known[index] = one;
  }
  return known;
}

/** As `knownBy`, of somebody who has to be told of all; throws where they were not. */
export function allKnownBy<T extends Told>(who: string, changes: readonly Change[], told: readonly T[]): T[] {
  const all = knownBy(changes, told).filter((one) => one !== undefined);
  const missed = changes.length - all.length;
  if (missed > 0) throw new Error(`${who} was not told of ${missed} of ${changes.length} changes`);
  return all;
}

/** When somebody knew of each change. */
export function knownAt(who: string, changes: readonly Change[], told: readonly Told[]): number[] {
  return allKnownBy(who, changes, told).map(({ at }) => at);
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
