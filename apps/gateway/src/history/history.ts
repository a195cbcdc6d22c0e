import type { History } from '@lampboard/protocol';
import type Database from 'libsql';
import type { LiveBoard } from '../pbx/live-board.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { createHistoryStore } from './history-store.ts';
import { createPrune } from './prune.ts';
import { type Recorder, createRecorder } from './recorder.ts';
import { timeline } from './timeline.ts';

const DAY_MS = 86_400_000;
/** What was heard is written down, and some of what is too old removed, so often; milliseconds. */
const WRITE_MS = 1000;

/** What lamp and presence of each extension were in the last days. */
export interface KeptHistory {
  /** None from before `since`, in milliseconds since 1970. */
  list(extension: string, since?: number): History;
  /**
   * Follows a board, one at a time; what it returns ends that, and writes down what was heard. Where another gateway
   * records by now, nothing is written.
   */
  record(board: Pick<LiveBoard, 'subscribe'>, mayWrite?: () => boolean): () => void;
}

interface HistoryOptions {
  readonly db: Database.Database;
  readonly writer: Pick<StoreWriter, 'attempt'>;
  readonly now: () => number;
  /** The time by which what is old is removed, in milliseconds since 1970. */
  readonly retentionNow: () => number;
  /** Whether Asterisk is followed by now, here or by another gateway. */
  readonly isLive?: () => boolean;
  /** Milliseconds; 0: nothing is kept. */
  readonly keepMs: number;
}

export function createHistory(options: HistoryOptions): KeptHistory {
  const { db, writer, now, keepMs } = options;
  if (keepMs > 0) return keepHistory(options);
  const store = createHistoryStore({ db });
  if (!store.isEmpty()) writer.attempt('history', store.clear);
  return { list: () => ({ from: now(), keepDays: 0, entries: [] }), record: () => () => {} };
}

function keepHistory(options: HistoryOptions): KeptHistory {
  const { db, writer, now, retentionNow, isLive = () => false, keepMs } = options;
  const store = createHistoryStore({ db });
  const prune = createPrune({ db, now: retentionNow, keepMs });
  let recorder: Recorder | null = null;

  function spans() {
    const kept = store.spans();
    const recorded = isLive() ? (kept.at(-1) ?? null) : null;
    const open = recorder === null ? recorded : recorder.span();
    const ended = kept.filter(({ id }) => id !== open?.id);
    return open === null ? ended : [...ended, { ...open, until: Number.POSITIVE_INFINITY }];
  }

  return {
    list(extension, since = 0) {
      recorder?.write();
      const to = now();
      const from = Math.max(to - keepMs, since);
      const entries = timeline({ entries: store.entries(extension), followed: spans(), from, to });
      return { from, keepDays: keepMs / DAY_MS, entries };
    },
    record(board, mayWrite = () => true) {
      const recording = createRecorder({
        store,
        board,
        now,
        attempt: (write) => writer.attempt('history', write),
      });
      const write = () => mayWrite() && recording.write();
      const mine = { ...recording, write };
      recorder = mine;
      const timer = setInterval(() => {
        write();
        // The next step goes on from there.
        writer.attempt('history', prune.step);
      }, WRITE_MS);
      return () => {
        clearInterval(timer);
        if (mayWrite()) recording.close();
        if (recorder === mine) recorder = null;
      };
    },
  };
}
