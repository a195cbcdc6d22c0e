import type { CommandHandlers } from '../auth/dispatcher.ts';
import { assignedSince } from '../auth/stored-account.ts';
import { type History, pbxIdOf } from '@lampboard/protocol';
import type Database from 'libsql';
import type { LiveBoard } from '../board/live-board.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { createHistoryStore, createPruner } from './history-store.ts';
import { type Recorder, createRecorder } from './recorder.ts';
import { type Span, joinEntries, timeline } from './timeline.ts';

const DAY_MS = 86_400_000;
/** Interval for writing changes and pruning old entries. */
const WRITE_INTERVAL_MS = 1000;

/** Lamp and presence of each extension in the last days. */
export interface StoredHistory {
  /** Lists entries from `since` on, in milliseconds since 1970, and those of the aliases where it has none. */
  list(extension: string, options?: ListOptions): History;
  /** Records a board of these PBXs, one at a time for each PBX. The returned function writes the rest and stops. */
  record(options: RecordOptions): () => void;
}

interface ListOptions {
  readonly since?: number;
  readonly aliases?: readonly string[];
}

interface RecordOptions {
  readonly board: Pick<LiveBoard, 'subscribe'>;
  readonly pbxIds: readonly string[];
  readonly mayWrite: () => boolean;
}

interface HistoryOptions {
  readonly db: Database.Database;
  readonly writer: Pick<StoreWriter, 'attempt'>;
  /** All PBXs. */
  readonly pbxIds: readonly string[];
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
  const { db, writer, pbxIds: allPbxIds, now, retentionNow, isLive = () => false, retentionMs } = options;
  const store = createHistoryStore({ db });
  const prune = createPruner({ db, now: retentionNow, retentionMs });
  /** By PBX. */
  const recorders = new Map<string, Recorder>();

  function coverageOf(pbxId: string): Span[] {
    const stored = store.spans(pbxId);
    const recorded = isLive(pbxId) ? stored.at(-1) : undefined;
    const recorder = recorders.get(pbxId);
    const open = recorder === undefined ? recorded : recorder.openSpans().find(({ pbx }) => pbx === pbxId);
    const ended = stored.filter(({ since }) => since !== open?.since);
    return open === undefined ? ended : [...ended, { ...open, until: Number.POSITIVE_INFINITY }];
  }

  return {
    list(extension, { since = 0, aliases = [] } = {}) {
      const pbxId = pbxIdOf(extension, allPbxIds);
      recorders.get(pbxId)?.write();
      const to = now();
      const from = Math.max(to - retentionMs, since);
      const stored = joinEntries([extension, ...aliases].map((id) => store.entries(id)));
      const entries = timeline({ entries: stored, coverage: coverageOf(pbxId), from, to });
      return { from, retentionDays: retentionMs / DAY_MS, entries };
    },
    record({ board, pbxIds, mayWrite }) {
      const attempt = (write: () => void) => writer.attempt('history', write);
      const recording = createRecorder({ store, board, pbxIds, now, attempt });
      const write = () => mayWrite() && recording.write();
      const current = { ...recording, write };
      for (const pbxId of pbxIds) recorders.set(pbxId, current);
      const timer = setInterval(() => {
        write();
        writer.attempt('retention', prune.step);
      }, WRITE_INTERVAL_MS);
      return () => {
        clearInterval(timer);
        if (mayWrite()) recording.close();
        for (const pbxId of pbxIds) if (recorders.get(pbxId) === current) recorders.delete(pbxId);
      };
    },
  };
}

interface HistoryCommandsOptions {
  history: Pick<StoredHistory, 'list'>;
  aliasesOf: (id: string) => readonly string[];
}

export function createHistoryCommands({ history, aliasesOf }: HistoryCommandsOptions) {
  return {
    'list-history'({ id }, { account }) {
      const since = assignedSince(account, id);
      const value = history.list(id, { since, aliases: aliasesOf(id) });
      return { ok: true, value: value.from === since ? { ...value, assignedSince: since } : value };
    },
  } satisfies Partial<CommandHandlers>;
}
