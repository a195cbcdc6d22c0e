import { PING_INTERVAL_MS, PING_TIMEOUT_MS, type Me, type ServerToClient } from '@lampboard/protocol';
import { Server, type DefaultEventsMap, type Socket } from 'socket.io';
import { type ServerOptions, WebSocketServer } from 'ws';

/** The largest command is a presence of about a kilobyte. */
export const MAX_COMMAND_BYTES = 16 * 1024;

/** A WebSocket that does not answer its closing is cut after so many milliseconds. */
const CLOSE_TIMEOUT_MS = 1000;

/**
 * Messages may be packed, each by itself, so that whole boards can be; nothing else is, for the sake of latency. It is
 * settled here and not with Engine.IO, which would then take no message that is packed already. No ping is answered by
 * itself: each is counted first.
 */
class CompressingWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    const fixedOptions = {
      perMessageDeflate: {
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        threshold: Number.POSITIVE_INFINITY,
        // Browsers pack their small commands and pongs as well.
        zlibInflateOptions: { chunkSize: 1024 },
      },
      autoPong: false,
      closeTimeout: CLOSE_TIMEOUT_MS,
    };
    super({ ...options, ...fixedOptions });
  }
}

/** The socket.io server of the consoles, attached to nothing yet; an `adapter` joins it to those of other gateways. */
export function createIoServer({ adapter }: { adapter?: Parameters<IoServer['adapter']>[0] }): IoServer {
  const io: IoServer = new Server({
    serveClient: false,
    // Long polling is for where something on the way blocks WebSockets. Nobody changes over in between.
    transports: ['websocket', 'polling'],
    allowUpgrades: false,
    wsEngine: CompressingWebSocketServer,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: 5000,
    maxHttpBufferSize: MAX_COMMAND_BYTES,
  });
  if (adapter !== undefined) io.adapter(adapter);
  return io;
}

/** What is kept with each connected console. */
interface SocketData {
  sessionId: string;
  accountId: number;
  /** When the session has to be looked up again, in milliseconds since 1970. */
  revalidateAt: number;
  me: Me;
}

export type IoServer = Server<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;

export type ClientSocket = Socket<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;
