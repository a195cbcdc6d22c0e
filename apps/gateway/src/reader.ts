import type Database from 'libsql';
import type { Accounts } from './accounts/accounts.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Edit } from './edits/edit.ts';
import type { Journal } from './edits/journal.ts';
import { keepReturnTimes } from './edits/keep-return-times.ts';
import { mayCarryOut } from './edits/may-carry-out.ts';
import { createRecordedEdit } from './edits/recorded-edit.ts';
import { createReturnTimes } from './edits/return-times.ts';
import { createStandingEdits } from './edits/standing-edits.ts';
import type { KeptHistory } from './history/history.ts';
import type { Logger } from './log.ts';
import type { StoreWriter } from './store/store-writer.ts';
import type { Metrics } from './metrics/metrics.ts';
import { type Reign, followPbx } from './pbx/follow-pbx.ts';
import type { LiveBoard } from './pbx/live-board.ts';
import type { SiteDirectory } from './pbx/site-directory.ts';

/** The PBX as the rest of the gateway sees it: a board, and edits of what is on it. */
export interface FollowedPbx {
  readonly board: Pick<LiveBoard, 'current' | 'snapshot' | 'subscribe'>;
  readonly edit: Edit;
  isLive(): boolean;
  /** Tries Asterisk at once. */
  reconnect(): void;
  /** Accounts were changed: the board calls them as they are called by now. */
  followNames(): void;
  stop(): Promise<void>;
}

/**
 * Begins to read one PBX, and to do whatever only one may do who reads it: edits with their journal, return times, and
 * the history. Who set what is known as of now.
 */
export async function startReader({
  config,
  directory,
  accounts,
  db,
  writer,
  journal,
  history,
  clock,
  metrics,
  log,
  reign,
}: {
  config: Pick<Config, 'ami' | 'contexts' | 'listBytesPerSecond'>;
  directory: SiteDirectory;
  accounts: Pick<Accounts, 'find' | 'findId' | 'names'>;
  db: Database.Database;
  writer: StoreWriter;
  journal: Journal;
  history: Pick<KeptHistory, 'record'>;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
  reign: Reign;
}): Promise<FollowedPbx> {
  const { now } = clock;
  const returnTimes = createReturnTimes({ db, writer, mayWrite: reign.holds });
  const last = [...journal.last(), ...returnTimes.list()];
  const standingEdits = createStandingEdits({
    last,
    returnTimes,
    now,
  });
  const { board, edit, isLive, reconnect, start, stop } = await followPbx({
    config,
    directory,
    standingEdits,
    reign,
    clock,
    metrics,
    log,
  });
  const recordedEdit = createRecordedEdit({ edit, journal, board: board.current, now, log });
  const stopReturns = keepReturnTimes({
    board,
    isLive,
    edit: recordedEdit,
    mayStill: (planned) => mayCarryOut(planned, accounts),
    onForbidden({ id, provider, presence, next, by, accountId }) {
      standingEdits.cancelNext(provider);
      board.observe([{ kind: 'presence', provider, presence }]);
      const to = { state: next, subtype: '', message: '' };
      const edit = {
        by,
        accountId,
        planned: true,
        at: now(),
        from: presence,
        to,
        back: null,
        result: 'forbidden',
      } as const;
      journal.record(id, provider, edit);
    },
    clock,
    log,
  });
  const stopRecording = history.record(board, reign.holds);
  start();
  followNames();

  function followNames(): void {
    const names = accounts.names();
    standingEdits.rename(names);
    board.observe([{ kind: 'accounts', names }]);
  }

  return {
    board,
    edit: recordedEdit,
    isLive,
    reconnect,
    followNames,
    async stop() {
      stopReturns();
      await stop();
      stopRecording();
    },
  };
}
