import { LINK_DOWN } from '../presence/set-presence.ts';
import type { PbxConnection } from '../leader.ts';
import type { Message } from './messages.ts';

/** Does what other gateways ask of this one, which they take for the reader. */
export function handleLeaderRequests({
  id,
  leader,
  send,
  monotonic,
}: {
  id: string;
  /** Null where it is not here. */
  leader: () => PbxConnection | null;
  send: (message: Message) => void;
  monotonic: () => number;
}): (message: Message) => Promise<void> {
  return async (message) => {
    if (!('to' in message) || message.to !== id) return;
    const envelope = { from: id, to: message.from };
    switch (message.kind) {
      case 'state-request': {
        const board = leader()?.board;
        if (board === undefined) return;
        if (message.withSnapshot) send({ kind: 'snapshot', from: id, snapshot: board.snapshot() });
        const { epoch, seq } = board.current();
        return send({
          kind: 'state',
          ...envelope,
          requestedAt: message.requestedAt,
          leaderClock: monotonic(),
          epoch,
          seq,
        });
      }
      case 'edit': {
        const { command, actor, deadline } = message;
        const reply = (await leader()?.edit(command, actor, deadline)) ?? LINK_DOWN;
        return send({ kind: 'edit-result', ...envelope, id: message.id, reply });
      }
      case 'reconnect':
        return leader()?.reconnect();
      case 'state':
      case 'edit-result':
    }
  };
}
