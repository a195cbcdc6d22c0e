import type Database from 'libsql';
import type { Accounts } from './auth/accounts.ts';
import { createEditPresence } from './presence/set-presence.ts';
import { failure } from './platform/failure.ts';
import type { PauseDetector } from './platform/pause-detector.ts';
import type { PresenceLog } from './presence/presence-log.ts';
import { editOf, startReturnTimeScheduler, isReturnTimeAllowed } from './presence/return-time-scheduler.ts';
import { createLoggedEdit, createRejectedEdit } from './presence/logged-edit.ts';
import { startDndFollower } from './presence/dnd-follower.ts';
import { createDndStore } from './presence/dnd-store.ts';
import { createReturnTimeStore } from './presence/return-time-store.ts';
import { createAttributionTracker } from './presence/attribution.ts';
import type { StoredHistory } from './history/history.ts';
import type { StoreWriter } from './platform/store/store-writer.ts';
import { connectPbx } from './asterisk/connect-pbx.ts';
import { externalPbx, startDemo } from './asterisk/pbx-endpoint.ts';
import { createLiveBoard } from './board/live-board.ts';
import type { Leadership } from './board/leadership.ts';
import type { Config } from './config/config.ts';
import type { BoardService } from './presence/board-service.ts';

type ConnectOptions = Omit<Parameters<typeof connectPbx>[0], 'pbx' | 'board' | 'isLeader'>;

interface LeaderOptions extends ConnectOptions {
  config: ConnectOptions['config'] & Pick<Config, 'ami' | 'presenceFollowsDnd'>;
  leadership: Leadership;
  accounts: Pick<Accounts, 'find' | 'findId' | 'names'>;
  db: Database.Database;
  writer: StoreWriter;
  presenceLog: PresenceLog;
  history: Pick<StoredHistory, 'record'>;
  pauseDetector: PauseDetector;
}

/** Connects to the PBX and starts what only one gateway may do: edits and their log, return times, history. */
export async function startLeader(options: LeaderOptions): Promise<BoardService> {
  const { config, accounts, db, writer, presenceLog, history, pauseDetector, leadership } = options;
  const { clock, metrics, log } = options;
  const { now } = clock;
  const mayWrite = leadership.isLeader;
  const pbx = config.ami === null ? await startDemo() : externalPbx(config.ami);
  const pbxId = pbx.id;
  const returnTimeStore = createReturnTimeStore({ db, writer, pbxId, mayWrite });
  const lastEdits = [...presenceLog.last(pbxId), ...returnTimeStore.list()];
  const attribution = createAttributionTracker({ lastEdits, returnTimeStore, now });
  const board = createLiveBoard({
    pbxs: [{ id: pbxId, demo: pbx.isDemo }],
    clock,
    findAttribution: attribution.findAttribution,
    onSent: metrics.deltaSent,
    lastKnown: leadership.lastKnown,
  });
  const connected = connectPbx({ ...options, pbx, board, isLeader: leadership.isLeader });
  const { presenceFunction, isLive, reconnect, start, stop } = connected;
  const edit = createEditPresence({
    board: board.current,
    isLive,
    presenceFunction,
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
      board.apply(pbxId, [{ kind: 'presence', provider, presence }]);
      void forbiddenEdit(...editOf(scheduled));
    },
    clock,
    log,
  });
  if (config.presenceFollowsDnd) {
    const store = createDndStore({ db, writer, mayWrite });
    startDndFollower({ board, isLive, edit: loggedEdit, store, log });
  }
  const stopRecording = history.record(board, mayWrite);
  start();
  refreshAccountNames();

  function refreshAccountNames(): void {
    const names = accounts.names();
    attribution.rename(names);
    board.apply(pbxId, [{ kind: 'accounts', names }]);
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
