import { COMMANDS } from '@lampboard/protocol';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';

/** Connects a client without reconnection and certificate verification; `headers` include the cookie. */
export function connectRawClient({ url }: { url: string }, headers: Record<string, string>): Socket {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    rejectUnauthorized: false,
    extraHeaders: headers,
  });
}

/** Returns `ok`, the failure code, or what is wrong with the reply. */
export function resultCodeOf(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return 'no reply';
  if (reply.ok === true) return 'ok';
  return 'code' in reply && 'message' in reply && typeof reply.message === 'string'
    ? String(reply.code)
    : 'no code';
}

/** Sends any command over a new socket; `not connected` if the gateway refuses the connection. */
export async function emitCommand(
  url: string,
  cookie: string,
  name: string,
  body: unknown,
): Promise<unknown> {
  const socket = connectRawClient({ url }, { cookie });
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

/** Names of commands and events, and inherited property names. */
const RESERVED_NAMES =
  'then ok id account 1101@default rita ada __proto__ constructor prototype toString hasOwnProperty resync reconnect snapshot frame me error connect disconnect disconnecting connect_error newListener removeListener';
export const reservedName = fc.constantFrom(
  ...Object.keys(COMMANDS),
  ...RESERVED_NAMES.split(' '),
  '',
  '\0',
  '\ud800',
);
export const arbitraryJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  reservedName,
  fc.dictionary(fc.oneof(reservedName, fc.string()), fc.oneof(reservedName, fc.jsonValue({ maxDepth: 2 }))),
  fc.constantFrom('[', '{"a":').chain((piece) => fc.nat(500).map((count) => piece.repeat(count))),
);
