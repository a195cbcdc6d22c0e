import { type IncomingMessage, type Server as HttpServer, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Session } from '../auth/sessions.ts';
import { sendRawResponse } from '../platform/raw-response.ts';
import { type IoServer, type ClientSocket, MAX_COMMAND_BYTES } from './io-server.ts';
import { terminate } from './disconnect.ts';

/** The clients of one account send so much in a second at most, all together. */
const MAX_FRAMES = 2000;
const MAX_BYTES = 512 * 1024;
const WINDOW_MS = 1000;

/** Counts what clients send: frames of every kind, requests of long polling, and bytes. */
interface TrafficBudget {
  /** Counts; false where it is more than the account may send in this second. */
  spend(accountId: number, traffic: { readonly frames?: number; readonly bytes?: number }): boolean;
}

/** `elapsed` is a clock in milliseconds that never goes back. */
export function createTrafficBudget(monotonic: () => number = () => performance.now()): TrafficBudget {
  const spent = new Map<number, { frames: number; bytes: number }>();
  let windowEnd = 0;

  return {
    spend(accountId, { frames = 0, bytes = 0 }) {
      if (monotonic() >= windowEnd) {
        spent.clear();
        windowEnd = monotonic() + WINDOW_MS;
      }
      const account = spent.get(accountId) ?? { frames: 0, bytes: 0 };
      account.frames += frames;
      account.bytes += bytes;
      spent.set(accountId, account);
      return account.frames <= MAX_FRAMES && account.bytes <= MAX_BYTES;
    },
  };
}

const MAX_CLIENTS_PER_ACCOUNT = 100;
/** A new connection counts as so many frames. */
const CONNECTION_FRAMES = 5;
/** A poll is looked at only after so many milliseconds: what changes meanwhile goes out as one answer. */
const POLL_DELAY_MS = 100;
/** A client that is gone has so many milliseconds to take the answer that was under way. */
const LAST_RESPONSE_TIMEOUT_MS = 1000;
/** Event of a polling connection: the network has taken the answer to a poll. */
export const POLL_COMPLETED = 'polled';

type Connection = ClientSocket['conn'];
type SocketRequest = IncomingMessage & { readonly websocket?: WebSocket };

interface Client {
  readonly conn: Connection;
  readonly session: Session;
  /** The answer to its last poll. */
  lastResponse: ServerResponse | null;
}

/**
 * What stands between clients and the socket.io server: every request is checked, be it the first of a WebSocket, one of
 * long polling, or one that names a connection that is open already. All that an account's clients send is counted, the
 * frames that WebSockets answer by themselves too; where it is too much the client is cut, and no other let in meanwhile.
 */
export function createConnectionGate({
  io,
  http,
  isSameOrigin,
  getSession,
  onAdmitted,
  onClient,
  budget,
  headers,
}: {
  io: IoServer;
  http: HttpServer;
  /** Keeps other sites' pages, and names that point here, from connecting. */
  isSameOrigin: (request: IncomingMessage) => boolean;
  getSession: (request: IncomingMessage) => Session | null;
  /** The connection of this request is a signed-in client's: for good where it is a WebSocket, else until the answer. */
  onAdmitted: (request: IncomingMessage, response?: ServerResponse) => void;
  onClient: (transport: string) => void;
  budget: TrafficBudget;
  /** Of every answer. */
  headers: Readonly<Record<string, string>>;
}): void {
  const clients = new Map<string, Client>();
  /** Of requests that begin a connection. */
  const newSessions = new WeakMap<IncomingMessage, Session>();
  io.attach(http);

  const clientsOf = (accountId: number) =>
    [...clients.values()].filter(({ session }) => session.account.id === accountId).length;

  /** The status of a refusal, null where there is none. */
  function rejectionStatus(request: SocketRequest, isUpgrade: boolean): number | null {
    const session = isSameOrigin(request) ? getSession(request) : null;
    if (session === null) return 403;
    const { sid, transport, EIO, j } = queryParams(request);
    if (EIO !== '4' || j !== undefined || transport !== (isUpgrade ? 'websocket' : 'polling')) return 400;
    const frames = sid ? 1 : CONNECTION_FRAMES;
    if (!budget.spend(session.account.id, { frames, bytes: requestBytes(request) })) return 429;
    if (sid) {
      const client = clients.get(sid);
      if (isUpgrade || client?.session.id !== session.id) return 400;
    } else {
      if (clientsOf(session.account.id) >= MAX_CLIENTS_PER_ACCOUNT) return 429;
      newSessions.set(request, session);
    }
    return null;
  }

  /** False where the answer before has not been taken yet: who reads nothing is told nothing more. */
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
    if (trackResponse(client, response)) {
      return setTimeout(() => (response.destroyed ? terminate(client) : next()), POLL_DELAY_MS);
    }
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
    onClient(name);
    const spend = (traffic: Parameters<TrafficBudget['spend']>[1]): boolean => {
      const isWithinBudget = budget.spend(session.account.id, traffic);
      if (!isWithinBudget) terminate({ conn });
      return isWithinBudget;
    };
    conn.on('packet', () => spend({ frames: 1 }));
    const { websocket, socket } = conn.request;
    if (websocket === undefined) return;
    countControlFrames(websocket, () => spend({ frames: 1 }));
    socket.on('data', ({ length }: Buffer) => spend({ bytes: length }));
  });
}

/** WebSocket pings are answered where the client reads the answers (RFC 6455, 5.5.3). */
function countControlFrames(websocket: WebSocket, spend: () => boolean): void {
  websocket.on('ping', (data) => {
    if (spend() && websocket.bufferedAmount === 0) websocket.pong(data);
  });
  websocket.on('pong', spend);
}

/** As Engine.IO reads it: of what is there twice the last counts. */
function queryParams({ url = '' }: IncomingMessage): Partial<Record<string, string>> {
  return Object.fromEntries(new URL(url, 'http://localhost').searchParams);
}

function requestBytes({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return MAX_COMMAND_BYTES;
  return Number(headers['content-length'] ?? 0);
}
