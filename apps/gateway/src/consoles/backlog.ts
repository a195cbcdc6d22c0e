import type { Audience, ConsoleSocket } from './audience.ts';
import { POLLED } from './border.ts';
import { drop } from './cut.ts';

/** A client that lets more than so many bytes of frames wait is behind. */
const MAX_FRAMES_BYTES = 256 * 1024;
/** One that lets so many bytes of anything else wait meanwhile does not read any more. */
const MAX_OTHER_BYTES = 1024 * 1024;
/** Whole boards that are on their way to the clients of one account at a time. */
const MAX_BOARDS = 16;

interface Client {
  readonly socket: ConsoleSocket;
  /** All clients of its account. */
  readonly account: Set<Client>;
  /** Bytes for which the transport is not ready, and how many of them are a whole board. */
  queued: number;
  queuedBoard: number;
  /** Bytes that the transport was handed and the network has not taken. */
  inFlight: number;
  /** Of those queued: how many were queued while it has been waiting for a board. */
  other: number;
  /** Waits for a whole board, and is sent no frames meanwhile. */
  isWaiting: boolean;
  board: 'none' | 'asked' | 'written' | 'in flight';
}

/** Bounds in bytes what waits in memory for clients that do not read. */
export interface Backlogs {
  /** From now on the client's bytes are counted, until it is gone. */
  follow(socket: ConsoleSocket): void;
  /** Sends the client a whole board, as soon as nothing waits for it. Meanwhile it is sent no frames. */
  giveBoard(socket: ConsoleSocket): void;
  /** To be called right before a whole board is written to the client. */
  writesBoard(socket: ConsoleSocket): void;
}

export function createBacklogs({
  audience,
  onBehind,
}: {
  audience: () => Audience;
  onBehind: () => void;
}): Backlogs {
  const clients = new Map<ConsoleSocket, Client>();
  const accounts = new Map<number, Set<Client>>();

  function ask(client: Client): void {
    if (client.board === 'asked') return;
    client.isWaiting = true;
    audience().unseat(client.socket);
    settle(client);
  }

  function settle(client: Client): void {
    if (!client.isWaiting || client.board !== 'none' || client.queued + client.inFlight > 0) return;
    const underWay = [...client.account].filter(({ board }) => board !== 'none').length;
    if (underWay >= MAX_BOARDS) return;
    client.isWaiting = false;
    client.board = 'asked';
    audience().seat(client.socket);
  }

  function queue(client: Client, bytes: number): void {
    if (client.board === 'written' && client.queuedBoard === 0) client.queuedBoard = bytes;
    client.queued += bytes;
    if (client.socket.conn.transport.writable) return;
    if (client.isWaiting) {
      client.other += bytes;
      if (client.other > MAX_OTHER_BYTES) drop(client.socket);
    } else if (client.queued - client.queuedBoard > MAX_FRAMES_BYTES) {
      onBehind();
      ask(client);
    }
  }

  function handOver(client: Client): void {
    client.inFlight += client.queued;
    client.queued = 0;
    client.queuedBoard = 0;
    client.other = 0;
    if (client.board === 'written') client.board = 'in flight';
  }

  function taken(client: Client): void {
    client.inFlight = 0;
    if (client.board !== 'in flight') return settle(client);
    client.board = 'none';
    client.account.forEach(settle);
  }

  return {
    follow(socket) {
      const { accountId } = socket.data;
      const account = accounts.get(accountId) ?? new Set();
      const client: Client = {
        socket,
        account,
        queued: 0,
        queuedBoard: 0,
        inFlight: 0,
        other: 0,
        isWaiting: false,
        board: 'none',
      };
      clients.set(socket, client);
      accounts.set(accountId, account.add(client));
      const { conn } = socket;
      conn.on('packetCreate', (packet: Packet) => queue(client, bytesOf(packet)));
      conn.on('flush', () => handOver(client));
      if (conn.transport.name === 'polling') conn.on(POLLED, () => taken(client));
      else conn.transport.on('drain', () => taken(client));
      socket.on('disconnect', () => {
        clients.delete(socket);
        account.delete(client);
        account.forEach(settle);
        if (account.size === 0) accounts.delete(accountId);
      });
    },
    giveBoard(socket) {
      const client = clients.get(socket);
      if (client !== undefined) ask(client);
    },
    writesBoard(socket) {
      const client = clients.get(socket);
      if (client !== undefined) client.board = 'written';
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
