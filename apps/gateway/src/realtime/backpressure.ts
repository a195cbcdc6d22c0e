import type { Subscribers } from './subscribers.ts';
import { type ClientSocket, terminate } from './io-server.ts';
import { POLL_COMPLETED } from './client-gate.ts';

/** Beyond this, a client is lagging: it gets no deltas until it has caught up. */
const MAX_BUFFERED_DELTA_BYTES = 256 * 1024;
/** Beyond this, a lagging client is disconnected. */
const MAX_BUFFERED_OTHER_BYTES = 1024 * 1024;
/** Snapshots in transfer to the clients of one account. */
const MAX_CONCURRENT_SNAPSHOTS = 16;

interface Client {
  readonly socket: ClientSocket;
  readonly account: Set<Client>;
  /** Bytes for which the transport is not ready, and the part of a snapshot. */
  queued: number;
  queuedSnapshot: number;
  /** Bytes that the transport has and the network has not taken. */
  inFlight: number;
  /** Queued bytes since it began to wait for a snapshot. */
  other: number;
  /** Waits for a snapshot, without deltas. */
  isWaiting: boolean;
  snapshot: 'none' | 'requested' | 'written' | 'in-flight';
}

/** Limits the memory for clients that do not read. */
export type Backpressure = ReturnType<typeof createBackpressure>;

interface BackpressureOptions {
  subscribers: () => Subscribers;
  onLagging: () => void;
}

export function createBackpressure({ subscribers, onLagging }: BackpressureOptions) {
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
    track(socket: ClientSocket) {
      const { accountId } = socket.data;
      const account = accounts.get(accountId) ?? new Set();
      const nothing = { queued: 0, queuedSnapshot: 0, inFlight: 0, other: 0 };
      const client: Client = { socket, account, ...nothing, isWaiting: false, snapshot: 'none' };
      clients.set(socket, client);
      accounts.set(accountId, account.add(client));
      const { conn } = socket;
      conn.on('packetCreate', (packet: Packet) => queue(client, bytesOf(packet)));
      conn.on('flush', () => flushed(client));
      if (conn.transport.name === 'polling') conn.on(POLL_COMPLETED, () => drained(client));
      else conn.transport.on('drain', () => drained(client));
      socket.on('disconnect', () => {
        subscribers().unsubscribe(socket);
        clients.delete(socket);
        account.delete(client);
        account.forEach(sendIfReady);
        if (account.size === 0) accounts.delete(accountId);
      });
    },
    /** Sends a snapshot as soon as the client has read everything else; until then it gets no deltas. */
    sendSnapshot(socket: ClientSocket) {
      const client = clients.get(socket);
      if (client !== undefined) requestSnapshot(client);
    },
    /** Must be called right before a snapshot is written. */
    beforeSnapshot(socket: ClientSocket) {
      const client = clients.get(socket);
      if (client !== undefined) client.snapshot = 'written';
    },
  };
}

/** A packet of Engine.IO; a pre-encoded one has no data. */
interface Packet {
  readonly data?: string | Buffer;
  readonly options?: { readonly wsPreEncodedFrame?: readonly Buffer[] };
}

function bytesOf({ data, options: { wsPreEncodedFrame = [] } = {} }: Packet): number {
  return data?.length ?? wsPreEncodedFrame.reduce((sum, { length }) => sum + length, 0);
}
