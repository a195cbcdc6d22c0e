import { PING_INTERVAL_MS, PING_TIMEOUT_MS } from '@lampboard/protocol';
import { Server } from 'socket.io';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { ConsoleServer } from './audience.ts';

/** The largest command is a presence of about a kilobyte. */
export const MAX_COMMAND_BYTES = 16 * 1024;

/** A WebSocket that does not answer its closing is cut after so many milliseconds. */
const CLOSE_TIMEOUT_MS = 1000;

/**
 * Messages may be packed, each by itself, so that whole boards can be; nothing else is, for the sake of latency. It is
 * settled here and not with Engine.IO, which would then take no message that is packed already. No ping is answered by
 * itself: each is counted first.
 */
class PackedWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    const ours = {
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
    super({ ...options, ...ours });
  }
}

/** The socket.io server of the consoles, attached to nothing yet; an `adapter` joins it to those of other gateways. */
export function createConsoleServer({
  adapter,
}: {
  adapter?: Parameters<ConsoleServer['adapter']>[0];
}): ConsoleServer {
  const io: ConsoleServer = new Server({
    serveClient: false,
    // Long polling is for where something on the way blocks WebSockets. Nobody changes over in between.
    transports: ['websocket', 'polling'],
    allowUpgrades: false,
    wsEngine: PackedWebSocketServer,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: 5000,
    maxHttpBufferSize: MAX_COMMAND_BYTES,
  });
  if (adapter !== undefined) io.adapter(adapter);
  return io;
}
