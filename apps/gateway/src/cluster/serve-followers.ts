import { LINK_DOWN } from '../edits/edit.ts';
import type { FollowedPbx } from '../reader.ts';
import type { Message } from './messages.ts';

/** Does what other gateways ask of this one, which they take for the reader. */
export function serveFollowers({
  id,
  reader,
  send,
  elapsed,
}: {
  id: string;
  /** Null where it is not here. */
  reader: () => FollowedPbx | null;
  send: (message: Message) => void;
  elapsed: () => number;
}): (message: Message) => Promise<void> {
  return async (message) => {
    if (!('to' in message) || message.to !== id) return;
    const answer = { from: id, to: message.from };
    switch (message.kind) {
      case 'ask': {
        const board = reader()?.board;
        if (board === undefined) return;
        if (message.isWhole) send({ kind: 'snapshot', from: id, snapshot: board.snapshot() });
        const { epoch, seq } = board.current();
        return send({ kind: 'told', ...answer, at: message.at, elapsed: elapsed(), epoch, seq });
      }
      case 'edit': {
        const { command, by, deadline } = message;
        const reply = (await reader()?.edit(command, by, deadline)) ?? LINK_DOWN;
        return send({ kind: 'edited', ...answer, id: message.id, reply });
      }
      case 'reconnect':
        return reader()?.reconnect();
      case 'told':
      case 'edited':
    }
  };
}
