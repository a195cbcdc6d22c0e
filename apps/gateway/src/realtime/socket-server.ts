import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Sessions, toMe } from '../auth/sessions.ts';
import { throttle } from '../platform/throttle.ts';
import { type ClientSocket, type IoServer, disconnect } from './io-server.ts';
import type { UserSettingsStore } from '../preferences/user-settings.ts';
import type { Me } from '@lampboard/protocol';
import { type Subscribers, type SubscribersOptions, createSubscribers } from './subscribers.ts';
import { createBackpressure } from './backpressure.ts';
import { type ClientGateOptions, createClientGate } from './client-gate.ts';

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

interface SocketServerOptions
  extends
    Omit<ClientGateOptions, 'onConnected'>,
    Omit<SubscribersOptions, 'beforeSnapshot' | 'onVisibilityChanged'> {
  sessions: Pick<Sessions, 'find'>;
  userSettings: Pick<UserSettingsStore, 'get' | 'subscribe'>;
  reconnect: () => void;
  metrics: Metrics;
  now: () => number;
}

/** Serves snapshots, deltas and settings to clients with a session. */
export function createSocketServer(options: SocketServerOptions) {
  const { io, getSession, sessions, userSettings, metrics, now } = options;
  createClientGate({ ...options, onConnected: metrics.clientConnected });
  const { track, sendSnapshot, beforeSnapshot } = createBackpressure({
    subscribers: () => subscribers,
    onLagging: metrics.clientLagging,
  });
  const settingsPush = createSettingsPush({ io, userSettings });
  const subscribers: Subscribers = createSubscribers({
    ...options,
    beforeSnapshot,
    onVisibilityChanged: settingsPush.schedule,
  });
  const throttledReconnect = throttle(RECONNECT_INTERVAL_MS, options.reconnect);
  const eventLimiter = new RateLimiterMemory(EVENT_LIMIT);
  const snapshotLimiter = new RateLimiterMemory(SNAPSHOT_LIMIT);

  io.use((socket, next) => void authorize(socket, next));
  io.on('connection', (socket) => {
    const resync = throttle(RESYNC_INTERVAL_MS, () => sendSnapshot(socket));
    metrics.clientOpened();
    track(socket);
    socket.emit('me', socket.data.me);
    settingsPush.send(socket);
    resync();
    socket.on('disconnect', (reason) => {
      metrics.clientClosed(reason);
      socket.conn.close();
    });
    socket.onAny((name: string) => void handleEvent(socket, name, resync));
  });

  async function authorize(socket: ClientSocket, next: (error?: Error) => void): Promise<void> {
    const session = getSession(socket.request);
    if (session === null) return next(REJECTED);
    const { id: sessionId, account, revalidateAt } = session;
    socket.data = { sessionId, accountId: account.id, revalidateAt, me: toMe(session) };
    next((await maySendSnapshot(account)) ? undefined : REJECTED);
  }

  const maySendSnapshot = async ({ name }: Pick<Me, 'name'>) =>
    (await consumeRateLimit(snapshotLimiter, name)) === null;

  /** Clients send `reconnect` and `resync`; any other event is ignored. */
  async function handleEvent(socket: ClientSocket, name: string, resync: () => void): Promise<void> {
    if ((await consumeRateLimit(eventLimiter, socket.id)) !== null) return;
    if (name === 'reconnect') throttledReconnect();
    else if (name === 'resync' && (await maySendSnapshot(socket.data.me))) resync();
  }

  function revalidateOne(socket: ClientSocket): void {
    const session = sessions.find(socket.data.sessionId);
    if (session === null) return disconnect(socket);
    const me = toMe(session);
    socket.data.revalidateAt = session.revalidateAt;
    if (JSON.stringify(me) === JSON.stringify(socket.data.me)) return;
    socket.data.me = me;
    socket.emit('me', me);
    settingsPush.send(socket);
    sendSnapshot(socket);
  }

  function revalidate(isDue: (socket: ClientSocket) => boolean = () => true): void {
    for (const socket of io.of('/').sockets.values()) if (isDue(socket)) revalidateOne(socket);
  }
  // Looking up the session of a connected client touches it.
  const timer = setInterval(() => revalidate(({ data }) => data.revalidateAt <= now()), EXPIRY_CHECK_MS);

  return {
    /** Disconnects clients whose session has ended, and updates the rights of the others. */
    revalidate: () => revalidate(),
    async close() {
      clearInterval(timer);
      await io.close();
    },
  };
}

/** Sends changed settings to all clients of an account, and settings of which other extensions are visible to one client. */
function createSettingsPush({ io, userSettings }: Pick<SocketServerOptions, 'io' | 'userSettings'>) {
  const roomOf = (accountId: number) => `account ${accountId}`;
  const changed = new Set<number>();
  const scheduled = new Set<ClientSocket>();
  const push = throttle(PUSH_INTERVAL_MS, () => {
    for (const accountId of changed) emit(io.to(roomOf(accountId)), accountId);
    for (const socket of scheduled)
      if (!changed.has(socket.data.accountId)) emit(socket, socket.data.accountId);
    changed.clear();
    scheduled.clear();
  });
  userSettings.subscribe((accountId) => {
    changed.add(accountId);
    push();
  });

  function emit(target: Pick<IoServer | ClientSocket, 'emit'>, accountId: number): void {
    try {
      target.emit('settings', userSettings.get(accountId));
    } catch {
      // If the store can't be read, the next change sends them.
    }
  }

  return {
    send(socket: ClientSocket) {
      const { accountId } = socket.data;
      void socket.join(roomOf(accountId));
      emit(socket, accountId);
    },
    /** Sends them soon, and never within a change of the board, which reading the board could change further. */
    schedule(socket: ClientSocket) {
      scheduled.add(socket);
      setImmediate(push);
    },
  };
}
