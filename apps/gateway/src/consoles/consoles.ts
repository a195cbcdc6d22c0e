import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Me } from '@lampboard/protocol';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { secondsToWait } from '../seconds-to-wait.ts';
import { atMostEvery } from './at-most-every.ts';
import { type Audience, type ConsoleServer, type ConsoleSocket, createAudience } from './audience.ts';
import { createBacklogs } from './backlog.ts';
import { createBorder } from './border.ts';
import type { Dispatch } from '../commands/commands.ts';
import { cut } from './cut.ts';
import { pushOwnBoards } from './push-own-boards.ts';
import { createTakeEvents } from './take-events.ts';
import { createTrafficBudget } from './traffic-budget.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { OwnBoards } from '../own-board/own-boards.ts';
import type { LiveBoard } from '../pbx/live-board.ts';
import { type Session, type Sessions, meOf } from '../sessions/sessions.ts';

/** Whoever asks for snapshots more often than this gets one all the same. */
const RESYNC_MS = 250;
/** An account is sent so many whole boards in so many seconds at most, over all its consoles. */
const SNAPSHOTS = { points: 120, duration: 10 };
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
  io,
  http,
  isOwnPage,
  onAdmitted,
  headers,
  sessionOf,
  sessions,
  board,
  ownBoards,
  dispatch,
  hideMessages,
  reconnect,
  metrics,
  now,
}: {
  io: ConsoleServer;
  http: HttpServer;
  /** Keeps other sites' pages, and names that point here, from connecting. */
  isOwnPage: (request: IncomingMessage) => boolean;
  /** The connection of this request is a signed-in client's: for good where it is a WebSocket, else until the answer. */
  onAdmitted: (request: IncomingMessage, answer?: ServerResponse) => void;
  /** Of every answer. */
  headers: Readonly<Record<string, string>>;
  sessionOf: (request: IncomingMessage) => Session | null;
  sessions: Pick<Sessions, 'find'>;
  board: Pick<LiveBoard, 'snapshot' | 'subscribe'>;
  ownBoards: Pick<OwnBoards, 'get' | 'subscribe'>;
  dispatch: Dispatch;
  hideMessages: boolean;
  reconnect: () => void;
  metrics: Metrics;
  now: () => number;
}): Consoles {
  createBorder({
    io,
    http,
    isOwnPage,
    sessionOf,
    onAdmitted,
    onClient: metrics.consoleConnected,
    budget: createTrafficBudget(),
    headers,
  });
  const backlogs = createBacklogs({ audience: () => audience, onBehind: metrics.consoleBehind });
  const audience: Audience = createAudience({
    io,
    board,
    hideMessages,
    onWholeBoard: backlogs.writesBoard,
    metrics,
  });
  const giveOwnBoard = pushOwnBoards({ io, ownBoards });
  const takeEvents = createTakeEvents({ dispatch, sessions, reconnect, metrics });
  const snapshots = new RateLimiterMemory(SNAPSHOTS);

  io.use((socket, next) => void admit(socket, next));
  io.on('connection', (socket) => {
    const giveBoard = atMostEvery(RESYNC_MS, () => backlogs.giveBoard(socket));
    metrics.consoleOpened();
    backlogs.follow(socket);
    socket.emit('me', socket.data.me);
    giveOwnBoard(socket);
    giveBoard();
    // A connection without a console is nobody's.
    socket.on('disconnect', (reason) => {
      metrics.consoleClosed(reason);
      socket.conn.close();
    });
    takeEvents(socket, () => {
      void maySendSnapshot(socket.data.me).then((may) => may && giveBoard());
    });
  });

  async function admit(socket: ConsoleSocket, next: (refusal?: Error) => void): Promise<void> {
    const session = sessionOf(socket.request);
    if (session === null) return next(REFUSED);
    socket.data = {
      sessionId: session.id,
      accountId: session.account.id,
      dueAt: session.dueAt,
      me: meOf(session),
    };
    next((await maySendSnapshot(session.account)) ? undefined : REFUSED);
  }

  async function maySendSnapshot({ name }: Pick<Me, 'name'>): Promise<boolean> {
    return (await secondsToWait(snapshots, name)) === null;
  }

  function reviewOne(socket: ConsoleSocket): void {
    const session = sessions.find(socket.data.sessionId);
    if (session === null) return cut(socket);
    const me = meOf(session);
    socket.data.dueAt = session.dueAt;
    if (sameRights(me, socket.data.me)) return;
    socket.data.me = me;
    socket.emit('me', me);
    backlogs.giveBoard(socket);
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

function sameRights(a: Me, b: Me): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
