import { ONLY_PBX } from '@lampboard/protocol';
import type Database from 'libsql';
import type { Accounts } from './auth/accounts.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './config/config.ts';
import { createEditPresence } from './presence/set-presence.ts';
import type { PresenceLog } from './presence/presence-log.ts';
import { startReturnTimeScheduler, isReturnTimeAllowed } from './presence/return-time-scheduler.ts';
import { createAuditedEdit } from './presence/audited-edit.ts';
import { createReturnTimeStore } from './presence/return-time-store.ts';
import { createAttributionTracker } from './presence/attribution.ts';
import type { StoredHistory } from './history/history.ts';
import type { Logger } from './platform/log.ts';
import type { StoreWriter } from './platform/store/store-writer.ts';
import type { Metrics } from './metrics/metrics.ts';
import { type Leadership, connectPbx } from './asterisk/connect-pbx.ts';
import type { SiteDirectory } from './extensions/site-directory.ts';
import type { PbxConnection } from './presence/pbx-connection.ts';

/**
 * Connects to the PBX and starts everything that only one gateway may do: edits with their audit log, return times and
 * the history.
 */
export async function startLeader({
  config,
  directory,
  accounts,
  db,
  writer,
  presenceLog,
  history,
  clock,
  metrics,
  log,
  leadership,
}: {
  config: Pick<Config, 'ami' | 'contexts' | 'listBytesPerSecond'>;
  directory: SiteDirectory;
  accounts: Pick<Accounts, 'find' | 'findId' | 'names'>;
  db: Database.Database;
  writer: StoreWriter;
  presenceLog: PresenceLog;
  history: Pick<StoredHistory, 'record'>;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
  leadership: Leadership;
}): Promise<PbxConnection> {
  const { now } = clock;
  const returnTimeStore = createReturnTimeStore({
    db,
    writer,
    pbxId: ONLY_PBX,
    mayWrite: leadership.isLeader,
  });
  const lastEdits = [...presenceLog.last(ONLY_PBX), ...returnTimeStore.list()];
  const attribution = createAttributionTracker({ lastEdits, returnTimeStore, now });
  const { board, store, pauseDetector, isLive, reconnect, start, stop } = await connectPbx({
    config,
    directory,
    findAttribution: attribution.findAttribution,
    leadership,
    clock,
    metrics,
    log,
  });
  const edit = createEditPresence({
    board: board.current,
    isLive,
    store,
    attribution,
    pauseDetector,
    clock,
  });
  const auditedEdit = createAuditedEdit({ edit, presenceLog, board: board.current, now, log });
  const stopReturnTimes = startReturnTimeScheduler({
    board,
    isLive,
    edit: auditedEdit,
    isStillAllowed: (scheduled) => isReturnTimeAllowed(scheduled, accounts),
    onForbidden({ id, provider, presence, thenState, actorName, accountId }) {
      attribution.clearNextState(provider);
      board.apply(ONLY_PBX, [{ kind: 'presence', provider, presence }]);
      const to = { state: thenState, subtype: '', message: '' };
      const entry = {
        actor: actorName,
        accountId,
        isScheduled: true,
        timestamp: now(),
        from: presence,
        to,
        returnTime: null,
        result: 'forbidden',
      } as const;
      presenceLog.record({ pbxId: ONLY_PBX, extension: id, provider }, entry);
    },
    clock,
    log,
  });
  const stopRecording = history.record(board, leadership.isLeader);
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
