import type { Change, Frame, Me, Presence, ServerToClient, Snapshot } from '@lampboard/protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';

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

/** Who is sent what. It is decided here, so that what somebody may not read never reaches their browser. */
export interface Audience {
  /** Puts a console where its account belongs by now. */
  seat(socket: ConsoleSocket): void;
  frame(frame: Frame): void;
  snapshot(snapshot: Snapshot): void;
  snapshotFor(socket: ConsoleSocket, snapshot: Snapshot): void;
}

/** `hideMessages`: users get the messages of their own extensions only. */
export function createAudience({ io, hideMessages }: { io: ConsoleServer; hideMessages: boolean }): Audience {
  const isReserved = ({ role }: Me) => hideMessages && role === 'user';

  function eachReserved(run: (socket: ConsoleSocket) => void): void {
    for (const id of io.of('/').adapter.rooms.get(RESERVED) ?? []) {
      const socket = io.of('/').sockets.get(id);
      if (socket !== undefined) run(socket);
    }
  }
  const snapshotFor = (socket: ConsoleSocket, snapshot: Snapshot) => {
    const { me } = socket.data;
    socket.emit('snapshot', isReserved(me) ? reservedSnapshot(snapshot, me.extensions) : snapshot);
  };

  return {
    snapshotFor,
    seat(socket) {
      const reserved = isReserved(socket.data.me);
      void socket.leave(reserved ? READERS : RESERVED);
      void socket.join(reserved ? RESERVED : READERS);
    },
    frame(frame) {
      io.to(READERS).emit('frame', frame);
      if (!hideMessages) return;
      const touched = new Set(frame.changes.flatMap((change) => (textOf(change) === '' ? [] : idOf(change))));
      const exceptions: string[] = [];
      eachReserved((socket) => {
        const { extensions } = socket.data.me;
        if (!extensions.some((id) => touched.has(id))) return;
        exceptions.push(socket.id);
        socket.emit('frame', reservedFrame(frame, extensions));
      });
      io.to(RESERVED).except(exceptions).emit('frame', reservedFrame(frame, []));
    },
    snapshot(snapshot) {
      io.to(READERS).emit('snapshot', snapshot);
      eachReserved((socket) => snapshotFor(socket, snapshot));
    },
  };
}

const withoutMessage = (presence: Presence | null) =>
  presence === null ? null : { ...presence, message: '' };

function reservedSnapshot(snapshot: Snapshot, own: readonly string[]): Snapshot {
  const rows = snapshot.rows.map((row) =>
    own.includes(row.id) ? row : { ...row, presence: withoutMessage(row.presence) },
  );
  return { ...snapshot, rows };
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
      return { ...change, row: { ...change.row, presence: withoutMessage(change.row.presence) } };
    case 'presence':
      return { ...change, presence: withoutMessage(change.presence) };
    case 'remove':
    case 'lamp':
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
    case 'person':
    case 'presence':
      return change.id;
  }
}

function textOf(change: Change): string {
  if (change.kind === 'put') return change.row.presence?.message ?? '';
  return change.kind === 'presence' ? (change.presence?.message ?? '') : '';
}
