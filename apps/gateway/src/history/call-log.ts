import {
  type Call,
  type CallParty,
  type Delta,
  type PastCall,
  type Snapshot,
  callParty,
  pbxIdOf,
} from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { type Sight, type Viewer, isTalk } from '@lampboard/model';
import type { CommandHandlers } from '../auth/dispatcher.ts';
import { assignedSince } from '../auth/stored-account.ts';
import type { LiveBoard } from '../board/live-board.ts';
import { jsonColumn } from '../platform/store/json-column.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { writePreparer } from '../platform/store/transaction.ts';

const DAY_MS = 86_400_000;
/** Limit of a reply. */
const MAX_CALLS = 200;
const PRUNE_INTERVAL_MS = 60_000;

/** Calls of each extension that have ended. */
export type CallLog = ReturnType<typeof createCallLog>;

interface CallLogOptions {
  readonly db: Database.Database;
  readonly writer: Pick<StoreWriter, 'write' | 'attempt'>;
  readonly now: () => number;
  /** Retention clock, in milliseconds since 1970. */
  readonly retentionNow: () => number;
  /** 0 stores none. */
  readonly retentionMs: number;
}

interface RecordOptions {
  readonly board: Pick<LiveBoard, 'current' | 'subscribe'>;
  readonly pbxIds: readonly string[];
  readonly mayWrite: () => boolean;
}

const row = z.object({
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number(),
  incoming: z.number().transform((flag) => flag === 1),
  party: jsonColumn(callParty).nullable(),
});

export function createCallLog({ db, writer, now, retentionNow, retentionMs }: CallLogOptions) {
  const prepareWrite = writePreparer(db);
  const insert = prepareWrite(
    'INSERT INTO past_calls (extension, started_at, answered_at, ended_at, incoming, party) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const select = db.prepare(
    `SELECT started_at AS startedAt, answered_at AS answeredAt, ended_at AS endedAt, incoming, party FROM past_calls
     WHERE extension IN (SELECT value FROM json_each(?)) AND started_at >= ? AND ended_at > ?
     ORDER BY id DESC LIMIT ${MAX_CALLS}`,
  );
  const deleteOld = prepareWrite('DELETE FROM past_calls WHERE ended_at <= ?');
  const prune = () =>
    void writer.attempt('retention', () => void deleteOld.run(retentionNow() - retentionMs));
  prune();

  function write(call: OngoingCall): void {
    const { extensions, startedAt, answeredAt, incoming, party } = call;
    const text = party && JSON.stringify(party);
    for (const extension of extensions)
      writer.write(
        'calls',
        () => void insert.run(extension, startedAt, answeredAt, now(), Number(incoming), text),
      );
  }

  return {
    retentionDays: retentionMs / DAY_MS,
    /** Lists the calls of these numbers that began at `since` or later, in milliseconds since 1970, newest first. */
    list: (extensions: readonly string[], since: number): PastCall[] =>
      select
        .all(JSON.stringify(extensions), since, retentionNow() - retentionMs)
        .map((raw) => row.parse(raw)),
    /** Records the calls of a board of these PBXs. Returns a function that stops it; calls that go on are not recorded. */
    record({ board, pbxIds, mayWrite }: RecordOptions): () => void {
      if (retentionMs === 0) return () => {};
      const isOfBoard = (id: string) => pbxIds.includes(pbxIdOf(id, pbxIds));
      const recorder = createCallRecorder({ now, onEnd: (call) => mayWrite() && write(call) });
      let isStopped = false;
      const replace = (calls: Iterable<Call>) =>
        recorder.replace([...calls].filter(({ id }) => isOfBoard(id)));
      replace(board.current().calls.values());
      board.subscribe({
        onDelta({ changes }: Delta) {
          if (isStopped) return;
          for (const change of changes) {
            if (change.table !== 'calls') continue;
            if (change.op === 'put' && isOfBoard(change.row.id)) recorder.update(change.row);
            else if (change.op === 'remove') recorder.end(change.id);
          }
        },
        onSnapshot: ({ calls }: Snapshot) => isStopped || replace(calls),
      });
      const timer = setInterval(prune, PRUNE_INTERVAL_MS);
      return () => {
        isStopped = true;
        clearInterval(timer);
      };
    },
  };
}

interface OngoingCall {
  readonly extensions: readonly string[];
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly incoming: boolean;
  readonly party: CallParty | null;
}

/** Follows calls; one that is passed on ends for the first party, and begins for the next. */
function createCallRecorder({ now, onEnd }: { now: () => number; onEnd: (call: OngoingCall) => void }) {
  const ongoing = new Map<string, OngoingCall>();

  function end(id: string): void {
    const call = ongoing.get(id);
    ongoing.delete(id);
    if (call !== undefined && isWithSomeone(call)) onEnd(call);
  }

  function update(call: Call): void {
    const { id, extensions, incoming } = call;
    if (extensions.length === 0) return;
    const before = ongoing.get(id);
    const isPassedOn =
      before?.answeredAt != null && before.party && call.party && !isSame(before.party, call.party);
    if (isPassedOn) end(id);
    const known = isPassedOn ? undefined : before;
    const startedAt = known?.startedAt ?? call.since ?? now();
    ongoing.set(id, {
      extensions,
      incoming,
      startedAt,
      answeredAt: known?.answeredAt ?? (isTalk(call) && call.party !== null ? (call.since ?? now()) : null),
      party: call.party ?? known?.party ?? null,
    });
  }

  return {
    update,
    end,
    replace(calls: readonly Call[]) {
      const listed = new Set(calls.map(({ id }) => id));
      for (const id of ongoing.keys()) if (!listed.has(id)) end(id);
      calls.forEach(update);
    },
  };
}

/** A caller without a number may ring; a line that only hears an application calls nobody. */
const isWithSomeone = ({ party, incoming }: OngoingCall) => party !== null || incoming;

const isSame = (a: CallParty, b: CallParty) =>
  a.extension === b.extension && a.number === b.number && a.withheld === b.withheld;

interface CallLogCommandsOptions {
  callLog: Pick<CallLog, 'list' | 'retentionDays'>;
  aliasesOf: (id: string) => readonly string[];
  /** Returns null for an account that sees everything. */
  sightOf: (viewer: Viewer) => Sight | null;
}

export function createCallLogCommands({ callLog, aliasesOf, sightOf }: CallLogCommandsOptions) {
  return {
    'list-calls'({ id }, { account }) {
      const sight = sightOf(account);
      const isAssigned = account.extensions.includes(id);
      const calls = callLog
        .list([id, ...aliasesOf(id)], assignedSince(account, id))
        .map((call) => ({ ...call, party: call.party && visibleParty(call.party, { sight, isAssigned }) }));
      return { ok: true, value: { retentionDays: callLog.retentionDays, calls } };
    },
  } satisfies Partial<CommandHandlers>;
}

/** Returns a party without anything of an entry that is not visible; of an own call it stays what the phone showed. */
function visibleParty(
  { extension, ...sent }: CallParty,
  { sight, isAssigned }: { sight: Sight | null; isAssigned: boolean },
): CallParty {
  if (extension === undefined) return sent;
  const visibleId = sight === null ? extension : sight.visibleIds.get(extension);
  if (visibleId !== undefined) return { ...sent, extension: visibleId };
  return isAssigned ? sent : { number: '', name: '' };
}
