import type { PbxUnderTest, UserName } from '../pbx/pbx-under-test.ts';
import type { TestAccountName } from '../gateway/test-accounts.ts';
import { type GatewayOptions, startGateway } from '../gateway/start-gateway.ts';
import { type Board, applyDelta, boardFromSnapshot, linkOf } from '@lampboard/model';
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
  type PresenceInput,
  NOT_SET,
  SERVER_TIMEOUT_MS,
} from '@lampboard/protocol';
import { type Socket, io } from 'socket.io-client';
import { waitUntil } from '../processes/wait-until.ts';
import { postCommand, signIn } from '../gateway/http-client.ts';

/** A client with a replicated board, without a browser. */
export type BoardClient = Awaited<ReturnType<typeof openBoardClient>>;

const REPLY_TIMEOUT_MS = 10_000;

/** Signs in, or uses the session of `cookie`, and connects; resolves with the first snapshot. */
export async function openBoardClient(
  { url }: { url: string },
  {
    as = 'rita',
    cookie,
    transports = ['websocket'],
  }: { as?: TestAccountName; cookie?: string; transports?: ('websocket' | 'polling')[] } = {},
) {
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
  let isSynced = false;
  let lastPingAt = 0;
  let serverTimeout: NodeJS.Timeout | undefined;
  /** Reconnects when the gateway is silent, as the page does. */
  const onPing = () => {
    lastPingAt = performance.now();
    clearTimeout(serverTimeout);
    serverTimeout = setTimeout(() => {
      const last = lastPingAt;
      // If this process was blocked, pending packets are read first.
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
  await waitUntil('the first snapshot', () => board !== undefined, { everyMs: 5 });

  function current(): Board {
    if (board === undefined) throw new Error('There is no board yet.');
    return board;
  }
  function extension(id: string): Extension {
    const found = current().extensions.get(id);
    if (found === undefined) throw new Error(`The board has no ${id}.`);
    return found;
  }

  /** Sends a command over HTTP with the session of the client. */
  function command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandReply<N>> {
    return postCommand({ url }, session, name, request, AbortSignal.timeout(REPLY_TIMEOUT_MS));
  }

  const presenceOf = (id: string) => extension(id).presence ?? NOT_SET;
  const setPresence = (id: string, presence: PresenceInput, base = presenceOf(id)) =>
    command('set-presence', { id, presence, base });

  const link = () => linkOf(current().pbxs.values());
  /** True if the client, and the link of one PBX or of all, are live. */
  const isLive = (pbxId?: string) => {
    const { state } = pbxId === undefined ? link() : (current().pbxs.get(pbxId)?.link ?? link());
    return isSynced && performance.now() - lastPingAt <= SERVER_TIMEOUT_MS && state === 'live';
  };
  /** Waits 5 s by default. */
  const waitFor = async (what: string, probe: (board: Board) => boolean, ms = 5000) =>
    void (await waitUntil(what, () => probe(current()), { ms, everyMs: 5 }));

  return {
    socket,
    board: current,
    link,
    /** The link of one PBX of several. */
    pbxLink: (id: string) => current().pbxs.get(id)?.link,
    isLive,
    /** The lines of all parties. */
    calls: () => current().calls.values(),
    /** The link for calls of the only PBX. */
    callsLink: () => [...current().pbxs.values()][0]?.callsLink,
    extension,
    presence: presenceOf,
    me: () => account,
    settings: () => settings,
    command,
    setPresence,
    /** Sets a presence over any current one; the demo office does not change it afterwards. */
    async forceSetPresence(id: string, presence: Presence) {
      let reply = await setPresence(id, presence);
      while (!reply.ok && reply.code === 'conflict') reply = await setPresence(id, presence, reply.current);
      if (!reply.ok) throw new Error(reply.message);
    },
    waitUntil: waitFor,
    waitUntilLive: (ms?: number) => waitFor('a live board', () => isLive(), ms),
    waitUntilDown: (ms?: number, reason?: string) =>
      waitFor(
        `the link to be down: ${reason}`,
        () => {
          const status = link();
          return status.state === 'down' && (reason === undefined || status.reason === reason);
        },
        ms,
      ),
    stop: () => void socket.disconnect(),
  };
}

/** Starts a gateway for a PBX and opens a client; resolves when it is live, throws after `liveMs`. */
export async function startGatewayWithClient(
  pbx: Pick<PbxUnderTest, 'amiPort' | 'users'>,
  {
    user = 'lampboard',
    liveMs = 5000,
    ...options
  }: { user?: UserName; liveMs?: number } & Pick<GatewayOptions, 'env' | 'dataFolder'> = {},
) {
  const gateway = await startGateway({ amiPort: pbx.amiPort, user: pbx.users[user], ...options });
  let client: BoardClient | undefined;
  async function stop(): Promise<void> {
    client?.stop();
    await gateway.stop();
  }
  try {
    client = await openBoardClient(gateway);
    await client.waitUntilLive(liveMs);
    return { gateway, client, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
