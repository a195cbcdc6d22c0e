import type { ClientToServer, ServerToClient, SetPresence } from '@lampboard/protocol';
import { type Socket, io } from 'socket.io-client';

/** What arrives is `unknown` until it is checked against the protocol's schemas. */
export interface TransportEvents {
  onOpen: () => void;
  /** A connection broke, or an attempt failed. */
  onClosed: () => void;
  onSnapshot: (snapshot: unknown) => void;
  onFrame: (frame: unknown) => void;
  /** Who is signed in: first of all, and whenever the rights change. */
  onMe: (me: unknown) => void;
  /** What the account has made of its board: after `onMe`, and whenever it changes. */
  onOwn: (own: unknown) => void;
  /** The other side gave a sign of life. */
  onHeard: () => void;
}

/** The wire to the gateway: one attempt at a time, no retries of its own. */
export interface Transport {
  readonly connected: () => boolean;
  /** Starts a fresh attempt, and drops what was there. */
  connect: () => void;
  /** Drops the connection, or the attempt, without `onClosed`. */
  close: () => void;
  send: (event: 'resync' | 'reconnect') => void;
  /** Null where it could not be sent. Rejects after `timeoutMs`, and at once when the connection breaks. */
  ask: (command: SetPresence, timeoutMs: number) => Promise<unknown> | null;
}

export type CreateTransport = (events: TransportEvents) => Transport;

/** An attempt that hangs for so many milliseconds has failed. */
const ATTEMPT_MS = 4000;

const TRANSPORTS = ['websocket', 'polling'];

/**
 * socket.io to where the page came from. Reconnecting is `createLive`'s, which knows when. Each attempt is by WebSocket, and
 * where that is refused by long polling; something on the way may also swallow a WebSocket without a word, so every other
 * attempt is by long polling alone until a WebSocket has worked.
 */
export const createSocketTransport: CreateTransport = (events) => {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    transports: TRANSPORTS,
    tryAllTransports: true,
    upgrade: false,
    autoConnect: false,
    reconnection: false,
    timeout: ATTEMPT_MS,
  });
  let dropping = false;
  let attempts = 0;
  let isProven = false;
  const onClosed = () => {
    if (!dropping) events.onClosed();
  };
  /** socket.io keeps what it could not send, and sends it after the next connect: here it is dropped at once. */
  const dropUnsent = () => socket.sendBuffer.splice(0).length > 0;
  const close = () => {
    dropping = true;
    socket.disconnect();
    dropping = false;
    dropUnsent();
  };
  socket.on('connect', () => {
    isProven ||= socket.io.engine.transport.name === 'websocket';
    attempts = 0;
    events.onOpen();
  });
  socket.on('connect_error', onClosed);
  socket.on('disconnect', onClosed);
  socket.on('snapshot', (snapshot) => events.onSnapshot(snapshot));
  socket.on('me', (me) => events.onMe(me));
  socket.on('own', (own) => events.onOwn(own));
  socket.on('frame', (frame) => events.onFrame(frame));
  socket.io.on('ping', () => events.onHeard());

  return {
    connected: () => socket.connected,
    connect: () => {
      close();
      attempts += 1;
      socket.io.opts.transports = isProven || attempts % 2 === 1 ? TRANSPORTS : ['polling'];
      socket.connect();
    },
    close,
    send: (event) => {
      socket.emit(event);
      dropUnsent();
    },
    ask: (command, timeoutMs) => {
      const answer = socket.timeout(timeoutMs).emitWithAck('set-presence', command);
      if (!dropUnsent()) return answer;
      answer.catch(() => undefined);
      return null;
    },
  };
};
