import type { ClientToServer, ServerToClient } from '@lampboard/protocol';
import { type Socket, io } from 'socket.io-client';

/** Payloads are `unknown` until they are validated against the protocol's schemas. */
export interface TransportEvents {
  onOpen: () => void;
  /** The connection closed, or an attempt failed. */
  onClosed: () => void;
  onSnapshot: (snapshot: unknown) => void;
  onDelta: (delta: unknown) => void;
  /** The signed-in user: the first message, repeated when the rights change. */
  onMe: (me: unknown) => void;
  /** The account's settings: after `onMe`, repeated when they change. */
  onSettings: (settings: unknown) => void;
  onPing: () => void;
}

/** The connection to the gateway, without retries. */
export interface Transport {
  readonly connected: () => boolean;
  /** Starts a new attempt, and closes the previous connection. */
  connect: () => void;
  /** Closes the connection or the attempt, without `onClosed`. */
  close: () => void;
  send: (event: 'resync' | 'reconnect') => void;
}

export type CreateTransport = (events: TransportEvents) => Transport;

/** Milliseconds after which an attempt fails. */
const CONNECT_TIMEOUT_MS = 4000;

const TRANSPORTS = ['websocket', 'polling'];

/**
 * Connects by socket.io at `path`. Until a WebSocket has worked, every other attempt uses only long polling: a proxy may
 * swallow it.
 */
export function createSocketTransport(path: string, events: TransportEvents): Transport {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    path,
    transports: TRANSPORTS,
    tryAllTransports: true,
    upgrade: false,
    autoConnect: false,
    reconnection: false,
    timeout: CONNECT_TIMEOUT_MS,
  });
  let isClosing = false;
  let attempts = 0;
  let hasUsedWebSocket = false;
  const onClosed = () => {
    if (!isClosing) events.onClosed();
  };
  /** Discards what socket.io could not send: it would send that after the next connect. */
  const discardBuffered = () => void socket.sendBuffer.splice(0);
  const close = () => {
    isClosing = true;
    socket.disconnect();
    isClosing = false;
    discardBuffered();
  };
  socket.on('connect', () => {
    hasUsedWebSocket ||= socket.io.engine.transport.name === 'websocket';
    attempts = 0;
    events.onOpen();
  });
  socket.on('connect_error', onClosed);
  socket.on('disconnect', onClosed);
  socket.on('snapshot', (snapshot) => events.onSnapshot(snapshot));
  socket.on('me', (me) => events.onMe(me));
  socket.on('settings', (settings) => events.onSettings(settings));
  socket.on('delta', (delta) => events.onDelta(delta));
  socket.io.on('ping', () => events.onPing());

  return {
    connected: () => socket.connected,
    connect: () => {
      close();
      attempts += 1;
      socket.io.opts.transports = hasUsedWebSocket || attempts % 2 === 1 ? TRANSPORTS : ['polling'];
      socket.connect();
    },
    close,
    send: (event) => {
      socket.emit(event);
      discardBuffered();
    },
  };
}
