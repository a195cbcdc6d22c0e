import type { Subscribers } from './subscribers.ts';
import type { ClientSocket } from './io-server.ts';
import { POLL_COMPLETED } from './connection-gate.ts';
import { terminate } from './disconnect.ts';

/** A client that lets more than so many bytes of frames wait is behind. */
const MAX_BUFFERED_DELTA_BYTES = 256 * 1024;
/** One that lets so many bytes of anything else wait meanwhile does not read any more. */
const MAX_BUFFERED_OTHER_BYTES = 1024 * 1024;
/** Whole boards that are on their way to the clients of one account at a time. */
const MAX_CONCURRENT_SNAPSHOTS = 16;

interface Client {
  readonly socket: ClientSocket;
  /** All clients of its account. */
  readonly account: Set<Client>;
  /** Bytes for which the transport is not ready, and how many of them are a whole board. */
  queued: number;
  queuedSnapshot: number;
  /** Bytes that the transport was handed and the network has not taken. */
  inFlight: number;
  /** Of those queued: how many were queued while it has been waiting for a board. */
  other: number;
  /** Waits for a whole board, and is sent no frames meanwhile. */
  isWaiting: boolean;
  snapshot: 'none' | 'requested' | 'written' | 'in-flight';
}

/** Bounds in bytes what waits in memory for clients that do not read. */
export interface Backpressure {
  /** From now on the client's bytes are counted, until it is gone. */
  track(socket: ClientSocket): void;
  /** Sends the client a whole board, as soon as nothing waits for it. Meanwhile it is sent no frames. */
  sendSnapshot(socket: ClientSocket): void;
  /** To be called right before a whole board is written to the client. */
  beforeSnapshot(socket: ClientSocket): void;
}

export function createBackpressure({
  subscribers,
  onLagging,
}: {
  subscribers: () => Subscribers;
  onLagging: () => void;
}): Backpressure {
  const clients = new Map<ClientSocket, Client>();
  const accounts = new Map<number, Set<Client>>();

  function requestSnapshot(client: Client): void {
    if (client.snapshot === 'requested') return;
    client.isWaiting = true;
    subscribers().unsubscribe(client.socket);
    sendIfReady(client);
  }

  function sendIfReady(client: Client): void {
    if (!client.isWaiting || client.snapshot !== 'none' || client.queued + client.inFlight > 0) return;
    const inProgress = [...client.account].filter(({ snapshot }) => snapshot !== 'none').length;
    if (inProgress >= MAX_CONCURRENT_SNAPSHOTS) return;
    client.isWaiting = false;
    client.snapshot = 'requested';
    subscribers().subscribe(client.socket);
  }

  function queue(client: Client, bytes: number): void {
    if (client.snapshot === 'written' && client.queuedSnapshot === 0) client.queuedSnapshot = bytes;
    client.queued += bytes;
    if (client.socket.conn.transport.writable) return;
    if (client.isWaiting) {
      client.other += bytes;
      if (client.other > MAX_BUFFERED_OTHER_BYTES) terminate(client.socket);
    } else if (client.queued - client.queuedSnapshot > MAX_BUFFERED_DELTA_BYTES) {
      onLagging();
      requestSnapshot(client);
    }
  }

  function flushed(client: Client): void {
    client.inFlight += client.queued;
    client.queued = 0;
    client.queuedSnapshot = 0;
    client.other = 0;
    if (client.snapshot === 'written') client.snapshot = 'in-flight';
  }

  function drained(client: Client): void {
    client.inFlight = 0;
    if (client.snapshot !== 'in-flight') return sendIfReady(client);
    client.snapshot = 'none';
    client.account.forEach(sendIfReady);
  }

  return {
    track(socket) {
      const { accountId } = socket.data;
      const account = accounts.get(accountId) ?? new Set();
      const client: Client = {
        socket,
        account,
        queued: 0,
        queuedSnapshot: 0,
        inFlight: 0,
        other: 0,
        isWaiting: false,
        snapshot: 'none',
      };
      clients.set(socket, client);
      accounts.set(accountId, account.add(client));
      const { conn } = socket;
      conn.on('packetCreate', (packet: Packet) => queue(client, bytesOf(packet)));
      conn.on('flush', () => flushed(client));
      if (conn.transport.name === 'polling') conn.on(POLL_COMPLETED, () => drained(client));
      else conn.transport.on('drain', () => drained(client));
      socket.on('disconnect', () => {
        clients.delete(socket);
        account.delete(client);
        account.forEach(sendIfReady);
        if (account.size === 0) accounts.delete(accountId);
      });
    },
    sendSnapshot(socket) {
      const client = clients.get(socket);
      if (client !== undefined) requestSnapshot(client);
    },
    beforeSnapshot(socket) {
      const client = clients.get(socket);
      if (client !== undefined) client.snapshot = 'written';
    },
  };
}

/** A packet of Engine.IO; one that is on the wire as it is has no data. */
interface Packet {
  readonly data?: string | Buffer;
  readonly options?: { readonly wsPreEncodedFrame?: readonly Buffer[] };
}

function bytesOf({ data, options: { wsPreEncodedFrame = [] } = {} }: Packet): number {
  return data?.length ?? wsPreEncodedFrame.reduce((sum, { length }) => sum + length, 0);
}
