import type Database from 'libsql';
import { type LinkStatus, pbxIdOf } from '@lampboard/protocol';
import type { Accounts } from './auth/accounts.ts';
import { type EditPresence, createEditPresence } from './presence/set-presence.ts';
import { UNKNOWN_EXTENSION, failure } from './platform/failure.ts';
import type { PauseDetector } from './platform/pause-detector.ts';
import type { PresenceLog } from './presence/presence-log.ts';
import { editOf, startReturnTimeScheduler, isReturnTimeAllowed } from './presence/return-time-scheduler.ts';
import { createLoggedEdit, createRejectedEdit } from './presence/logged-edit.ts';
import { startDndFollower } from './presence/dnd-follower.ts';
import { createDndStore } from './presence/dnd-store.ts';
import { createReturnTimeStore } from './presence/return-time-store.ts';
import { type AttributionTracker, createAttributionTracker } from './presence/attribution.ts';
import type { CallLog } from './history/call-log.ts';
import type { StoredHistory } from './history/history.ts';
import type { StoreWriter } from './platform/store/store-writer.ts';
import { connectPbx } from './asterisk/connect-pbx.ts';
import { connectCalls } from './calls/connect-calls.ts';
import type { PbxEndpoint, PbxSource } from './asterisk/pbx-endpoint.ts';
import { createLiveBoard } from './board/live-board.ts';
import type { Config } from './config/config.ts';
import type { Leadership } from './board/leadership.ts';
import type { BoardService } from './presence/board-service.ts';

type ConnectOptions = Omit<Parameters<typeof connectPbx>[0], 'pbx' | 'board' | 'isLeader'>;

interface LeaderOptions extends ConnectOptions {
  config: Pick<Config, 'presenceFollowsDnd'>;
  pbxs: readonly PbxSource[];
  leadership: Leadership;
  accounts: Pick<Accounts, 'find' | 'findId' | 'names'>;
  db: Database.Database;
  writer: StoreWriter;
  presenceLog: PresenceLog;
  history: Pick<StoredHistory, 'record'>;
  callLog: Pick<CallLog, 'record'>;
  pauseDetector: PauseDetector;
}

/** Connects to PBXs and starts what only one gateway may do for each: edits and their log, return times, history. */
export async function startLeader(options: LeaderOptions): Promise<BoardService> {
  const { accounts, db, writer, presenceLog, history, pauseDetector, leadership } = options;
  const { clock, metrics, log } = options;
  const { now } = clock;
  const mayWrite = leadership.isLeader;
  const pbxIds = options.pbxs.map(({ info }) => info.id);
  const endpoints = await Promise.all(options.pbxs.map(({ open }) => open()));
  const attributions = new Map<string, AttributionTracker>();
  const connecting: LinkStatus = { state: 'down', since: now(), reason: 'connecting' };
  const board = createLiveBoard({
    pbxs: endpoints.map(({ info, calls }) => ({ ...info, ...(calls && { callsLink: connecting }) })),
    clock,
    findAttribution: (pbxId, provider, presence) =>
      attributions.get(pbxId)?.findAttribution(provider, presence) ?? null,
    onSent: metrics.deltaSent,
    lastKnown: leadership.lastKnown,
  });
  const connected = new Map(endpoints.map((pbx) => [pbx.info.id, connect(pbx)]));
  const recording = { presenceLog, board: board.current, now, log };
  const loggedEdit = createLoggedEdit({ ...recording, edit });
  const forbiddenEdit = createRejectedEdit(failure('forbidden', ''), recording);
  const stopReturnTimes = startReturnTimeScheduler({
    board,
    isLive,
    edit: loggedEdit,
    isStillAllowed: (scheduled) => isReturnTimeAllowed(scheduled, accounts, board.current()),
    onForbidden(scheduled) {
      const { id, provider, presence } = scheduled;
      const pbxId = pbxIdOf(id, pbxIds);
      attributions.get(pbxId)?.clearNextState(provider);
      board.apply(pbxId, [{ kind: 'presence', provider, presence }]);
      void forbiddenEdit(...editOf(scheduled));
    },
    clock,
    log,
  });
  if (options.config.presenceFollowsDnd) {
    const store = createDndStore({ db, writer, mayWrite });
    startDndFollower({
      board,
      isLive: (id) => isLive(pbxIdOf(id, pbxIds)),
      edit: loggedEdit,
      store,
      log,
    });
  }
  const recordings = [history, options.callLog].map(({ record }) => record({ board, pbxIds, mayWrite }));
  for (const { start } of connected.values()) start();
  refreshAccountNames();

  function isLive(pbxId: string): boolean {
    return connected.get(pbxId)?.isLive() === true;
  }

  function trackAttributions(pbxId: string) {
    const returnTimeStore = createReturnTimeStore({ db, writer, pbxId, mayWrite });
    const lastEdits = [...presenceLog.last(pbxId), ...returnTimeStore.list()];
    return createAttributionTracker({ lastEdits, returnTimeStore, now });
  }

  function connect(pbx: PbxEndpoint) {
    const { id: pbxId } = pbx.info;
    const attribution = trackAttributions(pbxId);
    attributions.set(pbxId, attribution);
    const calls = pbx.calls && connectCalls({ ...options, pbx: pbx.info, endpoint: pbx.calls, board });
    // The previous leader may have shown some.
    if (calls === null) board.apply(pbxId, [{ kind: 'calls', calls: [] }]);
    const connection = connectPbx({
      ...options,
      pbx,
      board,
      isLeader: leadership.isLeader,
      onEntries: (entries) => calls?.setEntries(entries),
    });
    const editPresence = createEditPresence({
      ...connection,
      board: board.current,
      attribution,
      pauseDetector,
      clock,
    });
    return {
      ...connection,
      edit: editPresence,
      start() {
        connection.start();
        calls?.start();
      },
      reconnect() {
        connection.reconnect();
        calls?.reconnect();
      },
      async stop() {
        await Promise.all([connection.stop(), calls?.stop()]);
      },
    };
  }

  function edit(...args: Parameters<EditPresence>): ReturnType<EditPresence> {
    const [{ id }] = args;
    return connected.get(pbxIdOf(id, pbxIds))?.edit(...args) ?? Promise.resolve(UNKNOWN_EXTENSION);
  }

  function refreshAccountNames(): void {
    const names = accounts.names();
    for (const [pbxId, attribution] of attributions) {
      attribution.rename(names);
      board.apply(pbxId, [{ kind: 'accounts', names }]);
    }
  }

  return {
    board,
    edit: loggedEdit,
    reconnect() {
      for (const { reconnect } of connected.values()) reconnect();
    },
    refreshAccountNames,
    async stop() {
      stopReturnTimes();
      await Promise.all(Array.from(connected.values(), ({ stop }) => stop()));
      for (const stopRecording of recordings) stopRecording();
    },
  };
}
