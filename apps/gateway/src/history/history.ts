import type { History } from '@lampboard/protocol';
import type Database from 'libsql';
import type { Logger } from '../log.ts';
import type { LiveBoard } from '../pbx/live-board.ts';
import { createHistoryStore } from './history-store.ts';
import { createPrune } from './prune.ts';
import { type Recorder, createRecorder } from './recorder.ts';
import { timeline } from './timeline.ts';

const DAY_MS = 86_400_000;
/** What was heard is written down, and some of what is too old removed, so often; milliseconds. */
const WRITE_MS = 1000;

/** What lamp and presence of each extension were in the last days. */
export interface KeptHistory {
  list(extension: string): History;
  /**
   * Follows a board, one at a time; what it returns ends that, and writes down what was heard. Where another gateway
   * records by now, nothing is written.
   */
  record(board: Pick<LiveBoard, 'subscribe'>, mayWrite?: () => boolean): () => void;
}

interface HistoryOptions {
  readonly db: Database.Database;
  readonly now: () => number;
  /** Whether Asterisk is followed by now, here or by another gateway. */
  readonly isLive?: () => boolean;
  /** Milliseconds; 0: nothing is kept. */
  readonly keepMs: number;
  readonly log: Logger;
}

export function createHistory(options: HistoryOptions): KeptHistory {
  const { db, now, keepMs } = options;
  if (keepMs > 0) return keepHistory(options);
  createHistoryStore({ db }).clear();
  return { list: () => ({ from: now(), keepDays: 0, entries: [] }), record: () => () => {} };
}

function keepHistory({ db, now, isLive = () => false, keepMs, log }: HistoryOptions): KeptHistory {
  const store = createHistoryStore({ db });
  const prune = createPrune({ db, now, keepMs });
  let recorder: Recorder | null = null;
  let hasFailed = false;

  function spans() {
    const kept = store.spans();
    const recorded = isLive() ? (kept.at(-1) ?? null) : null;
    const open = recorder === null ? recorded : recorder.span();
    const ended = kept.filter(({ id }) => id !== open?.id);
    return open === null ? ended : [...ended, { ...open, until: Number.POSITIVE_INFINITY }];
  }

  return {
    list(extension) {
      recorder?.write();
      const to = now();
      const from = to - keepMs;
      const entries = timeline({ entries: store.entries(extension), followed: spans(), from, to });
      return { from, keepDays: keepMs / DAY_MS, entries };
    },
    record(board, mayWrite = () => true) {
      const recording = createRecorder({
        store,
        board,
        now,
        onFailure() {
          if (!hasFailed) log.warn('the history can not be written; lamps are unknown in it until it can');
          hasFailed = true;
        },
      });
      const write = () => mayWrite() && recording.write();
      const mine = { ...recording, write };
      recorder = mine;
      const timer = setInterval(() => {
        write();
        try {
          prune.step();
        } catch {
          // The next step goes on from there.
        }
      }, WRITE_MS);
      return () => {
        clearInterval(timer);
        if (mayWrite()) recording.close();
        if (recorder === mine) recorder = null;
      };
    },
  };
}
