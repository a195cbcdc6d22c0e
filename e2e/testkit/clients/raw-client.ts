import { io, type Socket } from 'socket.io-client';

/** A connected console that sends events as they come. */
export function connectRawClient(gateway: { url: string }, cookie: string): Socket {
  return io(gateway.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } });
}

/** `ok`, the code of a refusal, or what is wrong with the reply. */
export function resultCodeOf(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return 'no reply';
  if (reply.ok === true) return 'ok';
  return 'code' in reply && 'message' in reply && typeof reply.message === 'string'
    ? String(reply.code)
    : 'no code';
}

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
