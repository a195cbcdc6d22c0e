import { changedId } from '@lampboard/model';
import type { Change, Extension, Delta, Me, Presence } from '@lampboard/protocol';
import type { LiveBoard } from '../board/live-board.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { throttle } from '../platform/throttle.ts';
import { createBroadcast } from './broadcast.ts';
import { createSnapshotEncoder } from './snapshot-encoder.ts';
import type { IoServer, ClientSocket } from './io-server.ts';

/** Clients that may read all messages, and those that may read only those of their extensions. */
const FULL_ROOM = 'full';
const REDACTED_ROOM = 'redacted';
/** Clients that subscribe within this time share one encoded snapshot. */
const SNAPSHOT_BATCH_MS = 50;

/** Sends snapshots and deltas; redacts messages that an account may not read. */
export type Subscribers = ReturnType<typeof createSubscribers>;

export interface SubscribersOptions {
  io: IoServer;
  board: Pick<LiveBoard, 'snapshot' | 'subscribe'>;
  hideOthersMessages: boolean;
  /** Called right before a snapshot is written. */
  beforeSnapshot: (socket: ClientSocket) => void;
  metrics: Pick<Metrics, 'snapshotsSent'>;
}

export function createSubscribers(options: SubscribersOptions) {
  const { io, board, hideOthersMessages, beforeSnapshot, metrics } = options;
  const isRedacted = ({ role }: Me) => hideOthersMessages && role === 'user';
  const encodeFull = createSnapshotEncoder();
  const encodeRedacted = createSnapshotEncoder({
    redact: redactExtension,
    unredactedIds: ({ data }) => data.me.extensions,
  });
  const pending = new Set<ClientSocket>();
  const sendSnapshots = throttle(SNAPSHOT_BATCH_MS, () => {
    const snapshot = board.snapshot();
    const connectedSockets = [...pending].filter(({ connected }) => connected);
    const redacted = connectedSockets.filter(({ data }) => isRedacted(data.me));
    const full = connectedSockets.filter(({ data }) => !isRedacted(data.me));
    for (const socket of redacted) void socket.join(REDACTED_ROOM);
    for (const socket of full) void socket.join(FULL_ROOM);
    metrics.snapshotsSent(connectedSockets.length);
    pending.clear();
    connectedSockets.forEach(beforeSnapshot);
    if (full.length > 0) full.forEach(encodeFull(snapshot));
    if (redacted.length > 0) redacted.forEach(encodeRedacted(snapshot));
  });

  const roomSize = (room: string) => io.of('/').adapter.rooms.get(room)?.size ?? 0;

  function forEachInRoom(room: string, run: (socket: ClientSocket) => void): void {
    for (const id of io.of('/').adapter.rooms.get(room) ?? []) {
      const socket = io.of('/').sockets.get(id);
      if (socket !== undefined) run(socket);
    }
  }

  board.subscribe({
    onDelta(delta) {
      forEachInRoom(FULL_ROOM, createBroadcast(delta));
      if (!hideOthersMessages) return;
      const changedIds = new Set(
        delta.changes.flatMap((change) => (messageOf(change) === '' ? [] : changedId(change))),
      );
      const sendRedacted = createBroadcast(redactDelta(delta, []));
      forEachInRoom(REDACTED_ROOM, (socket) => {
        const { extensions } = socket.data.me;
        if (extensions.some((id) => changedIds.has(id))) socket.emit('delta', redactDelta(delta, extensions));
        else sendRedacted(socket);
      });
    },
    onSnapshot(snapshot) {
      metrics.snapshotsSent(roomSize(FULL_ROOM) + roomSize(REDACTED_ROOM));
      for (const room of [FULL_ROOM, REDACTED_ROOM]) forEachInRoom(room, beforeSnapshot);
      forEachInRoom(FULL_ROOM, encodeFull(snapshot));
      if (hideOthersMessages) forEachInRoom(REDACTED_ROOM, encodeRedacted(snapshot));
    },
  });

  function unsubscribe(socket: ClientSocket): void {
    pending.delete(socket);
    void socket.leave(FULL_ROOM);
    void socket.leave(REDACTED_ROOM);
  }

  return {
    unsubscribe,
    /** Sends a snapshot soon, then deltas, with the present rights of the account. */
    subscribe(socket: ClientSocket) {
      unsubscribe(socket);
      pending.add(socket);
      sendSnapshots();
    },
  };
}

const withoutMessage = (presence: Presence | null) =>
  presence === null ? null : { ...presence, message: '' };

function redactExtension(extension: Extension): Extension {
  return extension.presence?.message
    ? { ...extension, presence: withoutMessage(extension.presence) }
    : extension;
}

function redactDelta(delta: Delta, visibleIds: readonly string[]): Delta {
  const changes = delta.changes.map((change) =>
    visibleIds.includes(changedId(change)) ? change : redactChange(change),
  );
  return { ...delta, changes };
}

function redactChange(change: Change): Change {
  if (change.table !== 'extensions' || change.op === 'remove') return change;
  if (change.op === 'put') return { ...change, row: redactExtension(change.row) };
  const { presence } = change.fields;
  if (presence === undefined) return change;
  return { ...change, fields: { ...change.fields, presence: withoutMessage(presence) } };
}

function messageOf(change: Change): string {
  if (change.table !== 'extensions' || change.op === 'remove') return '';
  const { presence } = change.op === 'put' ? change.row : change.fields;
  return presence?.message ?? '';
}
