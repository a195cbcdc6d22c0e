import { type Board, applyFrame, boardOfSnapshot } from '@lampboard/board';
import {
  type ClientToServer,
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type ExtensionRow,
  type Me,
  type OwnBoard,
  type Presence,
  type ServerToClient,
  type SetPresenceReply,
  type WantedPresence,
  NOT_SET,
  SILENCE_MS,
} from '@lampboard/protocol';
import { type Socket, io } from 'socket.io-client';
import { until } from '../processes/until.ts';
import type { TestAccountName } from './accounts.ts';
import { replyOf, signIn } from './sign-in.ts';

/** A board as a console holds it, without a browser. */
export interface OpenBoard {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  board(): Board;
  isLive(): boolean;
  row(id: string): ExtensionRow;
  presence(id: string): Presence;
  /** Who the gateway says that it is. */
  me(): Me | undefined;
  /** What the gateway says that the account has made of its board. */
  own(): OwnBoard | undefined;
  /** Gives a command, whatever it asks, and throws where the answer is no reply to it. */
  command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandReply<N>>;
  set(id: string, presence: WantedPresence, base?: Presence): Promise<SetPresenceReply>;
  /** Sets a presence on top of whatever there is; the demo's office leaves people alone whom somebody has set. */
  settle(id: string, presence: Presence): Promise<void>;
  until(what: string, probe: (board: Board) => boolean, ms?: number): Promise<void>;
  close(): void;
}

/** Signs in, or goes on with the session of a `cookie`, and connects to a gateway; resolves with the first snapshot. */
export async function openBoard(
  { url }: { url: string },
  {
    as = 'rita',
    cookie,
    transports = ['websocket'],
  }: { as?: TestAccountName; cookie?: string; transports?: ('websocket' | 'polling')[] } = {},
): Promise<OpenBoard> {
  const session = cookie ?? (await signIn({ url }, as));
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports,
    reconnectionDelayMax: 200,
    forceNew: true,
    extraHeaders: { cookie: session },
  });
  let board: Board | undefined;
  let who: Me | undefined;
  let own: OwnBoard | undefined;
  /** The snapshot of this connection has come. */
  let isWhole = false;
  let heardAt = 0;
  let silence: NodeJS.Timeout | undefined;
  /** As a page does, it leaves a gateway that is silent, and tries again. */
  const hear = () => {
    heardAt = performance.now();
    clearTimeout(silence);
    silence = setTimeout(() => {
      const last = heardAt;
      // Where it was this process that stood still, what came meanwhile is read before this.
      setImmediate(() => heardAt === last && socket.io.engine.close());
    }, SILENCE_MS);
  };
  socket.on('me', (me) => {
    who = me;
  });
  socket.on('own', (its) => {
    own = its;
  });
  socket.on('snapshot', (snapshot) => {
    board = boardOfSnapshot(snapshot);
    isWhole = true;
    hear();
  });
  socket.io.on('ping', () => isWhole && hear());
  socket.on('disconnect', () => {
    isWhole = false;
    clearTimeout(silence);
  });
  socket.on('frame', (frame) => {
    if (board === undefined) return;
    const applied = applyFrame(board, frame);
    if (applied.kind === 'applied') board = applied.board;
    if (applied.kind === 'gap') socket.emit('resync');
  });
  await until({ what: 'the first snapshot', everyMs: 5, probe: () => board !== undefined });

  function current(): Board {
    if (board === undefined) throw new Error('There is no board yet.');
    return board;
  }
  function row(id: string): ExtensionRow {
    const found = current().rows.get(id);
    if (found === undefined) throw new Error(`The board has no ${id}.`);
    return found;
  }

  async function command<N extends CommandName>(
    name: N,
    request: CommandRequest<N>,
  ): Promise<CommandReply<N>> {
    const untyped: Socket = socket;
    return replyOf(name, await untyped.timeout(10_000).emitWithAck(name, request));
  }

  function set(
    id: string,
    presence: WantedPresence,
    base: Presence = row(id).presence ?? NOT_SET,
  ): Promise<SetPresenceReply> {
    return command('set-presence', { id, presence, base });
  }

  return {
    socket,
    board: current,
    isLive: () => isWhole && performance.now() - heardAt <= SILENCE_MS && current().link.state === 'live',
    row,
    presence: (id) => row(id).presence ?? NOT_SET,
    me: () => who,
    own: () => own,
    command,
    set,
    async settle(id, presence) {
      let reply = await set(id, presence);
      while (!reply.ok && reply.code === 'conflict') reply = await set(id, presence, reply.current);
      if (!reply.ok) throw new Error(reply.message);
    },
    until: async (what, probe, ms = 5000) => {
      await until({ what, ms, everyMs: 5, probe: () => probe(current()) });
    },
    close: () => socket.disconnect(),
  };
}
