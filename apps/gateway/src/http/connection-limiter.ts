import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tryOr } from '../platform/failure.ts';
import { network as networkOf } from '../platform/network.ts';

const DEFAULT_DESCRIPTORS = 1024;
/** One descriptor in this many is reserved for store, AMI, Redis and files. */
const RESERVED_DIVISOR = 8;
const MAX_CONNECTIONS = 10_000;
const PER_NETWORK_DIVISOR = 4;

/** Returns limits below the number of descriptors of this process: in total, and unauthenticated ones per network. */
export function connectionLimits(descriptors: number = descriptorLimit()) {
  const free = descriptors - Math.ceil(descriptors / RESERVED_DIVISOR);
  const total = Math.min(free, MAX_CONNECTIONS);
  return { total, perNetwork: Math.ceil(total / PER_NETWORK_DIVISOR) };
}

/** Reads the soft limit of open files of this process (proc_pid_limits(5)). */
function descriptorLimit(): number {
  const text = tryOr(() => readFileSync('/proc/self/limits', 'utf8'), '');
  return Number(/^Max open files +(\d+)/m.exec(text)?.[1] ?? DEFAULT_DESCRIPTORS);
}

interface Connection {
  readonly key: string;
  readonly socket: Socket;
  readonly network: Set<Connection>;
  /** A request is in progress. */
  isBusy: boolean;
  isOpen: boolean;
}

export type ConnectionLimiter = ReturnType<typeof createConnectionLimiter>;

interface ConnectionLimiterOptions {
  limits: ReturnType<typeof connectionLimits>;
  isTrusted: (address: string) => boolean;
  onDropped: () => void;
}

/**
 * Limits connections. One beyond the limits evicts the unauthenticated connection that has been idle for longest, else the
 * one that has been busy for longest. For trusted proxies only the total limit counts.
 */
export function createConnectionLimiter({ limits, isTrusted, onDropped }: ConnectionLimiterOptions) {
  /** In the order in which they became idle. */
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
    watch(server: Server) {
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
    /** Protects the connection of this request from eviction, permanently or until `response` is closed. */
    markAuthenticated({ socket }: Pick<IncomingMessage, 'socket'>, response?: ServerResponse) {
      const connection = unauthenticated.get(connectionKey(socket));
      if (connection === undefined) return;
      untrack(connection);
      response?.once('close', () => connection.isOpen && setIdle(connection));
    },
  };
}

/** Returns the incoming connection only if there is no other. */
function longestIdle(connections: Iterable<Connection>, incoming: Connection): Connection {
  let candidate = incoming;
  for (const connection of connections) {
    if (connection === incoming) continue;
    if (!connection.isBusy) return connection;
    if (candidate === incoming) candidate = connection;
  }
  return candidate;
}

/** The same for a TCP socket and its TLS socket. */
function connectionKey({ remoteAddress, remotePort, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localPort}`;
}
