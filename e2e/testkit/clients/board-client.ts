import type { PbxUnderTest, UserName } from '../pbx/pbx-under-test.ts';
import type { TestAccountName } from '../gateway/test-accounts.ts';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { type Board, applyDelta, boardFromSnapshot } from '@lampboard/model';
import {
  type ClientToServer,
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type Extension,
  type Me,
  type UserSettings,
  type Presence,
  type ServerToClient,
  type SetPresenceReply,
  type PresenceInput,
  NOT_SET,
  SERVER_TIMEOUT_MS,
} from '@lampboard/protocol';
import { type Socket, io } from 'socket.io-client';
import { waitUntil } from '../processes/wait-until.ts';
import { parseReply, signIn } from '../gateway/http-client.ts';

/** A board as a console holds it, without a browser. */
export interface BoardClient {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  board(): Board;
  isLive(): boolean;
  extension(id: string): Extension;
  presence(id: string): Presence;
  /** Who the gateway says that it is. */
  me(): Me | undefined;
  /** What the gateway says that the account has made of its board. */
  settings(): UserSettings | undefined;
  /** Gives a command, whatever it asks, and throws where the answer is no reply to it. */
  command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandReply<N>>;
  setPresence(id: string, presence: PresenceInput, base?: Presence): Promise<SetPresenceReply>;
  /** Sets a presence on top of whatever there is; the demo's office leaves people alone whom somebody has set. */
  forceSetPresence(id: string, presence: Presence): Promise<void>;
  waitUntil(what: string, probe: (board: Board) => boolean, ms?: number): Promise<void>;
  close(): void;
}

/** Signs in, or goes on with the session of a `cookie`, and connects to a gateway; resolves with the first snapshot. */
export async function openBoardClient(
  { url }: { url: string },
  {
    as = 'rita',
    cookie,
    transports = ['websocket'],
  }: { as?: TestAccountName; cookie?: string; transports?: ('websocket' | 'polling')[] } = {},
): Promise<BoardClient> {
  const session = cookie ?? (await signIn({ url }, as));
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports,
    reconnectionDelayMax: 200,
    forceNew: true,
    extraHeaders: { cookie: session },
  });
  let board: Board | undefined;
  let account: Me | undefined;
  let settings: UserSettings | undefined;
  /** The snapshot of this connection has come. */
  let isSynced = false;
  let lastPingAt = 0;
  let serverTimeout: NodeJS.Timeout | undefined;
  /** As a page does, it leaves a gateway that is silent, and tries again. */
  const onPing = () => {
    lastPingAt = performance.now();
    clearTimeout(serverTimeout);
    serverTimeout = setTimeout(() => {
      const last = lastPingAt;
      // Where it was this process that stood still, what came meanwhile is read before this.
      setImmediate(() => lastPingAt === last && socket.io.engine.close());
    }, SERVER_TIMEOUT_MS);
  };
  socket.on('me', (me) => {
    account = me;
  });
  socket.on('settings', (update) => {
    settings = update;
  });
  socket.on('snapshot', (snapshot) => {
    board = boardFromSnapshot(snapshot);
    isSynced = true;
    onPing();
  });
  socket.io.on('ping', () => isSynced && onPing());
  socket.on('disconnect', () => {
    isSynced = false;
    clearTimeout(serverTimeout);
  });
  socket.on('delta', (frame) => {
    if (board === undefined) return;
    const applied = applyDelta(board, frame);
    if (applied.kind === 'applied') board = applied.board;
    if (applied.kind === 'gap') socket.emit('resync');
  });
  await waitUntil({ description: 'the first snapshot', everyMs: 5, probe: () => board !== undefined });

  function current(): Board {
    if (board === undefined) throw new Error('There is no board yet.');
    return board;
  }
  function extension(id: string): Extension {
    const found = current().extensions.get(id);
    if (found === undefined) throw new Error(`The board has no ${id}.`);
    return found;
  }

  async function command<N extends CommandName>(
    name: N,
    request: CommandRequest<N>,
  ): Promise<CommandReply<N>> {
    const untyped: Socket = socket;
    return parseReply(name, await untyped.timeout(10_000).emitWithAck(name, request));
  }

  function setPresence(
    id: string,
    presence: PresenceInput,
    base: Presence = extension(id).presence ?? NOT_SET,
  ): Promise<SetPresenceReply> {
    return command('set-presence', { id, presence, base });
  }

  return {
    socket,
    board: current,
    isLive: () =>
      isSynced && performance.now() - lastPingAt <= SERVER_TIMEOUT_MS && current().link.state === 'live',
    extension,
    presence: (id) => extension(id).presence ?? NOT_SET,
    me: () => account,
    settings: () => settings,
    command,
    setPresence,
    async forceSetPresence(id, presence) {
      let reply = await setPresence(id, presence);
      while (!reply.ok && reply.code === 'conflict') reply = await setPresence(id, presence, reply.current);
      if (!reply.ok) throw new Error(reply.message);
    },
    waitUntil: async (what, probe, ms = 5000) => {
      await waitUntil({ description: what, ms, everyMs: 5, probe: () => probe(current()) });
    },
    close: () => socket.disconnect(),
  };
}

interface GatewayWithClient {
  readonly gateway: RunningGateway;
  readonly client: BoardClient;
  /** Closes the board and stops the gateway. */
  close(): Promise<void>;
}

/** Starts a gateway for a PBX and opens a board on it, as the receptionist; resolves when it is live, throws after `liveMs`. */
export async function startGatewayWithClient(
  pbx: Pick<PbxUnderTest, 'amiPort' | 'users'>,
  {
    user = 'lampboard',
    liveMs = 5000,
    as = 'rita',
    env = {},
    data,
  }: { user?: UserName; liveMs?: number; as?: TestAccountName; env?: NodeJS.ProcessEnv; data?: string } = {},
): Promise<GatewayWithClient> {
  const gateway = await startGateway({
    amiPort: pbx.amiPort,
    user: pbx.users[user],
    env,
    ...(data !== undefined && { dataFolder: data }),
  });
  let client: BoardClient | undefined;
  async function close(): Promise<void> {
    client?.close();
    await gateway.stop();
  }
  try {
    client = await openBoardClient(gateway, { as });
    await client.waitUntil('a live board', ({ link }) => link.state === 'live', liveMs);
    return { gateway, client, close };
  } catch (error) {
    await close();
    throw error;
  }
}
