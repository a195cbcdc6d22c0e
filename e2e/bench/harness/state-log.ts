import { lampFromStatus } from '@lampboard/model';
import type { Lamp } from '@lampboard/protocol';

/**
 * States that a lamp cycles through: for `DEVICE_STATE`, in `ExtensionStatus`, and in a phone's `NOTIFY`. A
 * state recurs only after five changes, so that a lost change is noticed.
 */
export const STATES = [
  { device: 'INUSE', status: 1, note: 'On the phone' },
  { device: 'RINGING', status: 8, note: 'Ringing' },
  { device: 'ONHOLD', status: 16, note: 'On hold' },
  { device: 'UNAVAILABLE', status: 4, note: 'Unavailable' },
  { device: 'NOT_INUSE', status: 0, note: 'Ready' },
] as const;

export const indexOfStatus = (status: number): number => STATES.findIndex((state) => state.status === status);
export const indexOfNote = (note: string): number => STATES.findIndex((state) => state.note === note);
export const indexOfLamp = (lamp: Lamp): number =>
  STATES.findIndex(({ status }) => lampFromStatus(status) === lamp);

/** One lamp state as an observer received it. */
export interface LampReport {
  readonly exten: string;
  readonly stateIndex: number;
  readonly timestamp: number;
}

export type Change = LampReport;

/**
 * Returns the first report of each change or of a later one of the same lamp; undefined if there is none.
 * Intermediate lamp states may be skipped. A report older than the change belongs to an earlier one.
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

/** As `firstReports`; throws if a change was not reported. */
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

export function reportTimes(
  observer: string,
  changes: readonly Change[],
  reports: readonly LampReport[],
): number[] {
  return allFirstReports(observer, changes, reports).map(({ timestamp: at }) => at);
}

export interface ReceivedText {
  readonly timestamp: number;
  readonly text: string;
}

/** Lamp reports in the text of an AMI session. */
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
