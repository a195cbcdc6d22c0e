import { type IncomingMessage, type Server as HttpServer, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Session } from '../sessions/sessions.ts';
import { answerRaw } from '../web/raw-answer.ts';
import type { ConsoleServer, ConsoleSocket } from './audience.ts';
import { MAX_COMMAND_BYTES } from './console-server.ts';
import { drop } from './cut.ts';
import type { TrafficBudget } from './traffic-budget.ts';

const CLIENTS_PER_ACCOUNT = 100;
/** A new connection counts as so many frames. */
const CONNECTION_FRAMES = 5;
/** A poll is looked at only after so many milliseconds: what changes meanwhile goes out as one answer. */
const POLL_PAUSE_MS = 100;
/** A client that is gone has so many milliseconds to take the answer that was under way. */
const LAST_ANSWER_MS = 1000;
/** Event of a polling connection: the network has taken the answer to a poll. */
export const POLLED = 'polled';

type Connection = ConsoleSocket['conn'];
type Asked = IncomingMessage & { readonly websocket?: WebSocket };

interface Client {
  readonly conn: Connection;
  readonly session: Session;
  /** The answer to its last poll. */
  answer: ServerResponse | null;
}

/**
 * What stands between clients and the socket.io server: every request is checked, be it the first of a WebSocket, one of
 * long polling, or one that names a connection that is open already. All that an account's clients send is counted, the
 * frames that WebSockets answer by themselves too; where it is too much the client is cut, and no other let in meanwhile.
 */
export function createBorder({
  io,
  http,
  isOwnPage,
  sessionOf,
  onAdmitted,
  onClient,
  budget,
  headers,
}: {
  io: ConsoleServer;
  http: HttpServer;
  /** Keeps other sites' pages, and names that point here, from connecting. */
  isOwnPage: (request: IncomingMessage) => boolean;
  sessionOf: (request: IncomingMessage) => Session | null;
  /** The connection of this request is a signed-in client's: for good where it is a WebSocket, else until the answer. */
  onAdmitted: (request: IncomingMessage, answer?: ServerResponse) => void;
  onClient: (transport: string) => void;
  budget: TrafficBudget;
  /** Of every answer. */
  headers: Readonly<Record<string, string>>;
}): void {
  const clients = new Map<string, Client>();
  /** Of requests that begin a connection. */
  const begun = new WeakMap<IncomingMessage, Session>();
  io.attach(http);

  const clientsOf = (accountId: number) =>
    [...clients.values()].filter(({ session }) => session.account.id === accountId).length;

  /** The status of a refusal, null where there is none. */
  function check(request: Asked, isUpgrade: boolean): number | null {
    const session = isOwnPage(request) ? sessionOf(request) : null;
    if (session === null) return 403;
    const { sid, transport, EIO, j } = queryOf(request);
    if (EIO !== '4' || j !== undefined || transport !== (isUpgrade ? 'websocket' : 'polling')) return 400;
    const frames = sid ? 1 : CONNECTION_FRAMES;
    if (!budget.spend(session.account.id, { frames, bytes: bytesOf(request) })) return 429;
    if (sid) {
      const client = clients.get(sid);
      if (isUpgrade || client?.session.id !== session.id) return 400;
    } else {
      if (clientsOf(session.account.id) >= CLIENTS_PER_ACCOUNT) return 429;
      begun.set(request, session);
    }
    return null;
  }

  /** False where the answer before has not been taken yet: who reads nothing is told nothing more. */
  function follow(client: Client, response: ServerResponse): boolean {
    if (client.answer !== null && !client.answer.writableFinished) return false;
    client.answer = response;
    response.once('close', () => client.conn.emit(POLLED));
    return true;
  }

  io.engine.use((request: Asked, response: unknown, next: () => void) => {
    const isUpgrade = !(response instanceof ServerResponse);
    const status = check(request, isUpgrade);
    if (isUpgrade) {
      if (status !== null) return answerRaw(request.socket, status, headers);
      onAdmitted(request);
      return next();
    }
    if (status !== null) return response.writeHead(status).end();
    onAdmitted(request, response);
    const client = clients.get(queryOf(request).sid ?? '');
    if (client === undefined || request.method !== 'GET') return next();
    if (follow(client, response)) {
      return setTimeout(() => (response.destroyed ? drop(client) : next()), POLL_PAUSE_MS);
    }
    drop(client);
    client.answer?.destroy();
    return response.writeHead(400).end();
  });

  io.engine.on('connection', (conn: Connection & { readonly request: Asked }) => {
    const session = begun.get(conn.request);
    const { sid, name } = conn.transport;
    if (session === undefined) return drop({ conn });
    const client: Client = { conn, session, answer: null };
    clients.set(sid, client);
    conn.once('close', () => {
      clients.delete(sid);
      setTimeout(() => client.answer?.destroy(), LAST_ANSWER_MS);
    });
    onClient(name);
    const spend = (sent: Parameters<TrafficBudget['spend']>[1]): boolean => {
      const isFine = budget.spend(session.account.id, sent);
      if (!isFine) drop({ conn });
      return isFine;
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
function queryOf({ url = '' }: IncomingMessage): Partial<Record<string, string>> {
  return Object.fromEntries(new URL(url, 'http://localhost').searchParams);
}

function bytesOf({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return MAX_COMMAND_BYTES;
  return Number(headers['content-length'] ?? 0);
}
