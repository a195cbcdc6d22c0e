import { type IncomingMessage, type Server as HttpServer, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Session } from '../auth/sessions.ts';
import { sendRawResponse } from '../platform/raw-response.ts';
import { type IoServer, type ClientSocket, MAX_MESSAGE_BYTES, terminate } from './io-server.ts';

/** Limits per account and second. */
const MAX_FRAMES = 2000;
const MAX_BYTES = 512 * 1024;
const WINDOW_MS = 1000;

interface Traffic {
  readonly frames?: number;
  readonly bytes?: number;
}

/** Counts received frames and bytes; the result is false when the account is over its limit in this second. */
function createTrafficBudget(): (accountId: number, traffic: Traffic) => boolean {
  const spent = new Map<number, { frames: number; bytes: number }>();
  let windowEnd = 0;

  return (accountId, { frames = 0, bytes = 0 }) => {
    const now = performance.now();
    if (now >= windowEnd) {
      spent.clear();
      windowEnd = now + WINDOW_MS;
    }
    const account = spent.get(accountId) ?? { frames: 0, bytes: 0 };
    account.frames += frames;
    account.bytes += bytes;
    spent.set(accountId, account);
    return account.frames <= MAX_FRAMES && account.bytes <= MAX_BYTES;
  };
}

const MAX_CLIENTS_PER_ACCOUNT = 100;
/** Cost of a new connection. */
const CONNECTION_FRAMES = 5;
/** Delays polls, so that one response carries all changes of this time. */
const POLL_DELAY_MS = 100;
/** Time for a closed client to take the last response. */
const LAST_RESPONSE_TIMEOUT_MS = 1000;
/** Event of a polling connection: the network has taken the response. */
export const POLL_COMPLETED = 'polled';

type Connection = ClientSocket['conn'];
type SocketRequest = IncomingMessage & { readonly websocket?: WebSocket };

interface Client {
  readonly conn: Connection;
  readonly session: Session;
  /** The response to its last poll. */
  lastResponse: ServerResponse | null;
}

export interface ClientGateOptions {
  io: IoServer;
  http: HttpServer;
  basePath: string;
  isSameOrigin: (request: IncomingMessage) => boolean;
  getSession: (request: IncomingMessage) => Session | null;
  /** The request is authenticated: a WebSocket without `response`, else long polling. */
  onAdmitted: (request: IncomingMessage, response?: ServerResponse) => void;
  onConnected: (transport: string) => void;
  headers: Readonly<Record<string, string>>;
}

/**
 * Checks every request before it reaches socket.io: handshakes of WebSockets and long polling, and polls of open connections.
 * Counts everything that an account's clients send, including WebSocket pings; disconnects clients over the limit.
 */
export function createClientGate(options: ClientGateOptions): void {
  const { io, http, basePath, isSameOrigin, getSession, onAdmitted, onConnected, headers } = options;
  const isWithinBudget = createTrafficBudget();
  const clients = new Map<string, Client>();
  /** Sessions of handshakes. */
  const newSessions = new WeakMap<IncomingMessage, Session>();
  io.attach(http, { path: `${basePath}socket.io` });

  const clientsOf = (accountId: number) =>
    [...clients.values()].filter(({ session }) => session.account.id === accountId).length;

  /** Returns the status of a rejection, or null. */
  function rejectionStatus(request: SocketRequest, isUpgrade: boolean): number | null {
    const { sid, transport, EIO, j } = queryParams(request);
    // Tells `lampboard doctor`, which has no session, of a proxy that turns a WebSocket into a plain request.
    if (transport === 'websocket' && !isUpgrade) return 400;
    const session = isSameOrigin(request) ? getSession(request) : null;
    if (session === null) return 403;
    if (EIO !== '4' || j !== undefined || transport !== (isUpgrade ? 'websocket' : 'polling')) return 400;
    const frames = sid ? 1 : CONNECTION_FRAMES;
    if (!isWithinBudget(session.account.id, { frames, bytes: requestBytes(request) })) return 429;
    if (sid) {
      const client = clients.get(sid);
      if (isUpgrade || client?.session.id !== session.id) return 400;
    } else {
      if (clientsOf(session.account.id) >= MAX_CLIENTS_PER_ACCOUNT) return 429;
      newSessions.set(request, session);
    }
    return null;
  }

  /** Returns false if the client has not read the previous response. */
  function trackResponse(client: Client, response: ServerResponse): boolean {
    if (client.lastResponse !== null && !client.lastResponse.writableFinished) return false;
    client.lastResponse = response;
    response.once('close', () => client.conn.emit(POLL_COMPLETED));
    return true;
  }

  io.engine.use((request: SocketRequest, response: unknown, next: () => void) => {
    const isUpgrade = !(response instanceof ServerResponse);
    const status = rejectionStatus(request, isUpgrade);
    if (isUpgrade) {
      if (status !== null) return sendRawResponse(request.socket, status, headers);
      onAdmitted(request);
      return next();
    }
    if (status !== null) return response.writeHead(status).end();
    onAdmitted(request, response);
    const client = clients.get(queryParams(request).sid ?? '');
    if (client === undefined || request.method !== 'GET') return next();
    if (trackResponse(client, response))
      return setTimeout(() => (response.destroyed ? terminate(client) : next()), POLL_DELAY_MS);
    terminate(client);
    client.lastResponse?.destroy();
    return response.writeHead(400).end();
  });

  io.engine.on('connection', (conn: Connection & { readonly request: SocketRequest }) => {
    const session = newSessions.get(conn.request);
    const { sid, name } = conn.transport;
    if (session === undefined) return terminate({ conn });
    const client: Client = { conn, session, lastResponse: null };
    clients.set(sid, client);
    conn.once('close', () => {
      clients.delete(sid);
      setTimeout(() => client.lastResponse?.destroy(), LAST_RESPONSE_TIMEOUT_MS);
    });
    onConnected(name);
    const spend = (traffic: Traffic): boolean => {
      const isAllowed = isWithinBudget(session.account.id, traffic);
      if (!isAllowed) terminate({ conn });
      return isAllowed;
    };
    conn.on('packet', () => spend({ frames: 1 }));
    const { websocket, socket } = conn.request;
    if (websocket === undefined) return;
    countControlFrames(websocket, () => spend({ frames: 1 }));
    socket.on('data', ({ length }: Buffer) => spend({ bytes: length }));
  });
}

/** Pings are answered only if the client reads the pongs (RFC 6455, 5.5.3). */
function countControlFrames(websocket: WebSocket, spend: () => boolean): void {
  websocket.on('ping', (data) => {
    if (spend() && websocket.bufferedAmount === 0) websocket.pong(data);
  });
  websocket.on('pong', spend);
}

/** As in Engine.IO, the last of repeated parameters counts. */
function queryParams({ url = '' }: IncomingMessage): Partial<Record<string, string>> {
  return Object.fromEntries(new URL(url, 'http://localhost').searchParams);
}

function requestBytes({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return MAX_MESSAGE_BYTES;
  return Number(headers['content-length'] ?? 0);
}
