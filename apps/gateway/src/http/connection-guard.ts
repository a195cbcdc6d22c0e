import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { network as networkOf } from '../platform/network.ts';

/** How many connections of clients are open at most. */
interface ConnectionLimits {
  readonly total: number;
  /** From one network, of those without a session. */
  readonly perNetwork: number;
}

/** Taken where the system names no limit. */
const DEFAULT_DESCRIPTORS = 1024;
/** One descriptor of so many stays free for store, AMI, Redis and files. */
const RESERVED_DIVISOR = 8;
const MAX_CONNECTIONS = 10_000;
/** One network gets one connection of so many. */
const PER_NETWORK_DIVISOR = 4;

/** Limits that stay below the number of descriptors that the system gives this process. */
export function connectionLimits(descriptors: number = descriptorLimit()): ConnectionLimits {
  const free = descriptors - Math.ceil(descriptors / RESERVED_DIVISOR);
  const total = Math.min(free, MAX_CONNECTIONS);
  return { total, perNetwork: Math.ceil(total / PER_NETWORK_DIVISOR) };
}

/** Reads the soft limit of open files of this process (proc_pid_limits(5)). */
function descriptorLimit(): number {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? DEFAULT_DESCRIPTORS : Number(soft);
  } catch {
    return DEFAULT_DESCRIPTORS;
  }
}

interface Connection {
  readonly key: string;
  readonly socket: Socket;
  readonly network: Set<Connection>;
  /** A request on it waits for its answer. */
  isBusy: boolean;
  isOpen: boolean;
}

/** Keeps the number of connections within limits, so that nobody who only connects keeps others out. */
export interface ConnectionGuard {
  watch(server: Server): void;
  /** The connection of this request bears a session, and is dropped for no other: for good, or until `answer` is given. */
  markAuthenticated(request: Pick<IncomingMessage, 'socket'>, response?: ServerResponse): void;
}

/**
 * A connection beyond the limits takes the place of one without a session: of the one that has been idle for longest,
 * else of the one that has waited for its answer for longest. A trusted proxy speaks for many networks: only the limit
 * over all counts for it.
 */
export function createConnectionGuard({
  limits,
  isTrusted,
  onDropped,
}: {
  limits: ConnectionLimits;
  isTrusted: (address: string) => boolean;
  onDropped: () => void;
}): ConnectionGuard {
  /** Those without a session, by their other end, in the order in which they became idle. */
  const unauthenticated = new Map<string, Connection>();
  const networks = new Map<string, Set<Connection>>();
  let openCount = 0;

  function accept(socket: Socket): void {
    const { remoteAddress = '' } = socket;
    const name = networkOf(remoteAddress);
    const network = networks.get(name) ?? new Set();
    const connection: Connection = {
      key: connectionKey(socket),
      socket,
      network,
      isBusy: false,
      isOpen: true,
    };
    networks.set(name, network);
    setIdle(connection);
    openCount += 1;
    socket.once('close', () => {
      release(connection);
      if (network.size === 0 && networks.get(name) === network) networks.delete(name);
    });
    if (network.size > limits.perNetwork && !isTrusted(remoteAddress)) evict(network, connection);
    if (openCount > limits.total) evict(unauthenticated.values(), connection);
  }

  function setIdle(connection: Connection): void {
    untrack(connection);
    connection.isBusy = false;
    connection.network.add(connection);
    unauthenticated.set(connection.key, connection);
  }

  function untrack({ key, network }: Connection): void {
    const connection = unauthenticated.get(key);
    if (connection !== undefined) network.delete(connection);
    unauthenticated.delete(key);
  }

  function release(connection: Connection): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    openCount -= 1;
    if (unauthenticated.get(connection.key) === connection) untrack(connection);
  }

  function evict(connections: Iterable<Connection>, incoming: Connection): void {
    const victim = longestIdle(connections, incoming);
    release(victim);
    victim.socket.destroy();
    onDropped();
  }

  return {
    watch(server) {
      server.on('connection', accept);
      server.on('request', ({ socket }, response) => {
        const connection = unauthenticated.get(connectionKey(socket));
        if (connection === undefined) return;
        connection.isBusy = true;
        response.once('close', () => {
          if (unauthenticated.get(connection.key) === connection) setIdle(connection);
        });
      });
    },
    markAuthenticated({ socket }, response) {
      const connection = unauthenticated.get(connectionKey(socket));
      if (connection === undefined) return;
      untrack(connection);
      response?.once('close', () => connection.isOpen && setIdle(connection));
    },
  };
}

/** The newcomer only where there is no other. */
function longestIdle(connections: Iterable<Connection>, incoming: Connection): Connection {
  let candidate = incoming;
  for (const connection of connections) {
    if (connection === incoming) continue;
    if (!connection.isBusy) return connection;
    if (candidate === incoming) candidate = connection;
  }
  return candidate;
}

/** The same for a connection and for the TLS that is spoken on it. */
function connectionKey({ remoteAddress, remotePort, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localPort}`;
}
