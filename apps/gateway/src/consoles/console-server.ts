import { PING_INTERVAL_MS, PING_TIMEOUT_MS } from '@lampboard/protocol';
import { Server } from 'socket.io';
import type { ConsoleServer } from './audience.ts';

/** The largest command is a presence of about a kilobyte. */
const MAX_COMMAND_BYTES = 16 * 1024;

/** The socket.io server of the consoles, attached to nothing yet; an `adapter` joins it to those of other gateways. */
export function createConsoleServer({
  adapter,
}: {
  adapter?: Parameters<ConsoleServer['adapter']>[0];
}): ConsoleServer {
  const io: ConsoleServer = new Server({
    serveClient: false,
    transports: ['websocket'],
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: 5000,
    maxHttpBufferSize: MAX_COMMAND_BYTES,
  });
  if (adapter !== undefined) io.adapter(adapter);
  return io;
}
