import { setTimeout as delay } from 'node:timers/promises';
import type { RealAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { openRawAmiReader } from '../../testkit/ami/raw-ami-client.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { now } from './measure.ts';
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
    pending.set(exten, pending.get(exten) ?? []);
    pending.get(exten)?.push(index);
  }
  const first: (T | undefined)[] = changes.map(() => undefined);
  for (const report of reports) {
    const indexes = pending.get(report.exten) ?? [];
    const found = indexes.findIndex((index) => {
      const { stateIndex, timestamp = Infinity } = changes[index] ?? {};
      return stateIndex === report.stateIndex && timestamp <= report.timestamp;
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
  if (missed > 0) throw new Error(`${observer} did not receive ${missed} of ${changes.length} changes`);
  return all;
}

/** Collects reports until all changes are among them, and returns the first of each; throws after 15 s. */
export async function collectAllReports(
  observer: string,
  changes: readonly Change[],
  collect: () => Promise<readonly LampReport[]>,
): Promise<LampReport[]> {
  const reports: LampReport[] = [];
  return waitUntil('the last report', async () => {
    for (const report of await collect()) reports.push(report);
    return allFirstReports(observer, changes, reports);
  });
}

export interface ReceivedText {
  readonly timestamp: number;
  readonly text: string;
}

/** Lamp reports in the text of an AMI session. */
export function lampReportsIn(received: readonly ReceivedText[]): LampReport[] {
  const reports: LampReport[] = [];
  let rest = '';
  for (const { timestamp, text } of received) {
    const blocks = (rest + text).split('\r\n\r\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.startsWith('Event: ExtensionStatus\r\n')) continue;
      const exten = /\r\nExten: (.*)/.exec(block)?.[1] ?? '';
      const status = /\r\nStatus: (\d+)/.exec(block)?.[1];
      reports.push({ exten, stateIndex: indexOfStatus(Number(status)), timestamp });
    }
  }
  return reports;
}

const LAST_ACTION_ID = 'ActionID: last';

/** Changes the lamps of `Custom:lamp<exten>`, each to its next state, through its own AMI session. */
export type LampDriver = Awaited<ReturnType<typeof openLampDriver>>;

export async function openLampDriver({ amiPort, users }: Pick<RealAsterisk, 'amiPort' | 'users'>) {
  let onLastResponse = () => {};
  let tail = '';
  const socket = await openRawAmiReader(amiPort, users.control, 'off', (bytes) => {
    tail = (tail + bytes.toString('latin1')).slice(-LAST_ACTION_ID.length - bytes.length);
    if (tail.includes(LAST_ACTION_ID)) onLastResponse();
  });
  const stateIndexes = new Map<string, number>();

  function next(exten: string): { stateIndex: number; action: string } {
    const stateIndex = ((stateIndexes.get(exten) ?? -1) + 1) % STATES.length;
    stateIndexes.set(exten, stateIndex);
    const value = STATES[stateIndex]?.device ?? '';
    const action = `Action: Setvar\r\nVariable: DEVICE_STATE(Custom:lamp${exten})\r\nValue: ${value}\r\n\r\n`;
    return { stateIndex, action };
  }

  function change(exten: string): Change {
    const { stateIndex, action } = next(exten);
    const timestamp = now();
    socket.write(action);
    return { exten, stateIndex, timestamp };
  }

  return {
    /** Sends the change without waiting; `timestamp` is the moment before. */
    change,
    /** Changes extensions at exponentially distributed intervals for `ms` milliseconds. */
    async changeRandomly(extens: readonly string[], perSecond: number, ms: number) {
      const changes: Change[] = [];
      const end = now() + ms;
      let due = now();
      let position = 0;
      while (due < end) {
        for (; due <= now(); due += (-Math.log(1 - Math.random()) * 1000) / perSecond) {
          changes.push(change(extens[position++ % extens.length] ?? ''));
        }
        await delay(Math.max(0, due - now()));
      }
      return changes;
    },
    /** Sends all changes at once, extensions in rotation; resolves when Asterisk has accepted the last. */
    async changeAll(extens: readonly string[], changes: number) {
      const extenOf = (index: number) => extens[index % extens.length] ?? '';
      const actions = Array.from({ length: changes }, (_, index) => next(extenOf(index)).action);
      await new Promise<void>((resolve) => {
        onLastResponse = resolve;
        socket.write(`${actions.join('')}Action: Ping\r\n${LAST_ACTION_ID}\r\n\r\n`);
      });
    },
    stop: async () => void socket.destroy(),
  };
}
