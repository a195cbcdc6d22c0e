import type { OwnBoards } from '../own-board/own-boards.ts';
import { atMostEvery } from './at-most-every.ts';
import type { ConsoleServer, ConsoleSocket } from './audience.ts';

/** An own board may be as large as a whole one: those that changed are sent at most so often, in milliseconds. */
const PUSH_MS = 50;

/** Sends every change of an own board to all consoles of its account; what it returns gives one console its own. */
export function pushOwnBoards({
  io,
  ownBoards,
}: {
  io: ConsoleServer;
  ownBoards: Pick<OwnBoards, 'get' | 'subscribe'>;
}): (socket: ConsoleSocket) => void {
  const roomOf = (accountId: number) => `account ${accountId}`;
  const changed = new Set<number>();
  const push = atMostEvery(PUSH_MS, () => {
    for (const accountId of changed) send(io.to(roomOf(accountId)), accountId);
    changed.clear();
  });
  ownBoards.subscribe((accountId) => {
    changed.add(accountId);
    push();
  });

  function send(to: Pick<ConsoleServer | ConsoleSocket, 'emit'>, accountId: number): void {
    try {
      to.emit('own', ownBoards.get(accountId));
    } catch {
      // What can't be read now is sent with the next change.
    }
  }

  return (socket) => {
    const { accountId } = socket.data;
    void socket.join(roomOf(accountId));
    send(socket, accountId);
  };
}
