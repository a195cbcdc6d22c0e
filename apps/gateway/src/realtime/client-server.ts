import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import type { Dispatch } from '../auth/dispatcher.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { failure } from '../platform/failure.ts';
import { type Sessions, type Session, toMe } from '../auth/sessions.ts';
import { throttle } from '../platform/throttle.ts';
import { type ClientSocket, type IoServer, disconnect } from './io-server.ts';
import type { UserSettingsStore } from '../preferences/user-settings.ts';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Me } from '@lampboard/protocol';
import { type Subscribers, createSubscribers } from './subscribers.ts';
import { createBackpressure } from './backpressure.ts';
import { createConnectionGate } from './connection-gate.ts';
import type { LiveBoard } from '../board/live-board.ts';

/** Requests for snapshots within this interval get one. */
const RESYNC_INTERVAL_MS = 250;
/** Snapshots per account and seconds. */
const SNAPSHOT_LIMIT = { points: 120, duration: 10 };
const REJECTED = new Error('refused');
const EXPIRY_CHECK_MS = 500;
/** Events per client and second. */
const EVENT_LIMIT = { points: 50, duration: 1 };
const RECONNECT_INTERVAL_MS = 1000;
const PUSH_INTERVAL_MS = 50;

export interface ClientServer {
  /** Disconnects clients whose session has ended, and updates the rights of the others. */
  revalidate(): void;
  close(): Promise<void>;
}

/** Serves snapshots, deltas and commands to clients with a session. */
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
  isSameOrigin: (request: IncomingMessage) => boolean;
  /** The request is authenticated: a WebSocket without `response`, else long polling. */
  onAdmitted: (request: IncomingMessage, response?: ServerResponse) => void;
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
    onConnected: metrics.clientConnected,
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
  const throttledReconnect = throttle(RECONNECT_INTERVAL_MS, reconnect);
  const eventLimiter = new RateLimiterMemory(EVENT_LIMIT);
  const snapshotLimiter = new RateLimiterMemory(SNAPSHOT_LIMIT);

  io.use((socket, next) => void authorize(socket, next));
  io.on('connection', (socket) => {
    const sendSnapshot = throttle(RESYNC_INTERVAL_MS, () => backpressure.sendSnapshot(socket));
    metrics.clientOpened();
    backpressure.track(socket);
    socket.emit('me', socket.data.me);
    sendSettings(socket);
    sendSnapshot();
    socket.on('disconnect', (reason) => {
      metrics.clientClosed(reason);
      socket.conn.close();
    });
    socket.onAny((name: string, ...args: unknown[]) => void handleEvent(socket, name, args, sendSnapshot));
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

  /** Events with an acknowledgement are commands, and are always answered; others are `reconnect` and `resync`. */
  async function handleEvent(
    socket: ClientSocket,
    name: string,
    args: readonly unknown[],
    sendSnapshot: () => void,
  ): Promise<void> {
    const isOverLimit = (await consumeRateLimit(eventLimiter, socket.id)) !== null;
    const reply = args.at(-1);
    if (typeof reply === 'function') {
      if (isOverLimit) metrics.command(name, 'too-many');
      reply(
        isOverLimit
          ? failure('too-many', 'Too many commands. Nothing was changed.')
          : await dispatch(name, args[0], sessions.find(socket.data.sessionId)),
      );
    } else if (isOverLimit) return;
    else if (name === 'reconnect') throttledReconnect();
    else if (name === 'resync' && (await maySendSnapshot(socket.data.me))) sendSnapshot();
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
  // Looking up the session of a connected client touches it.
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

/** Sends changed settings to all clients of the account; returns a function that sends them to a new client. */
function createSettingsPush({
  io,
  userSettings,
}: {
  io: IoServer;
  userSettings: Pick<UserSettingsStore, 'get' | 'subscribe'>;
}): (socket: ClientSocket) => void {
  const roomOf = (accountId: number) => `account ${accountId}`;
  const changed = new Set<number>();
  const push = throttle(PUSH_INTERVAL_MS, () => {
    for (const accountId of changed) send(io.to(roomOf(accountId)), accountId);
    changed.clear();
  });
  userSettings.subscribe((accountId) => {
    changed.add(accountId);
    push();
  });

  function send(target: Pick<IoServer | ClientSocket, 'emit'>, accountId: number): void {
    try {
      target.emit('settings', userSettings.get(accountId));
    } catch {
      // If the store can't be read, the next change sends them.
    }
  }

  return (socket) => {
    const { accountId } = socket.data;
    void socket.join(roomOf(accountId));
    send(socket, accountId);
  };
}
