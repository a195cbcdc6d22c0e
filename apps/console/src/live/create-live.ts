import {
  type Me,
  SILENCE_MS,
  type SetPresence,
  type SetPresenceReply,
  frame,
  me,
  snapshot,
} from '@lampboard/protocol';
import { type StoreApi, createStore } from 'zustand/vanilla';
import { createCatchUp } from './catch-up.ts';
import { sendPresence } from './commands.ts';
import { createKeepConnected } from './keep-connected.ts';
import { type Connection, type DownReason, type LiveState, isLive } from './live-state.ts';
import { createPaced } from './paced.ts';
import { type Timers, browserTimers } from './timers.ts';
import { type CreateTransport, createSocketTransport } from './transport.ts';
import { watchBrowser } from './watch-browser.ts';

export interface Live {
  readonly store: Pick<StoreApi<LiveState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Connects and stays connected for ever; returns what stops it, and lets go of what the board showed. */
  start: () => () => void;
  setPresence: (command: SetPresence) => Promise<SetPresenceReply>;
  /** Tries at once: the gateway if it is gone, and Asterisk through it. */
  reconnect: () => void;
}

interface LiveOptions {
  /** The gateway says who is signed in, and with which rights. */
  onMe?: (me: Me) => void;
  /** The gateway says what the account has made of its board; false where that was not understood. */
  onOwn?: (own: unknown) => boolean;
  /** A connection broke, or an attempt failed, or a command was refused as signed out: is there still a session? */
  onDoubt?: () => void;
  createTransport?: CreateTransport;
  timers?: Timers;
  now?: () => number;
  random?: () => number;
}

/** Frames are missing while a snapshot is awaited: after so many milliseconds the board may no longer look live. */
const RESYNC_MS = 1000;

/** One value, so that a snapshot on a standing connection draws nothing anew that shows the connection. */
const CONNECTED: Connection = { state: 'connected' };

/** The page's end of the way of a lamp change: wire → checked → applied → published. */
export function createLive({
  onMe,
  onOwn,
  onDoubt,
  createTransport = createSocketTransport,
  timers = browserTimers,
  now = Date.now,
  random = Math.random,
}: LiveOptions = {}): Live {
  const nothing = (): LiveState => ({
    board: null,
    connection: { state: 'down', since: now(), reason: 'connecting', failures: 0 },
    clockOffset: 0,
  });
  const store = createStore(nothing);
  const catchUp = createCatchUp();
  const publish = createPaced({ run: () => store.setState({ board: catchUp.board() }), timers });
  let heard = 0;
  /** The board is whole: from now on each ping has to be followed by another one. */
  let isInStep = false;

  /** What was gathered and what became of the connection are shown together. */
  const publishNow = (state: Partial<LiveState>) => {
    publish.cancel();
    store.setState({ board: catchUp.board(), ...state });
  };
  const whyClosed = (): DownReason => {
    if (!navigator.onLine) return 'offline';
    return store.getState().board === null ? 'connecting' : 'lost';
  };

  const transport = createTransport({
    onOpen: () => {
      heard = now();
      isInStep = false;
      catchUp.restart();
    },
    onClosed: () => {
      keeper.failed(whyClosed());
      onDoubt?.();
    },
    onHeard: () => {
      heard = now();
      if (isInStep) keeper.allow(SILENCE_MS);
    },
    onMe: (raw) => {
      const parsed = me.safeParse(raw);
      if (parsed.success) onMe?.(parsed.data);
      else keeper.failed('incompatible');
    },
    onOwn: (raw) => {
      if (onOwn?.(raw) === false) keeper.failed('incompatible');
    },
    onSnapshot: (raw) => {
      const parsed = snapshot.safeParse(raw);
      if (!parsed.success) {
        keeper.failed('incompatible');
        return;
      }
      keeper.settled();
      isInStep = true;
      keeper.allow(SILENCE_MS);
      catchUp.snapshot(parsed.data);
      publishNow({ clockOffset: parsed.data.time - now(), connection: CONNECTED });
    },
    onFrame: (raw) => {
      const parsed = frame.safeParse(raw);
      if (!parsed.success) {
        keeper.failed('incompatible');
        return;
      }
      const outcome = catchUp.frame(parsed.data);
      if (outcome === 'applied') publish.request();
      if (outcome === 'gap') {
        isInStep = false;
        keeper.allow(RESYNC_MS);
        transport.send('resync');
      }
    },
  });
  const keeper = createKeepConnected({
    transport,
    timers,
    random,
    whyClosed,
    onDown: (news) => {
      isInStep = false;
      catchUp.restart();
      const { connection } = store.getState();
      const since = connection.state === 'down' ? connection.since : now();
      publishNow({ connection: { state: 'down', since, ...news } });
    },
  });

  return {
    store,
    start: () => {
      const unwatch = watchBrowser({
        onOffline: () => keeper.failed('offline'),
        onBack: () => {
          if (transport.connected() && now() - heard <= SILENCE_MS) return;
          if (transport.connected()) keeper.failed('lost');
          keeper.tryNow();
        },
      });
      keeper.tryNow();
      return () => {
        unwatch();
        publish.cancel();
        keeper.stop();
        catchUp.forget();
        store.setState(nothing());
      };
    },
    setPresence: async (command) => {
      const reply = await sendPresence({ transport, live: isLive(store.getState()) }, command);
      if (!reply.ok && reply.code === 'signed-out') onDoubt?.();
      return reply;
    },
    reconnect: () => {
      if (transport.connected()) transport.send('reconnect');
      else keeper.tryNow();
    },
  };
}
