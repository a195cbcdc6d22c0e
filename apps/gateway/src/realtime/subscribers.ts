import {
  type NumberIndex,
  type OthersCalls,
  limitsOf,
  mayChangeNumbers,
  numberIndexOf,
} from '@lampboard/model';
import { LIMIT_KINDS, type Me } from '@lampboard/protocol';
import type { LiveBoard } from '../board/live-board.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { throttle } from '../platform/throttle.ts';
import type { ClientSocket } from './io-server.ts';
import { type View, createView } from './view.ts';

/** Clients that subscribe within this time share one encoded snapshot. */
const SNAPSHOT_BATCH_MS = 50;

/** Sends each client snapshots and deltas of what its account may see. */
export type Subscribers = ReturnType<typeof createSubscribers>;

export interface SubscribersOptions {
  board: Pick<LiveBoard, 'current' | 'snapshot' | 'subscribe'>;
  hideOthersMessages: boolean;
  /** The part of others' calls that users are sent. */
  othersCalls: OthersCalls;
  /** Called right before a snapshot is written. */
  beforeSnapshot: (socket: ClientSocket) => void;
  /** Called after extensions came into sight of a client with limits, or went out of it. */
  onVisibilityChanged: (socket: ClientSocket) => void;
  metrics: Pick<Metrics, 'snapshotsSent'>;
}

export function createSubscribers(options: SubscribersOptions) {
  const { board, hideOthersMessages, othersCalls, onVisibilityChanged, metrics } = options;
  const views = new Map<string, View>();
  const leaveView = new Map<ClientSocket, () => void>();
  const pending = new Set<ClientSocket>();
  let sentBoard = board.current();
  /** Null until it is read again after a change. */
  let numberIndex: NumberIndex | null = null;
  const numbers = () => (numberIndex ??= numberIndexOf(sentBoard.extensions.values()));

  function beforeSnapshot(socket: ClientSocket): void {
    metrics.snapshotsSent(1);
    options.beforeSnapshot(socket);
  }

  function viewOf(me: Me): View {
    const limits = limitsOf(me);
    const isRedacted = hideOthersMessages && me.role === 'user';
    const others = me.role === 'user' ? othersCalls : 'full';
    const sortedLimits = limits && LIMIT_KINDS.map((kind) => limits[kind].toSorted());
    const key = JSON.stringify([isRedacted, others, sortedLimits]);
    const view =
      views.get(key) ??
      createView({
        limits,
        isRedacted,
        others,
        board: () => sentBoard,
        numbers,
        beforeSnapshot,
        onVisibilityChanged,
      });
    views.set(key, view);
    return view;
  }

  const sendSnapshots = throttle(SNAPSHOT_BATCH_MS, () => {
    const snapshot = board.snapshot();
    const sockets = new Set([...pending].filter(({ connected }) => connected));
    pending.clear();
    for (const socket of sockets) leaveView.set(socket, viewOf(socket.data.me).join(socket));
    for (const [key, view] of views) {
      if (view.isEmpty()) views.delete(key);
      else view.sendSnapshot(snapshot, sockets);
    }
  });

  board.subscribe({
    onDelta(delta, after) {
      sentBoard = after;
      if (delta.changes.some(mayChangeNumbers)) numberIndex = null;
      for (const view of views.values()) view.onDelta(delta);
    },
    onSnapshot(snapshot, after) {
      const before = sentBoard;
      sentBoard = after;
      numberIndex = null;
      for (const view of views.values()) view.onReset(before, snapshot);
    },
  });

  function unsubscribe(socket: ClientSocket): void {
    pending.delete(socket);
    leaveView.get(socket)?.();
    leaveView.delete(socket);
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
