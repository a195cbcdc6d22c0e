import type { CommandHandlers } from '../auth/dispatcher.ts';
import { assignedSince } from '../auth/stored-account.ts';
import { type History, pbxIdOf } from '@lampboard/protocol';
import type Database from 'libsql';
import type { LiveBoard } from '../board/live-board.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { createHistoryStore, createPruner } from './history-store.ts';
import { type Recorder, createRecorder } from './recorder.ts';
import { timeline } from './timeline.ts';

const DAY_MS = 86_400_000;
/** Interval for writing changes and pruning old entries. */
const WRITE_INTERVAL_MS = 1000;

/** Lamp and presence of each extension in the last days. */
export interface StoredHistory {
  /** Lists entries from `since` on, in milliseconds since 1970. */
  list(extension: string, since?: number): History;
  /** Records one board at a time, while `mayWrite`. The returned function writes the rest and stops. */
  record(board: Pick<LiveBoard, 'subscribe'>, mayWrite?: () => boolean): () => void;
}

interface HistoryOptions {
  readonly db: Database.Database;
  readonly writer: Pick<StoreWriter, 'attempt'>;
  readonly now: () => number;
  /** Retention clock, in milliseconds since 1970. */
  readonly retentionNow: () => number;
  /** True if this or another gateway follows the PBX. */
  readonly isLive?: (pbxId: string) => boolean;
  /** 0 disables the history. */
  readonly retentionMs: number;
}

export function createHistory(options: HistoryOptions): StoredHistory {
  const { db, writer, now, retentionMs } = options;
  if (retentionMs > 0) return createStoredHistory(options);
  const store = createHistoryStore({ db });
  if (!store.isEmpty()) writer.attempt('history', store.clear);
  return { list: () => ({ from: now(), retentionDays: 0, entries: [] }), record: () => () => {} };
}

function createStoredHistory(options: HistoryOptions): StoredHistory {
  const { db, writer, now, retentionNow, isLive = () => false, retentionMs } = options;
  const store = createHistoryStore({ db });
  const prune = createPruner({ db, now: retentionNow, retentionMs });
  let recorder: Recorder | null = null;

  function spansOf(extension: string) {
    const all = store.spans();
    const pbxId = pbxIdOf(extension, new Set(all.map(({ pbx }) => pbx)));
    const stored = all.filter(({ pbx }) => pbx === pbxId);
    const recorded = isLive(pbxId) ? stored.at(-1) : undefined;
    const open = recorder === null ? recorded : recorder.openSpans().find(({ pbx }) => pbx === pbxId);
    const ended = stored.filter(({ id }) => id !== open?.id);
    return open === undefined ? ended : [...ended, { ...open, until: Number.POSITIVE_INFINITY }];
  }

  return {
    list(extension, since = 0) {
      recorder?.write();
      const to = now();
      const from = Math.max(to - retentionMs, since);
      const entries = timeline({ entries: store.entries(extension), coverage: spansOf(extension), from, to });
      return { from, retentionDays: retentionMs / DAY_MS, entries };
    },
    record(board, mayWrite = () => true) {
      const attempt = (write: () => void) => writer.attempt('history', write);
      const recording = createRecorder({ store, board, now, attempt });
      const write = () => mayWrite() && recording.write();
      const current = { ...recording, write };
      recorder = current;
      const timer = setInterval(() => {
        write();
        writer.attempt('history', prune.step);
      }, WRITE_INTERVAL_MS);
      return () => {
        clearInterval(timer);
        if (mayWrite()) recording.close();
        if (recorder === current) recorder = null;
      };
    },
  };
}

export function createHistoryCommands({ history }: { history: Pick<StoredHistory, 'list'> }) {
  return {
    'list-history'({ id }, { account }) {
      const since = assignedSince(account, id);
      const value = history.list(id, since);
      return { ok: true, value: value.from === since ? { ...value, assignedSince: since } : value };
    },
  } satisfies Partial<CommandHandlers>;
}
