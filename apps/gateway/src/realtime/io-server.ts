import { PING_INTERVAL_MS, PING_TIMEOUT_MS, type Me, type ServerToClient } from '@lampboard/protocol';
import { Server, type DefaultEventsMap, type Socket } from 'socket.io';
import { type ServerOptions, WebSocketServer } from 'ws';

/** The largest command is a presence of about a kilobyte. */
export const MAX_MESSAGE_BYTES = 16 * 1024;

const CLOSE_TIMEOUT_MS = 1000;

/** Accepts pre-compressed messages, unlike Engine.IO's option; answers no ping, so that pings can be counted. */
class CompressingWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    const fixedOptions = {
      perMessageDeflate: {
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        threshold: Number.POSITIVE_INFINITY,
        // Browsers compress small commands and pongs as well.
        zlibInflateOptions: { chunkSize: 1024 },
      },
      autoPong: false,
      closeTimeout: CLOSE_TIMEOUT_MS,
    };
    super({ ...options, ...fixedOptions });
  }
}

/** Creates the socket.io server, not yet attached; an `adapter` joins it to those of other gateways. */
export function createIoServer({ adapter }: { adapter?: Parameters<IoServer['adapter']>[0] }): IoServer {
  const io: IoServer = new Server({
    serveClient: false,
    // Long polling is for networks that block WebSockets.
    transports: ['websocket', 'polling'],
    allowUpgrades: false,
    wsEngine: CompressingWebSocketServer,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: 5000,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
  });
  if (adapter !== undefined) io.adapter(adapter);
  return io;
}

interface SocketData {
  sessionId: string;
  accountId: number;
  /** When the session has to be looked up again, in milliseconds since 1970. */
  revalidateAt: number;
  me: Me;
}

export type IoServer = Server<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;

export type ClientSocket = Socket<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;

type Connection = Pick<ClientSocket['conn'], 'close' | 'request'>;

/** Closes the connection; data that was sent before still arrives. */
export function disconnect({ conn }: { readonly conn: Connection }): void {
  conn.close(true);
}

/** Destroys the connection of a misbehaving client, with all data in both directions. */
export function terminate({ conn }: { readonly conn: Connection }): void {
  disconnect({ conn });
  conn.request.socket.destroy();
}
