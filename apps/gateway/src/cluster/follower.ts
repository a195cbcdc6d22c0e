import { randomUUID } from 'node:crypto';
import { COMMAND_TIMEOUT_MS, type SetPresenceReply } from '@lampboard/protocol';
import { atMostEvery } from '../consoles/at-most-every.ts';
import { type Edit, LINK_DOWN, answerInTime } from '../edits/edit.ts';
import type { Message } from './messages.ts';
import type { Mirror } from './mirror.ts';

/** What the reader answered says nothing any more so long after it was asked; milliseconds. */
const SURE_MS = 1000;
/** The whole board is asked for at most so often; milliseconds. */
const WHOLE_MS = 100;

type Told = Extract<Message, { kind: 'told' }> & {
  /** Milliseconds by the own clock. */
  readonly heardAt: number;
};

/** What a gateway does while another one reads: it keeps a copy of that one's board, and has it make the edits. */
export interface Follower {
  /** Asks the reader how far its board is; to be called again and again. */
  ask(): void;
  take(message: Message): void;
  /** Whether the copy was the reader's board a moment ago. */
  isSure(): boolean;
  readonly edit: Edit;
  reconnect(): void;
}

/** `holder` is the gateway that has the lease; whatever another one says is not heard. */
export function createFollower({
  id,
  mirror,
  holder,
  send,
  elapsed,
}: {
  id: string;
  mirror: Pick<Mirror, 'copied' | 'takeSnapshot' | 'takeFrame'>;
  holder: () => string | null;
  send: (message: Message) => void;
  elapsed: () => number;
}): Follower {
  let told: Told | null = null;
  /** Edits on their way, by their ids. */
  const waiting = new Map<string, (reply: SetPresenceReply) => void>();
  const askWhole = atMostEvery(WHOLE_MS, () => ask(true));

  function ask(isWhole: boolean): void {
    const to = holder();
    if (to !== null && to !== id) send({ kind: 'ask', to, from: id, at: elapsed(), isWhole });
  }

  function takeFromReader(message: Message): void {
    switch (message.kind) {
      case 'snapshot':
        return mirror.takeSnapshot(message.snapshot);
      case 'frame':
        if (!mirror.takeFrame(message.frame)) askWhole();
        return;
      case 'told': {
        if (message.to !== id) return;
        const { epoch, seq } = mirror.copied();
        // The last frames of all may be missing, with none after them to show it.
        if (epoch !== message.epoch || seq !== message.seq) askWhole();
        else told = { ...message, heardAt: elapsed() };
        return;
      }
      case 'edited':
        return waiting.get(message.id)?.(message.reply);
      case 'ask':
      case 'edit':
      case 'reconnect':
    }
  }

  return {
    ask: () => ask(told?.from !== holder()),
    take(message) {
      if ('from' in message && message.from === holder() && message.from !== id) takeFromReader(message);
    },
    isSure: () =>
      told !== null &&
      told.from === holder() &&
      told.epoch === mirror.copied().epoch &&
      elapsed() < told.at + SURE_MS,
    async edit(command, by) {
      if (told === null) return LINK_DOWN;
      // It shows this or more by now: at its deadline time is up here too.
      const readersClock = told.elapsed + elapsed() - told.heardAt;
      const edit = { id: randomUUID(), command, by, deadline: readersClock + COMMAND_TIMEOUT_MS };
      const answered = new Promise<SetPresenceReply>((resolve) => waiting.set(edit.id, resolve));
      send({ kind: 'edit', to: told.from, from: id, ...edit });
      const reply = await answerInTime(answered);
      waiting.delete(edit.id);
      return reply;
    },
    reconnect() {
      const to = holder();
      if (to !== null) send({ kind: 'reconnect', from: id, to });
    },
  };
}
