import { lampFromStatus } from '@lampboard/model';
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
export const indexOfStatus = (status: number): number => STATES.findIndex((state) => state.status === status);
export const indexOfNote = (note: string): number => STATES.findIndex((state) => state.note === note);
export const indexOfLamp = (lamp: Lamp): number =>
  STATES.findIndex(({ status }) => lampFromStatus(status) === lamp);

/** One lamp as somebody was told of it: the place of its state, and when. */
export interface LampReport {
  readonly exten: string;
  readonly stateIndex: number;
  readonly timestamp: number;
}

/** A change as it was made. */
export type Change = LampReport;

/**
 * What told somebody of each change, or of a later one of the same lamp; undefined where nothing did. Lamps are levels: of
 * several changes at once only the last has to be told. Nobody knows of a change before it was made: what is told again
 * is of an earlier one.
 */
export function firstReports<T extends LampReport>(
  changes: readonly Change[],
  reports: readonly T[],
): (T | undefined)[] {
  const pending = new Map<string, number[]>();
  for (const [index, { exten }] of changes.entries()) {
    const indexes = pending.get(exten);
    if (indexes === undefined) pending.set(exten, [index]);
    else indexes.push(index);
  }
  const first: (T | undefined)[] = changes.map(() => undefined);
  for (const report of reports) {
    const indexes = pending.get(report.exten) ?? [];
    const found = indexes.findIndex((index) => {
      const change = changes[index];
      return (
        change !== undefined &&
        change.stateIndex === report.stateIndex &&
        change.timestamp <= report.timestamp
      );
    });
    for (const index of indexes.splice(0, found + 1)) first[index] = report;
  }
  return first;
}

/** As `knownBy`, of somebody who has to be told of all; throws where they were not. */
export function allFirstReports<T extends LampReport>(
  observer: string,
  changes: readonly Change[],
  reports: readonly T[],
): T[] {
  const all = firstReports(changes, reports).filter((report) => report !== undefined);
  const missed = changes.length - all.length;
  if (missed > 0) throw new Error(`${observer} was not told of ${missed} of ${changes.length} changes`);
  return all;
}

/** When somebody knew of each change. */
export function reportTimes(
  observer: string,
  changes: readonly Change[],
  reports: readonly LampReport[],
): number[] {
  return allFirstReports(observer, changes, reports).map(({ timestamp: at }) => at);
}

/** Text as it came from an AMI session, and when it had come. */
export interface ReceivedText {
  readonly timestamp: number;
  readonly text: string;
}

/** The lamps in what an AMI session was sent. */
export function lampReportsIn(received: readonly ReceivedText[]): LampReport[] {
  const reports: LampReport[] = [];
  let rest = '';
  for (const { timestamp: at, text } of received) {
    const blocks = (rest + text).split('\r\n\r\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.startsWith('Event: ExtensionStatus\r\n')) continue;
      const exten = /\r\nExten: (.*)/.exec(block)?.[1] ?? '';
      const status = /\r\nStatus: (\d+)/.exec(block)?.[1];
      reports.push({ exten, stateIndex: indexOfStatus(Number(status)), timestamp: at });
    }
  }
  return reports;
}
