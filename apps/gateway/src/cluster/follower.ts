import { randomUUID } from 'node:crypto';
import { type Actor, COMMAND_TIMEOUT_MS, type SetPresence, type SetPresenceReply } from '@lampboard/protocol';
import { throttle } from '../platform/throttle.ts';
import { LINK_DOWN, withTimeout } from '../presence/set-presence.ts';
import type { Message } from './messages.ts';
import type { ReplicaPart } from './replica.ts';

/** A leader's state is valid for this time after it was requested. */
const FRESHNESS_MS = 1000;
const SNAPSHOT_REQUEST_INTERVAL_MS = 100;

type LeaderState = Extract<Message, { kind: 'state' }> & {
  /** Milliseconds by the local monotonic clock. */
  readonly receivedAt: number;
};

interface FollowerOptions {
  id: string;
  replica: Pick<ReplicaPart, 'position' | 'applySnapshot' | 'applyDelta'>;
  holder: () => string | null;
  send: (message: Message) => void;
  monotonic: () => number;
}

/** `holder` returns the gateway that holds the lease; messages of others are ignored. */
export function createFollower({ id, replica, holder, send, monotonic }: FollowerOptions) {
  let leaderState: LeaderState | null = null;
  const pendingEdits = new Map<string, (reply: SetPresenceReply) => void>();
  const requestSnapshot = throttle(SNAPSHOT_REQUEST_INTERVAL_MS, () => sendStateRequest(true));

  function sendStateRequest(withSnapshot: boolean): void {
    const to = holder();
    if (to !== null && to !== id)
      send({ kind: 'state-request', to, from: id, requestedAt: monotonic(), withSnapshot });
  }

  function handleLeaderMessage(message: Message): void {
    switch (message.kind) {
      case 'snapshot':
        return replica.applySnapshot(message.snapshot);
      case 'delta':
        if (!replica.applyDelta(message.delta)) requestSnapshot();
        return;
      case 'state': {
        if (message.to !== id) return;
        const { epoch, seq } = replica.position();
        // Lost deltas show no gap when none follows them.
        if (epoch !== message.epoch || seq !== message.seq) requestSnapshot();
        else leaderState = { ...message, receivedAt: monotonic() };
        return;
      }
      case 'edit-result':
        return pendingEdits.get(message.id)?.(message.reply);
      case 'state-request':
      case 'edit':
      case 'reconnect':
    }
  }

  return {
    /** Requests the leader's position; to be called periodically. */
    requestState: () => sendStateRequest(leaderState?.from !== holder()),
    handle(message: Message) {
      if ('from' in message && message.from === holder() && message.from !== id) handleLeaderMessage(message);
    },
    /** True if the replica matched the leader's board within the last {@link FRESHNESS_MS}. */
    isCurrent: () =>
      leaderState !== null &&
      leaderState.from === holder() &&
      leaderState.epoch === replica.position().epoch &&
      monotonic() < leaderState.requestedAt + FRESHNESS_MS,
    async edit(command: SetPresence, actor: Actor): Promise<SetPresenceReply> {
      if (leaderState === null) return LINK_DOWN;
      // The leader's clock shows at least this, so its deadline never ends after the local timeout.
      const leaderClock = leaderState.leaderClock + monotonic() - leaderState.receivedAt;
      const edit = { id: randomUUID(), command, actor, deadline: leaderClock + COMMAND_TIMEOUT_MS };
      const result = new Promise<SetPresenceReply>((resolve) => pendingEdits.set(edit.id, resolve));
      send({ kind: 'edit', to: leaderState.from, from: id, ...edit });
      const reply = await withTimeout(result);
      pendingEdits.delete(edit.id);
      return reply;
    },
    reconnect() {
      const to = holder();
      if (to !== null) send({ kind: 'reconnect', from: id, to });
    },
  };
}
