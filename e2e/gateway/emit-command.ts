import { io } from 'socket.io-client';

/** Gives anything as a command over a socket of its own; `not connected` where the gateway does not let it in. */
export async function emitCommand(
  url: string,
  cookie: string,
  name: string,
  body: unknown,
): Promise<unknown> {
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie },
  });
  const isConnected = await new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
  if (isConnected !== true) return 'not connected';
  try {
    return await socket.timeout(10_000).emitWithAck(name, body);
  } finally {
    socket.disconnect();
  }
}
