import { type Board, applyFrame, boardOfSnapshot } from '@lampboard/board';
import {
  type ClientToServer,
  type ExtensionRow,
  type Presence,
  type ServerToClient,
  type SetPresenceReply,
  NOT_SET,
  setPresenceReply,
} from '@lampboard/protocol';
import { type Socket, io } from 'socket.io-client';
import { until } from '../processes/until.ts';

/** A board as a console holds it, without a browser. */
export interface OpenBoard {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  board(): Board;
  isLive(): boolean;
  row(id: string): ExtensionRow;
  presence(id: string): Presence;
  set(
    id: string,
    presence: Record<'state' | 'subtype' | 'message', string>,
    base?: Presence,
  ): Promise<SetPresenceReply>;
  until(what: string, probe: (board: Board) => boolean, ms?: number): Promise<void>;
  close(): void;
}

/** Connects to a gateway; resolves with the first snapshot. */
export async function openBoard({ url }: { url: string }): Promise<OpenBoard> {
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    reconnectionDelayMax: 200,
    forceNew: true,
  });
  let board: Board | undefined;
  socket.on('snapshot', (snapshot) => {
    board = boardOfSnapshot(snapshot);
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

  return {
    socket,
    board: current,
    isLive: () => socket.connected && current().link.state === 'live',
    row,
    presence: (id) => row(id).presence ?? NOT_SET,
    async set(id, presence, base = row(id).presence ?? NOT_SET) {
      const reply: unknown = await socket.timeout(10_000).emitWithAck('set-presence', { id, presence, base });
      return setPresenceReply.parse(reply);
    },
    until: async (what, probe, ms = 5000) => {
      await until({ what, ms, everyMs: 5, probe: () => probe(current()) });
    },
    close: () => socket.disconnect(),
  };
}
