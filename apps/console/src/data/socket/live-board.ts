import { type Timers, browserTimers } from './timers.ts';
import {
  type Me,
  SERVER_TIMEOUT_MS,
  type SetPresence,
  type SetPresenceReply,
  delta,
  me,
  snapshot,
} from '@lampboard/protocol';
import {
  type Aliases,
  type MutableBoard,
  NO_ALIASES,
  boardFromSnapshot,
  commitDelta,
  createAliasIndex,
} from '@lampboard/model';
import type * as z from 'zod/mini';
import { type StoreApi, createStore } from 'zustand/vanilla';
import { NO_CALLS, createCallIndex } from './call-index.ts';
import { createReconnector } from './reconnector.ts';
import { createThrottle } from './throttle.ts';
import { type Connection, type DownReason, type LiveState, isLive } from './connection-state.ts';
import type { CreateTransport } from './transport.ts';

/** About one display frame. */
const PUBLISH_INTERVAL_MS = 16;

export interface LiveBoard {
  readonly store: Pick<StoreApi<LiveState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Connects and reconnects until stopped; the returned function disconnects and clears the board. */
  start: () => () => void;
  /** Sends a command once; fails immediately while the board is not live, and is never queued. */
  setPresence: (command: SetPresence) => Promise<SetPresenceReply>;
  /** Reconnects to the gateway immediately, or asks it to reconnect to Asterisk. */
  reconnect: () => void;
}

interface LiveBoardOptions {
  /** Called with the signed-in user and their rights. */
  onMe?: (me: Me) => void;
  /** Called with the account's settings; returns false where they are invalid. */
  onSettings?: (settings: unknown) => boolean;
  /** Called before entries are published that have other numbers than before. */
  onAliases?: (aliases: Aliases) => void;
  /** Sends a command, once; a failed one is never repeated. */
  sendPresence: (command: SetPresence) => Promise<SetPresenceReply>;
  /** Called when the connection fails: the session may have ended. */
  onSessionUncertain?: () => void;
  createTransport: CreateTransport;
  timers?: Timers;
  now?: () => number;
  random?: () => number;
}

/** Milliseconds to wait for a resync before the board is shown as not live. */
const RESYNC_TIMEOUT_MS = 1000;

const NOT_LIVE: SetPresenceReply = {
  ok: false,
  code: 'link-down',
  message:
    'There is no connection to Asterisk. Nothing was sent; your text is kept. Save again once the board is live.',
};

/** A constant, so that a snapshot on an open connection does not render its subscribers. */
const CONNECTED: Connection = { state: 'connected' };

/** Creates the live board: receives, validates, applies and publishes snapshots and deltas. */
export function createLiveBoard({
  sendPresence,
  onMe,
  onSettings,
  onAliases,
  onSessionUncertain,
  createTransport,
  timers = browserTimers,
  now = Date.now,
  random = Math.random,
}: LiveBoardOptions): LiveBoard {
  const initialState = (): LiveState => ({
    board: null,
    aliases: NO_ALIASES,
    callsByExtension: NO_CALLS,
    connection: { state: 'down', since: now(), reason: 'connecting', failures: 0 },
    clockOffset: 0,
  });
  const store = createStore(initialState);
  /** A new object after each delta; its map of extensions changes in place. */
  let board: MutableBoard | null = null;
  const aliasIndex = createAliasIndex();
  const callIndex = createCallIndex();
  const throttledPublish = createThrottle({
    run: () => publish({}),
    intervalMs: PUBLISH_INTERVAL_MS,
    timers,
  });
  let lastPingAt = 0;
  /** While false, deltas are ignored: one gap requests one snapshot. While true, pings have to follow each other. */
  let isSynced = false;

  const publish = (state: Partial<LiveState>) => {
    const aliases = board === null ? NO_ALIASES : aliasIndex.of(board.extensions);
    if (aliases !== store.getState().aliases) onAliases?.(aliases);
    const callsByExtension = board === null ? NO_CALLS : callIndex.of(board.calls);
    store.setState({ board, aliases, callsByExtension, ...state });
  };
  /** Publishes pending deltas together with the connection state. */
  const publishNow = (state: Partial<LiveState>) => {
    throttledPublish.cancel();
    publish(state);
  };
  const closeReason = (): DownReason => {
    if (!navigator.onLine) return 'offline';
    return store.getState().board === null ? 'connecting' : 'lost';
  };

  const validate =
    <T>(schema: z.ZodMiniType<T>, apply: (value: T) => void) =>
    (raw: unknown) => {
      const parsed = schema.safeParse(raw);
      if (parsed.success) apply(parsed.data);
      else reconnector.fail('incompatible');
    };
  const transport = createTransport({
    onOpen: () => {
      lastPingAt = now();
      isSynced = false;
    },
    onClosed: () => {
      reconnector.fail(closeReason());
      onSessionUncertain?.();
    },
    onPing: () => {
      lastPingAt = now();
      if (isSynced) reconnector.setDeadline(SERVER_TIMEOUT_MS);
    },
    onMe: validate(me, (user) => onMe?.(user)),
    onSettings: (raw) => {
      if (onSettings?.(raw) === false) reconnector.fail('incompatible');
    },
    onSnapshot: validate(snapshot, (data) => {
      reconnector.connected();
      isSynced = true;
      reconnector.setDeadline(SERVER_TIMEOUT_MS);
      board = boardFromSnapshot(data);
      aliasIndex.onReset();
      callIndex.onReset();
      publishNow({ clockOffset: data.time - now(), connection: CONNECTED });
    }),
    onDelta: validate(delta, (data) => {
      if (!isSynced || board === null) return;
      const result = commitDelta(board, data);
      if (result.kind === 'applied') {
        board = result.board;
        aliasIndex.onChanges(data.changes);
        callIndex.onChanges(data.changes);
        throttledPublish.request();
      }
      if (result.kind === 'gap') {
        isSynced = false;
        reconnector.setDeadline(RESYNC_TIMEOUT_MS);
        transport.send('resync');
      }
    }),
  });
  const reconnector = createReconnector({
    transport,
    timers,
    random,
    closeReason,
    onDown: (failure) => {
      isSynced = false;
      const { connection } = store.getState();
      const since = connection.state === 'down' ? connection.since : now();
      publishNow({ connection: { state: 'down', since, ...failure } });
    },
  });

  return {
    store,
    start: () => {
      const stopNetworkEvents = subscribeToNetworkEvents(
        () => reconnector.fail('offline'),
        () => {
          if (transport.connected() && now() - lastPingAt <= SERVER_TIMEOUT_MS) return;
          if (transport.connected()) reconnector.fail('lost');
          reconnector.tryNow();
        },
      );
      reconnector.tryNow();
      return () => {
        stopNetworkEvents();
        throttledPublish.cancel();
        reconnector.stop();
        isSynced = false;
        board = null;
        store.setState(initialState());
      };
    },
    setPresence: async (command) =>
      isLive(store.getState(), command.id) && transport.connected() ? sendPresence(command) : NOT_LIVE,
    reconnect: () => {
      if (transport.connected()) transport.send('reconnect');
      else reconnector.tryNow();
    },
  };
}

/** Subscribes to the network's loss and return, and to the page's visibility; returns an unsubscribe function. */
function subscribeToNetworkEvents(onOffline: () => void, onResume: () => void): () => void {
  const stop = new AbortController();
  const onVisible = () => {
    if (document.visibilityState === 'visible') onResume();
  };
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) onResume();
  };
  window.addEventListener('offline', onOffline, stop);
  window.addEventListener('online', onResume, stop);
  window.addEventListener('pageshow', onPageShow, stop);
  document.addEventListener('visibilitychange', onVisible, stop);
  return () => stop.abort();
}
