import { ONLY_PBX } from '@lampboard/protocol';
import type Database from 'libsql';
import type { Accounts } from './auth/accounts.ts';
import { createEditPresence } from './presence/set-presence.ts';
import { failure } from './platform/failure.ts';
import type { PauseDetector } from './platform/pause-detector.ts';
import type { PresenceLog } from './presence/presence-log.ts';
import { editOf, startReturnTimeScheduler, isReturnTimeAllowed } from './presence/return-time-scheduler.ts';
import { createLoggedEdit, createRejectedEdit } from './presence/logged-edit.ts';
import { createReturnTimeStore } from './presence/return-time-store.ts';
import { createAttributionTracker } from './presence/attribution.ts';
import type { StoredHistory } from './history/history.ts';
import type { StoreWriter } from './platform/store/store-writer.ts';
import { type ConnectOptions, connectPbx } from './asterisk/connect-pbx.ts';
import type { PbxConnection } from './presence/pbx-connection.ts';

interface LeaderOptions extends Omit<ConnectOptions, 'findAttribution'> {
  accounts: Pick<Accounts, 'find' | 'findId' | 'names'>;
  db: Database.Database;
  writer: StoreWriter;
  presenceLog: PresenceLog;
  history: Pick<StoredHistory, 'record'>;
  pauseDetector: PauseDetector;
}

/** Connects to the PBX and starts what only one gateway may do: edits and their log, return times, history. */
export async function startLeader(options: LeaderOptions): Promise<PbxConnection> {
  const { accounts, db, writer, presenceLog, history, pauseDetector, clock, log, leadership } = options;
  const { now } = clock;
  const mayWrite = leadership.isLeader;
  const returnTimeStore = createReturnTimeStore({ db, writer, pbxId: ONLY_PBX, mayWrite });
  const lastEdits = [...presenceLog.last(ONLY_PBX), ...returnTimeStore.list()];
  const attribution = createAttributionTracker({ lastEdits, returnTimeStore, now });
  const connected = await connectPbx({ ...options, findAttribution: attribution.findAttribution });
  const { board, providers, isLive, reconnect, start, stop } = connected;
  const edit = createEditPresence({
    board: board.current,
    isLive,
    providers,
    attribution,
    pauseDetector,
    clock,
  });
  const recording = { presenceLog, board: board.current, now, log };
  const loggedEdit = createLoggedEdit({ ...recording, edit });
  const forbiddenEdit = createRejectedEdit(failure('forbidden', ''), recording);
  const stopReturnTimes = startReturnTimeScheduler({
    board,
    isLive,
    edit: loggedEdit,
    isStillAllowed: (scheduled) => isReturnTimeAllowed(scheduled, accounts),
    onForbidden(scheduled) {
      const { provider, presence } = scheduled;
      attribution.clearNextState(provider);
      board.apply(ONLY_PBX, [{ kind: 'presence', provider, presence }]);
      void forbiddenEdit(...editOf(scheduled));
    },
    clock,
    log,
  });
  const stopRecording = history.record(board, mayWrite);
  start();
  refreshAccountNames();

  function refreshAccountNames(): void {
    const names = accounts.names();
    attribution.rename(names);
    board.apply(ONLY_PBX, [{ kind: 'accounts', names }]);
  }

  return {
    board,
    edit: loggedEdit,
    isLive,
    reconnect,
    refreshAccountNames,
    async stop() {
      stopReturnTimes();
      await stop();
      stopRecording();
    },
  };
}
