import type { IncomingMessage, Server as HttpServer } from 'node:http';
import {
  type CommandName,
  type CommandReply,
  type Me,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
} from '@lampboard/protocol';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server } from 'socket.io';
import { secondsToWait } from '../accounts/throttle.ts';
import { atMostEvery } from './at-most-every.ts';
import { type ConsoleServer, type ConsoleSocket, createAudience } from './audience.ts';
import type { Dispatch } from '../commands/commands.ts';
import type { LiveBoard } from '../pbx/live-board.ts';
import { refuse } from '../refuse.ts';
import { type Session, type Sessions, meOf } from '../sessions/sessions.ts';

/** Whoever asks for snapshots, or for a new try at Asterisk, more often than this gets one all the same. */
const RESYNC_MS = 250;
const RECONNECT_MS = 1000;
/** The largest command is a presence of about a kilobyte. */
const MAX_COMMAND_BYTES = 16 * 1024;
/** One console sends so many events a second at most; one that goes far beyond is cut. */
const EVENTS = { points: 50, duration: 1 };
const FLOOD = { points: 1000, duration: 1 };
const CONSOLES_PER_ACCOUNT = 100;
/** An account is sent so many whole boards in so many seconds at most, over all its consoles. */
const SNAPSHOTS = { points: 120, duration: 10 };
/** A console that lets so many packets wait does not read any more. */
const WAITING_PACKETS = 200;
const REFUSED = new Error('refused');
/** Sessions of connected consoles are looked at so often, in milliseconds, whether they have run out. */
const EXPIRY_MS = 500;

export interface Consoles {
  /** Cuts the consoles whose session has ended, and gives the others the rights that they have by now. */
  review(): void;
  close(): Promise<void>;
}

/** The socket border: whoever has a session gets the board and its frames, and sends commands. */
export function createConsoles({
  http,
  isOwnPage,
  sessionOf,
  sessions,
  board,
  dispatch,
  hideMessages,
  reconnect,
  now,
}: {
  http: HttpServer;
  /** Keeps other sites' pages, and names that point here, from connecting. */
  isOwnPage: (request: IncomingMessage) => boolean;
  sessionOf: (request: IncomingMessage) => Session | null;
  sessions: Pick<Sessions, 'find'>;
  board: Pick<LiveBoard, 'snapshot' | 'subscribe'>;
  dispatch: Dispatch;
  hideMessages: boolean;
  reconnect: () => void;
  now: () => number;
}): Consoles {
  const io: ConsoleServer = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: 5000,
    maxHttpBufferSize: MAX_COMMAND_BYTES,
    allowRequest: (request, decide) => decide(null, isOwnPage(request) && sessionOf(request) !== null),
  });
  const audience = createAudience({ io, hideMessages });
  board.subscribe({ onFrame: audience.frame, onSnapshot: audience.snapshot });
  const reconnectSoon = atMostEvery(RECONNECT_MS, reconnect);
  const events = new RateLimiterMemory(EVENTS);
  const floods = new RateLimiterMemory(FLOOD);
  const snapshots = new RateLimiterMemory(SNAPSHOTS);

  io.use((socket, next) => void admit(socket, next));
  io.on('connection', (socket) => {
    const sendSnapshot = atMostEvery(RESYNC_MS, () => audience.snapshotFor(socket, board.snapshot()));
    audience.seat(socket);
    socket.emit('me', socket.data.me);
    sendSnapshot();
    cutUnlessRead(socket);
    // A connection without a console is nobody's.
    socket.on('disconnect', () => socket.conn.close());
    socket.onAny((name: string, ...args: unknown[]) => {
      void take(socket, name, args, sendSnapshot);
    });
  });

  async function admit(socket: ConsoleSocket, next: (refusal?: Error) => void): Promise<void> {
    const session = sessionOf(socket.request);
    if (session === null || consolesOf(session).length >= CONSOLES_PER_ACCOUNT) return next(REFUSED);
    socket.data = { sessionId: session.id, dueAt: session.dueAt, me: meOf(session) };
    next((await secondsToWait(snapshots, session.account.name)) === null ? undefined : REFUSED);
  }

  /** An event with an acknowledgement is a command, and always answered; of the others two mean something. */
  async function take(
    socket: ConsoleSocket,
    name: string,
    args: unknown[],
    sendSnapshot: () => void,
  ): Promise<void> {
    if ((await secondsToWait(floods, socket.id)) !== null) return cut(socket);
    const wait = await secondsToWait(events, socket.id);
    const reply = args.at(-1);
    if (typeof reply === 'function') {
      const answer: CommandReply<CommandName> =
        wait === null
          ? await answerTo(socket, name, args[0])
          : refuse('too-many', 'Too many at once. Nothing was changed.');
      reply(answer);
    } else if (wait !== null) return;
    else if (name === 'reconnect') reconnectSoon();
    else if (name === 'resync' && (await secondsToWait(snapshots, socket.data.me.name)) === null)
      sendSnapshot();
  }

  async function answerTo(
    socket: ConsoleSocket,
    name: string,
    request: unknown,
  ): Promise<CommandReply<CommandName>> {
    const session = sessions.find(socket.data.sessionId);
    if (session === null) return refuse('signed-out', 'You are signed out. Nothing was changed.');
    return dispatch(name, request, session);
  }

  function consolesOf({ account }: Session): ConsoleSocket[] {
    return [...io.of('/').sockets.values()].filter(({ data }) => data.me.name === account.name);
  }

  function reviewOne(socket: ConsoleSocket): void {
    const session = sessions.find(socket.data.sessionId);
    if (session === null) return cut(socket);
    const me = meOf(session);
    socket.data.dueAt = session.dueAt;
    if (sameRights(me, socket.data.me)) return;
    socket.data.me = me;
    audience.seat(socket);
    socket.emit('me', me);
    audience.snapshotFor(socket, board.snapshot());
  }

  function review(isDue: (socket: ConsoleSocket) => boolean = () => true): void {
    for (const socket of io.of('/').sockets.values()) if (isDue(socket)) reviewOne(socket);
  }
  // An open board is in use: looking its session up in time keeps it from running out for want of use.
  const timer = setInterval(() => review(({ data }) => data.dueAt <= now()), EXPIRY_MS);

  return {
    review: () => review(),
    async close() {
      clearInterval(timer);
      await io.close();
    },
  };
}

/** What is sent waits in memory while the other end does not read: of that there is an end. */
function cutUnlessRead(socket: ConsoleSocket): void {
  let waiting = 0;
  socket.conn.on('flush', () => {
    waiting = 0;
  });
  socket.conn.on('packetCreate', () => {
    waiting += 1;
    if (waiting > WAITING_PACKETS) cut(socket);
  });
}

/** At once: what still waits for somebody who does not read is dropped. */
function cut(socket: ConsoleSocket): void {
  socket.conn.close(true);
}

function sameRights(a: Me, b: Me): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
