import { ONLY_PBX } from '@lampboard/protocol';
import type Database from 'libsql';
import type { Accounts } from './auth/accounts.ts';
import { createEditPresence } from './presence/set-presence.ts';
import type { PresenceLog } from './presence/presence-log.ts';
import { startReturnTimeScheduler, isReturnTimeAllowed } from './presence/return-time-scheduler.ts';
import { createAuditedEdit } from './presence/audited-edit.ts';
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
}

/** Connects to the PBX and starts what only one gateway may do: edits and their log, return times, history. */
export async function startLeader(options: LeaderOptions): Promise<PbxConnection> {
  const { accounts, db, writer, presenceLog, history, clock, log, leadership } = options;
  const { now } = clock;
  const mayWrite = leadership.isLeader;
  const returnTimeStore = createReturnTimeStore({ db, writer, pbxId: ONLY_PBX, mayWrite });
  const lastEdits = [...presenceLog.last(ONLY_PBX), ...returnTimeStore.list()];
  const attribution = createAttributionTracker({ lastEdits, returnTimeStore, now });
  const { findAttribution } = attribution;
  const connected = await connectPbx({ ...options, findAttribution });
  const { board, store, pauseDetector, isLive, reconnect, start, stop } = connected;
  const edit = createEditPresence({ board: board.current, isLive, store, attribution, pauseDetector, clock });
  const auditedEdit = createAuditedEdit({ edit, presenceLog, board: board.current, now, log });
  const stopReturnTimes = startReturnTimeScheduler({
    board,
    isLive,
    edit: auditedEdit,
    isStillAllowed: (scheduled) => isReturnTimeAllowed(scheduled, accounts),
    onForbidden({ id, provider, presence, thenState, actorName, accountId }) {
      attribution.clearNextState(provider);
      board.apply(ONLY_PBX, [{ kind: 'presence', provider, presence }]);
      presenceLog.record(
        { pbxId: ONLY_PBX, extension: id, provider },
        {
          actor: actorName,
          accountId,
          isScheduled: true,
          timestamp: now(),
          from: presence,
          to: { state: thenState, subtype: '', message: '' },
          returnTime: null,
          result: 'forbidden',
        },
      );
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
    edit: auditedEdit,
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
