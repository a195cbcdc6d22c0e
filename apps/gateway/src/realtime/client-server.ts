import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Me } from '@lampboard/protocol';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import { throttle } from '../platform/throttle.ts';
import { type Subscribers, createSubscribers } from './subscribers.ts';
import type { IoServer, ClientSocket } from './io-server.ts';
import { createBackpressure } from './backpressure.ts';
import { createConnectionGate, createTrafficBudget } from './connection-gate.ts';
import type { Dispatch } from '../auth/dispatcher.ts';
import { disconnect } from './disconnect.ts';
import { createSettingsPush } from './settings-push.ts';
import { createClientEvents } from './client-events.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { UserSettingsStore } from '../preferences/user-settings.ts';
import type { LiveBoard } from '../board/live-board.ts';
import { type Session, type Sessions, toMe } from '../auth/sessions.ts';

/** Whoever asks for snapshots more often than this gets one all the same. */
const RESYNC_INTERVAL_MS = 250;
/** An account is sent so many whole boards in so many seconds at most, over all its consoles. */
const SNAPSHOT_LIMIT = { points: 120, duration: 10 };
const REJECTED = new Error('refused');
/** Sessions of connected consoles are looked at so often, in milliseconds, whether they have run out. */
const EXPIRY_CHECK_MS = 500;

export interface ClientServer {
  /** Cuts the consoles whose session has ended, and gives the others the rights that they have by now. */
  revalidate(): void;
  close(): Promise<void>;
}

/** The socket border: whoever has a session gets the board and its frames, and sends commands. */
export function createClientServer({
  io,
  http,
  isSameOrigin,
  onAdmitted,
  headers,
  getSession,
  sessions,
  board,
  userSettings,
  dispatch,
  hideOthersMessages,
  reconnect,
  metrics,
  now,
}: {
  io: IoServer;
  http: HttpServer;
  /** Keeps other sites' pages, and names that point here, from connecting. */
  isSameOrigin: (request: IncomingMessage) => boolean;
  /** The connection of this request is a signed-in client's: for good where it is a WebSocket, else until the answer. */
  onAdmitted: (request: IncomingMessage, answer?: ServerResponse) => void;
  /** Of every answer. */
  headers: Readonly<Record<string, string>>;
  getSession: (request: IncomingMessage) => Session | null;
  sessions: Pick<Sessions, 'find'>;
  board: Pick<LiveBoard, 'snapshot' | 'subscribe'>;
  userSettings: Pick<UserSettingsStore, 'get' | 'subscribe'>;
  dispatch: Dispatch;
  hideOthersMessages: boolean;
  reconnect: () => void;
  metrics: Metrics;
  now: () => number;
}): ClientServer {
  createConnectionGate({
    io,
    http,
    isSameOrigin,
    getSession,
    onAdmitted,
    onClient: metrics.clientConnected,
    budget: createTrafficBudget(),
    headers,
  });
  const backpressure = createBackpressure({
    subscribers: () => subscribers,
    onLagging: metrics.clientLagging,
  });
  const subscribers: Subscribers = createSubscribers({
    io,
    board,
    hideOthersMessages,
    beforeSnapshot: backpressure.beforeSnapshot,
    metrics,
  });
  const sendSettings = createSettingsPush({ io, userSettings });
  const handleEvents = createClientEvents({ dispatch, sessions, reconnect, metrics });
  const snapshotLimiter = new RateLimiterMemory(SNAPSHOT_LIMIT);

  io.use((socket, next) => void authorize(socket, next));
  io.on('connection', (socket) => {
    const sendSnapshot = throttle(RESYNC_INTERVAL_MS, () => backpressure.sendSnapshot(socket));
    metrics.clientOpened();
    backpressure.track(socket);
    socket.emit('me', socket.data.me);
    sendSettings(socket);
    sendSnapshot();
    // A connection without a console is nobody's.
    socket.on('disconnect', (reason) => {
      metrics.clientClosed(reason);
      socket.conn.close();
    });
    handleEvents(socket, () => {
      void maySendSnapshot(socket.data.me).then((isAllowed) => isAllowed && sendSnapshot());
    });
  });

  async function authorize(socket: ClientSocket, next: (error?: Error) => void): Promise<void> {
    const session = getSession(socket.request);
    if (session === null) return next(REJECTED);
    socket.data = {
      sessionId: session.id,
      accountId: session.account.id,
      revalidateAt: session.revalidateAt,
      me: toMe(session),
    };
    next((await maySendSnapshot(session.account)) ? undefined : REJECTED);
  }

  async function maySendSnapshot({ name }: Pick<Me, 'name'>): Promise<boolean> {
    return (await consumeRateLimit(snapshotLimiter, name)) === null;
  }

  function revalidateOne(socket: ClientSocket): void {
    const session = sessions.find(socket.data.sessionId);
    if (session === null) return disconnect(socket);
    const me = toMe(session);
    socket.data.revalidateAt = session.revalidateAt;
    if (sameRights(me, socket.data.me)) return;
    socket.data.me = me;
    socket.emit('me', me);
    backpressure.sendSnapshot(socket);
  }

  function revalidate(isDue: (socket: ClientSocket) => boolean = () => true): void {
    for (const socket of io.of('/').sockets.values()) if (isDue(socket)) revalidateOne(socket);
  }
  // An open board is in use: looking its session up in time keeps it from running out for want of use.
  const timer = setInterval(() => revalidate(({ data }) => data.revalidateAt <= now()), EXPIRY_CHECK_MS);

  return {
    revalidate: () => revalidate(),
    async close() {
      clearInterval(timer);
      await io.close();
    },
  };
}

function sameRights(a: Me, b: Me): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
