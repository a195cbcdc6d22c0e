import { COMMANDS } from '@lampboard/protocol';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';

/** Connects a client without reconnection and certificate verification; `headers` include the cookie. */
export function connectRawClient(
  { url }: { url: string },
  headers: Record<string, string>,
  path = '/socket.io',
): Socket {
  return io(url, {
    path,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    rejectUnauthorized: false,
    extraHeaders: headers,
  });
}

/** Returns whether the gateway lets a client with these headers connect. */
export async function canConnect(...args: Parameters<typeof connectRawClient>): Promise<boolean> {
  const socket = connectRawClient(...args);
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
  socket.disconnect();
  return isConnected;
}

/** Returns `ok`, the failure code, or what is wrong with the reply. */
export function resultCodeOf(reply: unknown): string {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return 'no reply';
  if (reply.ok === true) return 'ok';
  return 'code' in reply && 'message' in reply && typeof reply.message === 'string'
    ? String(reply.code)
    : 'no code';
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
/** Those that a path can contain and that `emit` accepts. */
export const sendableName = reservedName.filter(
  (name) => name !== '' && name.isWellFormed() && !/^(dis)?connect|Listener$/.test(name),
);
export const arbitraryJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  reservedName,
  fc.dictionary(fc.oneof(reservedName, fc.string()), fc.oneof(reservedName, fc.jsonValue({ maxDepth: 2 }))),
  fc.constantFrom('[', '{"a":').chain((piece) => fc.nat(500).map((count) => piece.repeat(count))),
);
