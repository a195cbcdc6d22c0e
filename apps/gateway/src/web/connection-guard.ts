import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { network as networkOf } from '../network.ts';
import type { ConnectionLimits } from './connection-limits.ts';

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
  admit(request: Pick<IncomingMessage, 'socket'>, answer?: ServerResponse): void;
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
  const anonymous = new Map<string, Connection>();
  const networks = new Map<string, Set<Connection>>();
  let open = 0;

  function take(socket: Socket): void {
    const { remoteAddress = '' } = socket;
    const name = networkOf(remoteAddress);
    const network = networks.get(name) ?? new Set();
    const connection: Connection = { key: keyOf(socket), socket, network, isBusy: false, isOpen: true };
    networks.set(name, network);
    setIdle(connection);
    open += 1;
    socket.once('close', () => {
      release(connection);
      if (network.size === 0 && networks.get(name) === network) networks.delete(name);
    });
    if (network.size > limits.perNetwork && !isTrusted(remoteAddress)) makeRoom(network, connection);
    if (open > limits.total) makeRoom(anonymous.values(), connection);
  }

  function setIdle(connection: Connection): void {
    forget(connection);
    connection.isBusy = false;
    connection.network.add(connection);
    anonymous.set(connection.key, connection);
  }

  function forget({ key, network }: Connection): void {
    const connection = anonymous.get(key);
    if (connection !== undefined) network.delete(connection);
    anonymous.delete(key);
  }

  function release(connection: Connection): void {
    if (!connection.isOpen) return;
    connection.isOpen = false;
    open -= 1;
    if (anonymous.get(connection.key) === connection) forget(connection);
  }

  function makeRoom(connections: Iterable<Connection>, newcomer: Connection): void {
    const victim = mostIdle(connections, newcomer);
    release(victim);
    victim.socket.destroy();
    onDropped();
  }

  return {
    watch(server) {
      server.on('connection', take);
      server.on('request', ({ socket }, response) => {
        const connection = anonymous.get(keyOf(socket));
        if (connection === undefined) return;
        connection.isBusy = true;
        response.once('close', () => {
          if (anonymous.get(connection.key) === connection) setIdle(connection);
        });
      });
    },
    admit({ socket }, answer) {
      const connection = anonymous.get(keyOf(socket));
      if (connection === undefined) return;
      forget(connection);
      answer?.once('close', () => connection.isOpen && setIdle(connection));
    },
  };
}

/** The newcomer only where there is no other. */
function mostIdle(connections: Iterable<Connection>, newcomer: Connection): Connection {
  let first = newcomer;
  for (const connection of connections) {
    if (connection === newcomer) continue;
    if (!connection.isBusy) return connection;
    if (first === newcomer) first = connection;
  }
  return first;
}

/** The same for a connection and for the TLS that is spoken on it. */
function keyOf({ remoteAddress, remotePort, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localPort}`;
}
