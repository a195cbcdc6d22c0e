import {
  type Board,
  type FullList,
  type MutableBoard,
  type OthersCalls,
  boardFromSnapshot,
  commitDelta,
} from '@lampboard/model';
import { testPbx } from '@lampboard/model/testing';
import { type Me, delta, snapshot } from '@lampboard/protocol';
import { expect, vi } from 'vitest';
import { createLiveBoard } from '../../board/live-board.ts';
import { systemClock } from '../../platform/clock.ts';
import type { ClientSocket } from '../io-server.ts';
import { createSubscribers } from '../subscribers.ts';
import { serveIo } from './serve-io.ts';

export const WAIT = { timeout: 10_000, interval: 5 };
export const BERN = testPbx('bern');
export const PBXS = [testPbx('berlin'), BERN];
export const CONTEXTS = ['default', 'sales'];
export const EXTENS = ['1101', '1102', '1103', '1104', '1105', '1106'];

export type Account = Pick<Me, 'role' | 'extensions' | 'limits'>;

/** Serves a board of two PBXs, whose clients are of these accounts. */
export async function serveBoard(othersCalls: OthersCalls = 'nothing') {
  const { io, connect } = await serveIo();
  const board = createLiveBoard({ pbxs: PBXS, clock: systemClock });
  for (const pbx of PBXS) board.reset(pbx, [listOf(EXTENS)]);
  const refreshed: ClientSocket[] = [];
  const subscribers = createSubscribers({
    board,
    hideOthersMessages: true,
    othersCalls,
    beforeSnapshot() {},
    onVisibilityChanged: (socket) => void refreshed.push(socket),
    metrics: { snapshotsSent() {} },
  });
  io.on('connection', (socket) => socket.on('disconnect', () => subscribers.unsubscribe(socket)));
  return {
    board,
    refreshed,
    async open(account: Account) {
      const client = await connect();
      const socket: ClientSocket = client.socket;
      const become = (now: Account) => {
        socket.data.me = { id: 1, name: 'x', authMethod: 'password', ...now };
        subscribers.subscribe(socket);
      };
      become(account);
      await vi.waitFor(() => expect(client.messages).toHaveLength(1), WAIT);
      return { ...client, become };
    },
  };
}

/** `aliases`: contexts in which the person 1107 has further numbers. */
export const listOf = (extens: readonly string[], aliases: readonly string[] = []): FullList => ({
  kind: 'full-list',
  entries: [
    ...extens.flatMap((exten) => CONTEXTS.map((context) => entryOf(exten, context))),
    { ...entryOf('1107', 'default'), aliases: aliases.map((context) => entryOf('*801107', context)) },
  ],
  presences: new Map(),
  updatedDuringList: new Set(),
});

const entryOf = (exten: string, context: string) => ({
  kind: 'person' as const,
  exten,
  context,
  hint: `PJSIP/${exten},CustomPresence:${exten}${context}`,
  status: 0,
});

/** Applies all messages in order, and fails at a gap. `onApplied` is called with the board after each. */
export function boardOf(
  messages: readonly unknown[],
  onApplied: (board: Board, index: number) => void = () => {},
): MutableBoard {
  let board: MutableBoard | null = null;
  for (const [index, message] of messages.entries()) {
    const received = snapshot.safeParse(message);
    if (received.success) board = boardFromSnapshot(received.data);
    else {
      if (board === null) throw new Error('A delta came before the snapshot.');
      const result: ReturnType<typeof commitDelta> = commitDelta(board, delta.parse(message));
      if (result.kind !== 'applied') throw new Error(`${result.kind}: ${JSON.stringify(message)}`);
      board = result.board;
    }
    onApplied(board, index);
  }
  if (board === null) throw new Error('There is no board.');
  return board;
}
