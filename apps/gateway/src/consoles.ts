import type { Server as HttpServer } from 'node:http';
import {
  type ClientToServer,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
  type ServerToClient,
  setPresence,
} from '@lampboard/protocol';
import { Server } from 'socket.io';
import { atMostEvery } from './at-most-every.ts';
import type { Edit } from './edit.ts';
import type { LiveBoard } from './live-board.ts';

/** Whoever asks for snapshots, or for a new try at Asterisk, more often than this gets one all the same. */
const RESYNC_MS = 250;
const RECONNECT_MS = 1000;
/** The largest command is a presence of about a kilobyte. */
const MAX_COMMAND_BYTES = 16 * 1024;

export interface Consoles {
  close(): Promise<void>;
}

/** The socket border: consoles get the board and its frames, and send commands, each checked against its schema. */
export function createConsoles({
  http,
  isAllowedHost,
  board,
  edit,
  reconnect,
}: {
  http: HttpServer;
  /** Decides by the `Host` header; keeps other sites' pages, and names that point here, from connecting. */
  isAllowedHost: (host: string) => boolean;
  board: Pick<LiveBoard, 'snapshot' | 'subscribe'>;
  edit: Edit;
  reconnect: () => void;
}): Consoles {
  const io = new Server<ClientToServer, ServerToClient>(http, {
    serveClient: false,
    transports: ['websocket'],
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxHttpBufferSize: MAX_COMMAND_BYTES,
    allowRequest({ headers: { host, origin } }, decide) {
      const isOwnPage = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
      decide(null, host !== undefined && isOwnPage && isAllowedHost(host));
    },
  });

  board.subscribe({
    onFrame: (frame) => io.emit('frame', frame),
    onSnapshot: (snapshot) => io.emit('snapshot', snapshot),
  });
  const reconnectSoon = atMostEvery(RECONNECT_MS, reconnect);
  io.on('connection', (socket) => {
    const sendSnapshot = atMostEvery(RESYNC_MS, () => socket.emit('snapshot', board.snapshot()));
    sendSnapshot();
    socket.on('resync', sendSnapshot);
    socket.on('reconnect', reconnectSoon);
    socket.on('set-presence', (command, reply) => {
      if (typeof reply !== 'function') return;
      const parsed = setPresence.safeParse(command);
      if (parsed.success) void edit(parsed.data).then(reply);
      else
        reply({
          ok: false,
          code: 'invalid',
          message: 'The command was not understood. Nothing was changed.',
        });
    });
  });

  return { close: () => io.close() };
}
