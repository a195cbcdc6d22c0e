import type { Change, ExtensionRow, Frame, Me, Presence, ServerToClient } from '@lampboard/protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { LiveBoard } from '../pbx/live-board.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { atMostEvery } from './at-most-every.ts';
import { createFanOut } from './fan-out.ts';
import { createWholeBoards } from './whole-board.ts';

/** What is kept with each connected console. */
export interface SocketData {
  sessionId: string;
  accountId: number;
  /** When the session has to be looked up again, in milliseconds since 1970. */
  dueAt: number;
  me: Me;
}
export type ConsoleServer = Server<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;
export type ConsoleSocket = Socket<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;

/** Consoles that are sent every message, and those that are sent none but their own. */
const READERS = 'readers';
const RESERVED = 'reserved';
/** Those who ask for the whole board within so many milliseconds are sent the same one, written once for all of them. */
const TOGETHER_MS = 50;

/** Who is sent what. It is decided here, so that what somebody may not read never reaches their browser. */
export interface Audience {
  /** Gives a console the whole board soon, and from then on every frame that its account may read by now. */
  seat(socket: ConsoleSocket): void;
  /** From now on no frames, until it is seated again. */
  unseat(socket: ConsoleSocket): void;
}

/** `hideMessages`: users get the messages of their own extensions only. */
export function createAudience({
  io,
  board,
  hideMessages,
  onWholeBoard,
  metrics,
}: {
  io: ConsoleServer;
  board: Pick<LiveBoard, 'snapshot' | 'subscribe'>;
  hideMessages: boolean;
  /** A whole board is written to the console right after this. */
  onWholeBoard: (socket: ConsoleSocket) => void;
  metrics: Pick<Metrics, 'snapshotsSent'>;
}): Audience {
  const isReserved = ({ role }: Me) => hideMessages && role === 'user';
  const toReader = createWholeBoards();
  const toReserved = createWholeBoards({ view: reservedRow, inFull: ({ data }) => data.me.extensions });
  const comers = new Set<ConsoleSocket>();
  const seatComers = atMostEvery(TOGETHER_MS, () => {
    const whole = board.snapshot();
    const here = [...comers].filter(({ connected }) => connected);
    const reserved = here.filter(({ data }) => isReserved(data.me));
    const readers = here.filter(({ data }) => !isReserved(data.me));
    for (const socket of reserved) void socket.join(RESERVED);
    for (const socket of readers) void socket.join(READERS);
    metrics.snapshotsSent(here.length);
    comers.clear();
    here.forEach(onWholeBoard);
    if (readers.length > 0) readers.forEach(toReader(whole));
    if (reserved.length > 0) reserved.forEach(toReserved(whole));
  });

  const seatedIn = (room: string) => io.of('/').adapter.rooms.get(room)?.size ?? 0;

  function eachIn(room: string, run: (socket: ConsoleSocket) => void): void {
    for (const id of io.of('/').adapter.rooms.get(room) ?? []) {
      const socket = io.of('/').sockets.get(id);
      if (socket !== undefined) run(socket);
    }
  }

  board.subscribe({
    onFrame(frame) {
      eachIn(READERS, createFanOut(frame));
      if (!hideMessages) return;
      const touched = new Set(frame.changes.flatMap((change) => (textOf(change) === '' ? [] : idOf(change))));
      const giveReserved = createFanOut(reservedFrame(frame, []));
      eachIn(RESERVED, (socket) => {
        const { extensions } = socket.data.me;
        if (extensions.some((id) => touched.has(id))) socket.emit('frame', reservedFrame(frame, extensions));
        else giveReserved(socket);
      });
    },
    onSnapshot(snapshot) {
      metrics.snapshotsSent(seatedIn(READERS) + seatedIn(RESERVED));
      for (const room of [READERS, RESERVED]) eachIn(room, onWholeBoard);
      eachIn(READERS, toReader(snapshot));
      if (hideMessages) eachIn(RESERVED, toReserved(snapshot));
    },
  });

  function unseat(socket: ConsoleSocket): void {
    comers.delete(socket);
    void socket.leave(READERS);
    void socket.leave(RESERVED);
  }

  return {
    unseat,
    seat(socket) {
      unseat(socket);
      comers.add(socket);
      seatComers();
    },
  };
}

const withoutMessage = (presence: Presence | null) =>
  presence === null ? null : { ...presence, message: '' };

function reservedRow(row: ExtensionRow): ExtensionRow {
  return row.presence?.message ? { ...row, presence: withoutMessage(row.presence) } : row;
}

function reservedFrame(frame: Frame, own: readonly string[]): Frame {
  const changes = frame.changes.map((change) =>
    own.includes(idOf(change)) ? change : reservedChange(change),
  );
  return { ...frame, changes };
}

function reservedChange(change: Change): Change {
  switch (change.kind) {
    case 'put':
      return { ...change, row: reservedRow(change.row) };
    case 'presence':
      return { ...change, presence: withoutMessage(change.presence) };
    case 'remove':
    case 'lamp':
    case 'phone':
    case 'person':
    case 'link':
      return change;
  }
}

function idOf(change: Change): string {
  switch (change.kind) {
    case 'put':
      return change.row.id;
    case 'link':
      return '';
    case 'remove':
    case 'lamp':
    case 'phone':
    case 'person':
    case 'presence':
      return change.id;
  }
}

function textOf(change: Change): string {
  if (change.kind === 'put') return change.row.presence?.message ?? '';
  return change.kind === 'presence' ? (change.presence?.message ?? '') : '';
}
